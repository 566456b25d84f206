"""The document management plan (dokumenthanteringsplan): which documents arise, and how long each kind is kept."""

from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from governance.models import Authority, Unit, User
from governance.sorting import swedish_key
from governance.triggers import no_truncate
from governance.validators import one_line
from governance.workflow import SYSTEM, Lifecycle, Step

LONGEST_MONTHS = 1200
# The rules of a plan that was adopted stand as they were decided.
ONLY_IN_DRAFT = """
    IF EXISTS (
        SELECT 1 FROM archive_retentionplan
        WHERE id IN (COALESCE(NEW.plan_id, OLD.plan_id), COALESCE(OLD.plan_id, NEW.plan_id)) AND status <> 'draft'
    ) THEN
        RAISE EXCEPTION 'uppsikt: a plan that was adopted is not changed, only replaced';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class DocumentKind(models.Model):
    """A kind of document (handlingstyp); how long each is kept stands in the plan of its authority."""

    key = models.SlugField(_("Nyckel"), max_length=60, unique=True)
    name = models.CharField(_("Handlingstyp"), max_length=200, validators=[one_line])
    about = models.TextField(_("Vad den omfattar"), blank=True)
    retired_at = models.DateTimeField(_("Används inte längre"), null=True, blank=True)
    sort_key = models.CharField(max_length=220, editable=False, default="")

    class Meta:
        verbose_name = _("handlingstyp")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the name's Swedish order beside it."""
        self.sort_key = swedish_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Answer the page where it is described."""
        return reverse("archive:document-kind-edit", args=[self.pk])


class DisposalDecision(models.Model):
    """A decision of an authority that something may be disposed of (gallringsbeslut)."""

    ACCESS_SEE: ClassVar[str] = "see_record"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    body = models.CharField(_("Vem som har beslutat"), max_length=200, validators=[one_line])
    decided_on = models.DateField(_("Beslutsdag"))
    paragraph = models.CharField(_("Paragraf"), max_length=40, blank=True, validators=[one_line])
    case_number = models.CharField(_("Diarienummer"), max_length=60, blank=True, validators=[one_line])
    covers = models.TextField(_("Vad beslutet omfattar"))
    made_at = models.DateTimeField(_("Inlagt"))
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Inlagt av")
    )
    ended_on = models.DateField(_("Gäller till och med"), null=True, blank=True)

    class Meta:
        verbose_name = _("gallringsbeslut")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(covers=""), name="disposal_decision_covers"),
            models.CheckConstraint(condition=~models.Q(body=""), name="disposal_decision_by_body"),
        ]
        triggers = [
            pgtrigger.Protect(name="disposal_decision_kept", operation=pgtrigger.Delete),
            no_truncate("disposal_decision"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.body, f"{self.decided_on:%Y-%m-%d}", self.paragraph, self.case_number)))

    def get_absolute_url(self) -> str:
        """Answer the decision's page."""
        return reverse("archive:decision-show", args=[self.pk])

    def is_in_force(self, day: Any) -> bool:
        """Answer whether it holds on a day."""
        return self.decided_on <= day and (self.ended_on is None or day <= self.ended_on)


class Status(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    ADOPTED = "adopted", _("Gäller")
    SUPERSEDED = "superseded", _("Ersatt av en nyare version")


LIFECYCLE = Lifecycle(
    "status",
    Step(
        "adopt",
        {Status.DRAFT},
        Status.ADOPTED,
        _("Anta"),
        "manage_retention",
        guard="archive.disposing.planning.is_complete",
        effect="archive.disposing.planning.take_over",
        button=False,
    ),
    Step("supersede", {Status.ADOPTED}, Status.SUPERSEDED, _("Ersätta"), SYSTEM),
)


class RetentionPlan(models.Model):
    """One version of an authority's document management plan: a draft, then adopted, then replaced by the next."""

    Status = Status

    ACCESS_SEE: ClassVar[str] = "manage_retention"  # a draft; one that was adopted is read by everybody signed in
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="retention_plans", verbose_name=_("Myndighet")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    number = models.PositiveSmallIntegerField(_("Version"))
    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.DRAFT)
    # Where the policy lets the plan say otherwise (Lekeberg); empty: the policy's own interval.
    snapshot_months = models.PositiveSmallIntegerField(
        _("Månader mellan ögonblicksbilder"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    body = models.CharField(_("Vem som har antagit planen"), max_length=200, blank=True, validators=[one_line])
    decided_on = models.DateField(_("Beslutsdag"), null=True, blank=True)
    paragraph = models.CharField(_("Paragraf"), max_length=40, blank=True, validators=[one_line])
    case_number = models.CharField(_("Diarienummer"), max_length=60, blank=True, validators=[one_line])
    note = models.TextField(_("Inledning eller anmärkning"), blank=True)
    begun_at = models.DateTimeField(_("Påbörjad"))
    begun_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Påbörjad av")
    )
    adopted_at = models.DateTimeField(_("Införd"), null=True, blank=True)

    class Meta:
        verbose_name = _("dokumenthanteringsplan")
        ordering = ["authority", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="retention_plan_number"),
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(status="adopted"), name="retention_plan_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(status="draft"), name="retention_plan_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | (models.Q(decided_on__isnull=False, adopted_at__isnull=False) & ~models.Q(body="")),
                name="retention_plan_adopted_by_decision",
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("retention_plan"),
            pgtrigger.Protect(
                name="retention_plan_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["adopted", "superseded"]),
            ),
            pgtrigger.Protect(
                name="retention_plan_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status IN ('adopted', 'superseded')"
                    " AND to_jsonb(NEW) - 'status' IS DISTINCT FROM to_jsonb(OLD) - 'status'"
                ),
            ),
            no_truncate("retention_plan"),
        ]

    def __str__(self) -> str:
        words = {"authority": self.authority, "number": self.number}
        return _t("Dokumenthanteringsplan för %(authority)s, version %(number)s") % words

    def get_absolute_url(self) -> str:
        """Answer the version's page."""
        return reverse("archive:retention-show", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Answer whether it may still be changed."""
        return self.status == self.Status.DRAFT

    @property
    def decision(self) -> str:
        """Answer who adopted it, when, and under which paragraph and number; empty for a draft."""
        day = f"{self.decided_on:%Y-%m-%d}" if self.decided_on else ""
        return " ".join(filter(None, (self.body, day, self.paragraph, self.case_number)))


class RetentionRule(models.Model):
    """What a version says of one kind: kept for ever, or disposed of so long after something, by which decision."""

    class Fate(models.TextChoices):
        KEEP = "keep", _("Bevaras")
        DISPOSE = "dispose", _("Gallras")

    class CountedFrom(models.TextChoices):
        MADE = "made", _("när handlingen gjordes")
        CLOSED = "closed", _("när kontot avslutades")
        NOT_CURRENT = "not_current", _("när handlingen inte längre är aktuell")

    plan = models.ForeignKey(RetentionPlan, models.CASCADE, related_name="rules", verbose_name=_("Plan"))
    kind = models.ForeignKey(DocumentKind, models.PROTECT, related_name="rules", verbose_name=_("Handlingstyp"))
    fate = models.CharField(_("Bevaras eller gallras"), max_length=10, choices=Fate, default=Fate.KEEP)
    months = models.PositiveSmallIntegerField(
        _("Gallras efter så många månader"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_MONTHS)],
        help_text=_("0 betyder genast. 60 månader är fem år."),
    )
    counted_from = models.CharField(_("Räknas från"), max_length=12, choices=CountedFrom, blank=True, default="")
    decision = models.ForeignKey(
        DisposalDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("Gallringsbeslut"),
    )
    form = models.CharField(_("Form"), max_length=200, blank=True, validators=[one_line])
    place = models.CharField(_("Förvaras"), max_length=200, blank=True, validators=[one_line])
    secrecy = models.CharField(_("Sekretess"), max_length=300, blank=True, validators=[one_line])
    note = models.TextField(_("Anmärkning"), blank=True)

    class Meta:
        verbose_name = _("rad i dokumenthanteringsplan")
        ordering = ["plan", "kind__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="retention_rule_once"),
            models.CheckConstraint(
                condition=models.Q(fate="keep", months=None, counted_from="", decision=None)
                | (models.Q(fate="dispose", months__isnull=False) & ~models.Q(counted_from="")),
                name="retention_rule_says_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="retention_rule_only_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=ONLY_IN_DRAFT,
            ),
            no_truncate("retention_rule"),
        ]

    def __str__(self) -> str:
        return str(self.kind)
