"""Who does what on an account, and what they signed."""

from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.paper import PaperScan
from accounts.models.plan import ActivityPlan, SealedPlan
from governance.models import User
from governance.permissions import DUTIES, DUTY_PROPOSER
from governance.triggers import append_only, no_truncate

# Neither into a plan that lies before its signers or is signed, nor out of it, nor within it. How a person is reached
# may be put right at any time (R-PLAN-11): what was signed stays in the seal. The plan's row is locked, so that one
# that is just being submitted is waited for.
FROZEN = """
    PERFORM 1 FROM accounts_activityplan WHERE id IN (OLD.plan_id, NEW.plan_id) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM accounts_activityplan WHERE id IN (OLD.plan_id, NEW.plan_id) AND status <> 'draft'
    ) AND (
        TG_OP <> 'UPDATE' OR (OLD.account_id, OLD.person_id, OLD.kind, OLD.plan_id)
        IS DISTINCT FROM (NEW.account_id, NEW.person_id, NEW.kind, NEW.plan_id)
    ) THEN
        RAISE EXCEPTION 'uppsikt: the duties of a plan cannot change under a signature';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties by where they stand in time."""

    def named(self) -> Self:
        """Answer the duties that people have, or will have when the plan is approved."""
        return self.filter(valid_to=None, person__is_active=True)

    def in_force(self) -> Self:
        """Answer the duties held now."""
        return self.named().filter(valid_from__isnull=False)

    def of_plan(self) -> Self:
        """Answer the duties that a plan names (not the proposer's)."""
        return self.exclude(kind=DUTY_PROPOSER)


class Duty(models.Model):
    """One person's duty on one account: planned until its plan is approved, then from a day, to a day.

    The truth about who runs an account; guardian's rows are its projection (`accounts.duties.project`). `email` and
    `phone` are what the plan gives for the person (Gullspång Bilaga 1 p. 5-6), as they were when it was signed.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="duties", verbose_name=_("Konto"))
    plan = models.ForeignKey(ActivityPlan, models.PROTECT, null=True, blank=True, related_name="duties")
    person = models.ForeignKey(User, models.PROTECT, related_name="duties", verbose_name=_("Person"))
    kind = models.CharField(_("Ansvar"), max_length=20)
    email = models.EmailField(_("E-post"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    valid_from = models.DateField(_("Från och med"), null=True, blank=True)
    valid_to = models.DateField(_("Till och med"), null=True, blank=True)
    # Basic skill in the platform (R-PLAN-8): who says so, and since when.
    skill_on = models.DateField(_("Färdighet bekräftad"), null=True, blank=True)
    skill_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    mission_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ansvar på kontot")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "person", "kind"], name="duty_once_per_plan"),
            models.CheckConstraint(condition=models.Q(kind__in=list(DUTIES)), name="duty_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="duty_frozen_under_signature",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FROZEN,
            ),
            no_truncate("duty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.account}"


class Signature(models.Model):
    """One statement signed by one person, over exactly one content; never changed, never deleted.

    A plan that was sent back is sealed and signed anew; what was signed before stays readable.
    """

    sealed = models.ForeignKey(SealedPlan, models.PROTECT, related_name="signatures")
    # Nobody only where a paper bears the name of somebody who is not in the register of people (any more).
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Namnförtydligande"), max_length=150)
    capacity_kind = models.CharField(max_length=20)
    capacity = models.CharField(_("I egenskap av"), max_length=300)
    statement_key = models.CharField(max_length=40)
    statement = models.TextField()
    signed_at = models.DateTimeField(_("Undertecknat"))
    # Signed on paper: the day that stands on it, and who entered it here with its scan.
    paper_day = models.DateField(_("Undertecknat på papper"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    scan = models.ForeignKey(PaperScan, models.PROTECT, null=True, blank=True, related_name="signatures")

    class Meta:
        verbose_name = _("underskrift")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sealed", "user", "capacity_kind", "statement_key"], name="signature_once"),
            models.UniqueConstraint(
                fields=["sealed", "capacity_kind", "statement_key"],
                condition=models.Q(user=None),
                name="signature_once_by_nobody_known",
            ),
            models.CheckConstraint(
                condition=models.Q(paper_day=None, entered_by=None, scan=None, user__isnull=False)
                | models.Q(paper_day__isnull=False, entered_by__isnull=False, scan__isnull=False),
                name="signature_on_paper_or_not",
            ),
        ]
        triggers = append_only("signature")

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.capacity}"
