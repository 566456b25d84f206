"""A round of oversight: somebody looks at an account. Due ones are rows made ahead; what was due is never rewritten."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from governance import clock
from governance.models import Authority, PolicyVersion, Unit, User
from governance.triggers import no_truncate
from governance.workflow import SYSTEM, Lifecycle, Step

# What was promised: no column of these ever changes; a new schedule replaces rounds that have not begun.
PROMISED = (
    "account",
    "unit",
    "authority",
    "policy_version",
    "due_from",
    "due_at",
    "escalate_at",
    "clause",
    "strength",
    "basis",
)
# What was done about it: none of these columns changes once the round is logged or missed.
DONE = ("status", "logged_by_id", "logged_at", "outcome", "note")


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in DONE)


class RoundStatus(models.TextChoices):
    """Where a round stands."""

    DUE = "due", _("Att göra")
    LOGGED = "logged", _("Gjord")
    MISSED = "missed", _("Missad")


NOT_LOGGED = [RoundStatus.DUE.value, RoundStatus.MISSED.value]
LIFECYCLE = Lifecycle(
    "status",
    Step(
        "log",
        {RoundStatus.DUE},
        RoundStatus.LOGGED,
        _("Sett, inget att åtgärda"),
        "watch",
        guard="moderation.guards.in_time",
        effect="moderation.actions.stamp",
        button=False,
    ),
    Step("miss", {RoundStatus.DUE}, RoundStatus.MISSED, _("Missad"), SYSTEM),
)


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by where they stand at a moment."""

    def planned(self) -> Self:
        """Answer the rounds that were, are or will be due; an extra look answers to no due time."""
        return self.filter(due_at__isnull=False)

    def coming(self, at: datetime) -> Self:
        """Answer the rounds that have not begun."""
        return self.planned().filter(status=Round.Status.DUE, due_from__gte=at)

    def begun(self, at: datetime) -> Self:
        """Answer the rounds that belong in the log: those that have begun, and every extra look."""
        return self.filter(due_from__lte=at)

    def open(self, at: datetime) -> Self:
        """Answer the rounds that can be logged now and are not yet late, the most urgent first."""
        return self.begun(at).filter(status=Round.Status.DUE, due_at__gt=at).order_by("due_at", "pk")

    def overdue(self, at: datetime) -> Self:
        """Answer the rounds that nobody logged in time and that are not yet marked as missed."""
        return self.filter(status=Round.Status.DUE, due_at__lte=at).order_by("due_at", "pk")

    def logged(self) -> Self:
        """Answer the looks that were taken, the latest first."""
        return self.filter(status=Round.Status.LOGGED).order_by("-logged_at", "-pk")

    def unanswered(self, at: datetime) -> Self:
        """Answer the rounds that nobody logged in time and after which nobody has looked, the first first."""
        later = Round.objects.logged().filter(account=OuterRef("account"), logged_at__gte=OuterRef("due_at"))
        missed = self.filter(status__in=NOT_LOGGED, due_at__lte=at)
        return missed.filter(~Exists(later)).order_by("due_at", "pk")

    def latest_of(self, by: str) -> Self:
        """Answer one round of each account: the one with the latest `by`."""
        return self.order_by("account_id", f"-{by}", "-pk").distinct("account_id")


class Round(models.Model):
    """One look at one account that was promised (`due_at`), or an extra one that was not (`due_at` is null).

    A missed round stays missed for ever: a look that comes later is a round of its own, and ends the finding.
    """

    Status = RoundStatus

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("Sett, inget att åtgärda")

    class Basis(models.TextChoices):
        POLICY = "policy", _("Policyn")
        DEFAULT = "default", _("Uppsikts grundinställning")
        STATUTE = "statute", _("Lag")
        PLAN = "plan", _("Kontots plan")

    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    ACCESS_SEE: ClassVar[str] = "see_rounds"

    account = models.ForeignKey(Account, models.PROTECT, related_name="rounds", verbose_name=_("Konto"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Enhet"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("Myndighet"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("Policy"))
    due_from = models.DateTimeField(_("Från"))
    due_at = models.DateTimeField(_("Senast"), null=True)
    escalate_at = models.DateTimeField(_("Chefen får veta"), null=True)
    clause = models.CharField(_("Källa"), max_length=200, blank=True)
    strength = models.CharField(max_length=10, blank=True)
    basis = models.CharField(_("Grund"), max_length=10, choices=Basis, blank=True)

    status = models.CharField(_("Läge"), max_length=10, choices=Status, default=Status.DUE)
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Vem"))
    logged_at = models.DateTimeField(_("När"), null=True, blank=True)
    outcome = models.CharField(_("Utfall"), max_length=20, choices=Outcome, blank=True)
    note = models.CharField(_("Anteckning"), max_length=500, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppsikt")
        ordering = ["-due_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "due_at"], name="round_once"),
            models.CheckConstraint(
                condition=Q(due_at=None, escalate_at=None)
                | Q(due_at__gt=models.F("due_from"), escalate_at__isnull=False),
                name="round_due_times",
            ),
            models.CheckConstraint(
                condition=~Q(status="logged") | (Q(logged_by__isnull=False, logged_at__isnull=False) & ~Q(outcome="")),
                name="round_logged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="missed") | Q(logged_by=None, logged_at=None, due_at__isnull=False),
                name="round_missed_by_everybody",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-due_from"], name="round_of_account"),
            models.Index(fields=["-due_from", "-id"], name="round_log_order"),
            models.Index(fields=["due_at"], condition=Q(status="due"), name="round_waiting"),
            models.Index(fields=["account", "due_at"], condition=Q(status__in=NOT_LOGGED), name="round_not_logged"),
            models.Index(fields=["account", "-logged_at"], condition=Q(status="logged"), name="round_looks"),
            models.Index(
                fields=["escalate_at"], condition=Q(status="missed", escalated_at=None), name="round_to_escalate"
            ),
        ]
        triggers = [
            *LIFECYCLE.triggers("round"),
            pgtrigger.Protect(
                name="round_promise_kept", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(*PROMISED)
            ),
            pgtrigger.Protect(
                name="round_log_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.status <> 'due' AND ({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')})"
                    " OR OLD.escalated_at IS DISTINCT FROM NEW.escalated_at AND OLD.escalated_at IS NOT NULL"
                ),
            ),
            pgtrigger.Protect(
                name="round_history_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.status <> 'due'"),
            ),
            no_truncate("round"),
        ]

    def __str__(self) -> str:
        day = date_format(clock.local(self.due_from), "j F Y")
        return gettext("uppsikt över %(account)s %(day)s") % {"account": self.account, "day": day}

    @property
    def promise(self) -> tuple[datetime, datetime]:
        """Answer when a due round is late, and when the manager is told; ValueError for an extra look."""
        if self.due_at is None or self.escalate_at is None:
            raise ValueError("an extra look was not due")
        return self.due_at, self.escalate_at

    @property
    def is_extra(self) -> bool:
        """Answer whether somebody looked without it being due."""
        return self.due_at is None
