"""Rounds that nobody logged: marked as missed, the watchers reminded, and a working day later their manager told.

The policy promises a round until its closing time; the reminder goes out at the first look at the clock after that. The
manager is told at closing time on the working day after (the policy's `escalate_after`): a round missed on a Friday or
a Sunday is told on Monday at closing time, so that the watchers always have a working day to mend it. Only the latest
missed round of an account is told of: after a long standstill nobody gets a mail for each day of it.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import audit, notices
from governance.models import User
from governance.workflow import perform
from moderation import managers
from moderation.models import Round
from moderation.models.round import RoundQuerySet
from moderation.words import source, when

logger = logging.getLogger(__name__)

# How long after a round was missed its manager may still be told; older silence is read in the log and the findings.
STILL_NEWS = timedelta(days=30)

MISSED, ESCALATED = "missed", "escalated"
SUBJECTS = {
    MISSED: _("Missad uppsikt: %(account)s"),
    ESCALATED: _("Ingen har uppsikt: %(account)s"),
}
BODIES = {
    MISSED: _(
        "Ingen loggade uppsikt över %(account)s senast %(due)s.\n\n"
        "Titta igenom kontot och logga uppsikten så snart du kan. Har ingen gjort det senast %(manager)s får "
        "närmaste chef veta.\n\nKälla: %(source)s."
    ),
    ESCALATED: _(
        "Ingen loggade uppsikt över %(account)s senast %(due)s, och ingen har gjort det sedan dess. De som håller "
        "uppsikten har fått en påminnelse.\n\n"
        "Se till att någon tittar igenom kontot.\n\nKälla: %(source)s."
    ),
}


def remind(at: datetime) -> None:
    """Do everything that is to be done at `at` about rounds that nobody logged. Safe to run twice at once."""
    _each(Round.objects.overdue(at), lambda round: _miss(round, at))
    _each(_to_escalate(at), lambda round: _escalate(round, at))


def _each(rounds: RoundQuerySet, act: Callable[[Round], None]) -> None:
    """Act on each round in a transaction of its own; one that fails holds nobody else up."""
    for pk in list(rounds.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # Whoever comes second finds the row taken, or no longer among those to act on.
                taken = rounds.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
                if taken is not None:
                    act(taken)
        except Exception:  # whatever one round fails with, the next look at the clock tries it again
            logger.exception("round %s could not be followed up", pk)


def _to_escalate(at: datetime) -> RoundQuerySet:
    news = Round.objects.filter(escalate_at__lte=at, escalate_at__gt=at - STILL_NEWS, escalated_at=None)
    return news.filter(status=Round.Status.MISSED).unanswered(at)


def _miss(round: Round, at: datetime) -> None:
    perform(round, "miss", by=None, data={"due": when(round.promise[0])})
    if not _is_latest(round, "due_at", at) or not Round.objects.unanswered(at).filter(pk=round.pk).exists():
        return
    for person in managers.watchers(round.account):
        _tell(MISSED, round, person, reverse("moderation:round-today") + f"#konto-{round.account_id}")


def _escalate(round: Round, at: datetime) -> None:
    Round.objects.filter(pk=round.pk).update(escalated_at=at)
    if not _is_latest(round, "escalate_at", at):
        return
    audit.record("round.escalate", by=None, obj=round, data={"due": when(round.promise[0])})
    for person in managers.nearest(round.account, round.policy_version):
        _tell(ESCALATED, round, person, reverse("moderation:round-list") + f"?konto={round.account_id}")


def _is_latest(round: Round, column: str, at: datetime) -> bool:
    later = Round.objects.filter(account=round.account_id, due_at__gt=round.due_at, **{f"{column}__lte": at})
    return not later.exists()


def _tell(what: str, round: Round, person: User, url: str) -> None:
    late_at, told_at = round.promise
    words = {"account": round.account, "due": when(late_at), "source": source(round), "manager": when(told_at)}
    notices.send(
        f"round.{what}",
        to=person,
        # Unique on account, due time and recipient: nobody is told the same thing twice.
        key=f"round.{what}:{round.account_id}:{late_at:%Y%m%dT%H%M%S}:{person.pk}",
        subject=str(SUBJECTS[what]) % words,
        body=str(BODIES[what]) % words,
        url=url,
    )
