"""The activity plan: the licence to run an account. One model for every policy, which says what it must hold."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.plan_steps import LIFECYCLE, Status
from governance.models import PolicyVersion, Unit, User
from governance.policy.schema import Plan
from governance.triggers import append_only, no_truncate
from governance.workflow import Lifecycle

# What is signed: no column of these can change once the plan has left its draft.
CONTENT = (
    "address_planned",
    "purpose",
    "target_group",
    "watch_days",
    "watch_on_holidays",
    "watch_times",
    "updates_per_week",
    "removal_hours",
    "hours_per_week",
    "absence_routine",
    "terms_of_use",
    "terms_of_use_on",
    "website_first",
    "website_first_on",
    "mission",
    "own_points",
)
# The assessments that a person makes, on a day (R-PLAN-5, R-PLAN-6); who it was is sealed by name.
ASSESSED = ("terms_of_use", "website_first")
IDENTITY = ("account_id", "unit_id", "version", "policy_version_id", "drafted_by_id", "amends_id")


# Whatever lies before signers was sealed at that very moment; when that was, and when it was approved, never changes.
# Only a correction of a version that is signed comes into force without lying before anybody.
SEALED = """
    IF NOT EXISTS (
        SELECT 1 FROM accounts_sealedplan WHERE plan_id = NEW.id AND sealed_at = NEW.submitted_at
    ) OR (OLD.status <> 'draft' AND OLD.submitted_at IS DISTINCT FROM NEW.submitted_at)
      OR (OLD.status = 'approved' AND OLD.approved_at IS DISTINCT FROM NEW.approved_at)
      OR (OLD.status = 'draft' AND NEW.status = 'approved' AND NEW.amends_id IS NULL) THEN
        RAISE EXCEPTION 'uppsikt: a plan lies before its signers as it was sealed, or not at all';
    END IF;
    RETURN NEW;
"""


def _columns(row: str) -> str:
    assessed_by = [f"{name}_by_id" for name in ASSESSED]
    return ", ".join(f"{row}.{column}" for column in (*CONTENT, *assessed_by, *IDENTITY))


class ActivityPlanQuerySet(models.QuerySet["ActivityPlan"]):
    """Plans by where they stand."""

    def in_force(self) -> Self:
        """Answer the versions under which accounts are run now."""
        return self.filter(status=Status.APPROVED)

    def open(self) -> Self:
        """Answer the versions that are being written or signed."""
        return self.filter(status__in=[Status.DRAFT, Status.SIGNING])

    def pending_since(self, moment: datetime) -> Self:
        """Answer the versions that have waited for signatures or a decision since `moment` or longer, oldest first."""
        return self.filter(status=Status.SIGNING, submitted_at__lte=moment).order_by("submitted_at", "pk")


class ActivityPlan(models.Model):
    """One version of an account's plan, under the policy it was begun under."""

    Status = Status
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_plan"
    # It keeps the unit it was made under, and is read where its account answers now too (R-PLAN-11).
    ACCESS_ALSO: ClassVar[str] = "account__unit"

    account = models.ForeignKey(Account, models.PROTECT, related_name="plans", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    version = models.PositiveIntegerField(_("Version"), default=1)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    status = models.CharField(_("Läge"), max_length=12, choices=Status, default=Status.DRAFT)

    address_planned = models.CharField(_("Tänkt webbadress"), max_length=300, blank=True)
    purpose = models.TextField(_("Syfte"), blank=True)
    target_group = models.TextField(_("Målgrupp"), blank=True)
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
    terms_of_use_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    terms_of_use_on = models.DateField(null=True, blank=True)
    website_first = models.TextField(_("Webbplatsen först"), blank=True)
    website_first_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    website_first_on = models.DateField(null=True, blank=True)
    mission = models.TextField(_("Uppdraget"), blank=True)
    own_points = models.JSONField(default=dict, blank=True)

    # Counts every save of a draft, so that two who write at once do not write over each other.
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    # The version in force that this one was written to change (R-PLAN-11); None for a plan that stands on nothing.
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Skriven av"))
    created_at = models.DateTimeField(_("Skapad"))
    submitted_at = models.DateTimeField(_("Lämnad för underskrift"), null=True, blank=True)
    approved_at = models.DateTimeField(_("Godkänd"), null=True, blank=True)

    objects = ActivityPlanQuerySet.as_manager()

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
