"""The activity plan: the licence to run an account. One model for every policy, which says what it must hold."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from governance.models import PolicyVersion, Unit, User
from governance.policy.schema import Plan
from governance.triggers import append_only, no_truncate
from governance.workflow import Lifecycle, Step

# What is signed: no column of these can change once the plan has left its draft.
CONTENT = (
    "address_planned",
    "purpose",
    "target_group",
    "goals",
    "watch_days",
    "watch_on_holidays",
    "watch_times",
    "updates_per_week",
    "removal_hours",
    "hours_per_week",
    "absence_routine",
    "terms_of_use",
    "website_first",
    "mission",
    "own_points",
)
IDENTITY = ("account_id", "unit_id", "version", "policy_version_id", "drafted_by_id")


class Status(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SIGNING = "signing", _("Lämnad för underskrift")
    APPROVED = "approved", _("Godkänd")
    WITHDRAWN = "withdrawn", _("Återtagen")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "submit",
        {Status.DRAFT},
        Status.SIGNING,
        _("Lämna för underskrift"),
        "edit_plan",
        guard="accounts.guards.plan_is_complete",
        effect="accounts.actions.freeze",
    ),
    Step(
        "approve",
        {Status.SIGNING},
        Status.APPROVED,
        _("Godkänn planen"),
        "approve_plan",
        guard="accounts.guards.may_approve",
        effect="accounts.actions.bring_into_force",
        button=False,
    ),
    Step(
        "send_back",
        {Status.SIGNING},
        Status.DRAFT,
        _("Skicka tillbaka"),
        "approve_plan",
        asks_reason=True,
        guard="accounts.guards.is_approver",
        effect="accounts.actions.begin_again",
    ),
    Step(
        "decline",
        {Status.SIGNING},
        Status.DRAFT,
        _("Avböj uppdraget"),
        "sign_plan",
        asks_reason=True,
        guard="accounts.guards.is_named",
        effect="accounts.actions.begin_again",
    ),
    Step(
        "recall",
        {Status.SIGNING},
        Status.DRAFT,
        _("Ta tillbaka för ändring"),
        "edit_plan",
        asks_reason=True,
        effect="accounts.actions.begin_again",
    ),
    Step(
        "reopen",
        {Status.APPROVED},
        Status.DRAFT,
        _("Öppna planen för ändring"),
        "open_account",
        asks_reason=True,
        guard="accounts.guards.account_is_not_open",
        effect="accounts.actions.reopen",
    ),
    Step(
        "withdraw",
        {Status.DRAFT},
        Status.WITHDRAWN,
        _("Återta förslaget"),
        "edit_plan",
        asks_reason=True,
        effect="accounts.actions.withdraw_account",
        color="danger",
    ),
)


# Whatever lies before signers was sealed at that very moment; when that was, and when it was approved, never changes.
SEALED = """
    IF NOT EXISTS (
        SELECT 1 FROM accounts_sealedplan WHERE plan_id = NEW.id AND sealed_at = NEW.submitted_at
    ) OR (OLD.status <> 'draft' AND OLD.submitted_at IS DISTINCT FROM NEW.submitted_at)
      OR (OLD.status = 'approved' AND OLD.approved_at IS DISTINCT FROM NEW.approved_at) THEN
        RAISE EXCEPTION 'uppsikt: a plan lies before its signers as it was sealed, or not at all';
    END IF;
    RETURN NEW;
"""


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in (*CONTENT, *IDENTITY))


class ActivityPlan(models.Model):
    """One version of an account's plan, under the policy it was begun under."""

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_plan"

    account = models.ForeignKey(Account, models.PROTECT, related_name="plans", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    version = models.PositiveIntegerField(_("Version"), default=1)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    status = models.CharField(_("Läge"), max_length=12, choices=Status, default=Status.DRAFT)

    address_planned = models.CharField(_("Tänkt webbadress"), max_length=300, blank=True)
    purpose = models.TextField(_("Syfte"), blank=True)
    target_group = models.TextField(_("Målgrupp"), blank=True)
    goals = models.TextField(_("Mätbara mål"), blank=True)
    watch_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    watch_on_holidays = models.BooleanField(_("Även helgdagar"), default=False)
    watch_times = models.CharField(_("Tider för bevakning"), max_length=200, blank=True)
    updates_per_week = models.DecimalField(
        _("Inlägg per vecka"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    removal_hours = models.PositiveSmallIntegerField(_("Otillåtet tas bort inom (timmar)"), null=True, blank=True)
    hours_per_week = models.DecimalField(
        _("Beräknad arbetstid, timmar per vecka"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(168)],
    )
    absence_routine = models.TextField(_("Rutin vid frånvaro"), blank=True)
    terms_of_use = models.TextField(_("Bedömning av avtalsvillkor"), blank=True)
    website_first = models.TextField(_("Webbplatsen först"), blank=True)
    mission = models.TextField(_("Uppdraget"), blank=True)
    own_points = models.JSONField(default=dict, blank=True)

    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Skriven av"))
    created_at = models.DateTimeField(_("Skapad"))
    submitted_at = models.DateTimeField(_("Lämnad för underskrift"), null=True, blank=True)
    approved_at = models.DateTimeField(_("Godkänd"), null=True, blank=True)

    class Meta:
        verbose_name = _("aktivitetsplan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="plan_version"),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(status__in=["draft", "signing"]), name="plan_one_open"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(status="approved"), name="plan_one_in_force"
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("activityplan"),
            pgtrigger.Protect(
                name="plan_frozen_under_signature",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.status <> 'draft' AND ({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')})"
                ),
            ),
            pgtrigger.Trigger(
                name="plan_stands_on_its_seal",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.status IN ('signing', 'approved')"),
                func=SEALED,
            ),
            pgtrigger.Protect(name="plan_kept", operation=pgtrigger.Delete),
            no_truncate("plan"),
        ]

    def __str__(self) -> str:
        return _("%(title)s för %(account)s") % {
            "title": self.title,
            "account": self.account,
        }

    def get_absolute_url(self) -> str:
        """Answer the plan's page."""
        return reverse("accounts:plan-show", args=[self.pk])

    @property
    def rules(self) -> Plan:
        """Answer what the policy demands of a plan for just this account; the nearest rule wins."""
        return self.policy_version.policy.rule("plan", self.account.scope)

    @property
    def signed_by_named(self) -> bool:
        """Answer whether people named in the plan sign it before it is approved."""
        return bool(self.rules.signers)

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Answer where the plan stands; where nobody named signs, it was submitted for approval."""
        if self.status == self.Status.SIGNING and not self.signed_by_named:
            return str(_("Lämnad för godkännande"))
        return str(self.Status(self.status).label)

    @property
    def title(self) -> str:
        """Answer what the policy calls such a plan."""
        return self.policy_version.policy.plan.title

    @property
    def sealed(self) -> "SealedPlan | None":
        """Answer what lies before the signers, or was signed; None while the plan is a draft."""
        return None if self.status == self.Status.DRAFT else self.seals.first()


class SealedPlan(models.Model):
    """Exactly what was laid before the signers, as canonical JSON, and its SHA-256; one per time it was submitted."""

    plan = models.ForeignKey(ActivityPlan, models.PROTECT, related_name="seals")
    round = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["-round"]
        constraints = [models.UniqueConstraint(fields=["plan", "round"], name="sealed_plan_round")]
        triggers = append_only("sealed_plan")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.round}"
