"""The measurable goals of a plan, and what became of them (R-PLAN-7)."""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.plan import ActivityPlan
from governance.models import User
from governance.triggers import append_only, no_truncate

# Neither into a plan that lies before its signers or is signed, nor out of it, nor within it. The plan's row is locked,
# so that one that is just being submitted is waited for.
FROZEN = """
    PERFORM 1 FROM accounts_activityplan WHERE id IN (OLD.plan_id, NEW.plan_id) FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM accounts_activityplan WHERE id IN (OLD.plan_id, NEW.plan_id) AND status <> 'draft'
    ) THEN
        RAISE EXCEPTION 'uppsikt: the goals of a plan cannot change under a signature';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class Goal(models.Model):
    """One goal of one version of a plan: what, how it is measured, how much, and when it is followed up.

    `series` is the same in every version that keeps the goal, so that what became of it is seen across them.
    """

    plan = models.ForeignKey(ActivityPlan, models.PROTECT, related_name="goals")
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    text = models.CharField(_("Mål"), max_length=500)
    measure = models.CharField(_("Hur det mäts"), max_length=300, blank=True)
    target = models.CharField(_("Målvärde"), max_length=200, blank=True)
    follow_up_on = models.DateField(_("Följs upp"), null=True, blank=True)

    class Meta:
        verbose_name = _("mål")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "series"], name="goal_once_per_plan")]
        triggers = [
            pgtrigger.Trigger(
                name="goal_frozen_under_signature",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FROZEN,
            ),
            no_truncate("goal"),
        ]

    def __str__(self) -> str:
        return self.text


class GoalFollowUp(models.Model):
    """What became of a goal, seen on a day; `next_on` is when it is looked at again, if it is. Never changed."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Nått")
        PARTLY = "partly", _("Delvis nått")
        NOT = "not", _("Inte nått")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="follow_ups")
    followed_up_on = models.DateField(_("Uppföljt"))
    outcome = models.CharField(_("Utfall"), max_length=8, choices=Outcome)
    result = models.TextField(_("Resultat"), max_length=2000)
    next_on = models.DateField(_("Följs upp igen"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Uppföljt av"))
    entered_at = models.DateTimeField(_("Infört"))

    class Meta:
        verbose_name = _("uppföljning av mål")
        ordering = ["followed_up_on", "pk"]
        triggers = append_only("goal_follow_up")

    def __str__(self) -> str:
        return f"{self.goal_id} {self.followed_up_on}"
