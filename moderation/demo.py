"""The oversight of the demo: two weeks of rounds on every open account, one of them missed. May be repeated at will.

Made through the same verbs as any other, with the moment told instead of the clock. What happened before today is older
than the demo itself, so its accounts are said to have been opened before it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Account
from governance import clock
from governance.models import PolicyVersion
from moderation import actions, managers, planning, reminders
from moderation.actions import Look
from moderation.models import Round

TOGETHER = timedelta(days=14)
DAY, LOOKED_AFTER = timedelta(days=1), timedelta(hours=9, minutes=20)
NOTES = {3: "Två frågor om öppettider, besvarade direkt.", 7: "Många kommentarer om snöröjningen, alla sakliga."}
FORGOTTEN_BEFORE = 5  # the round that was missed some time ago, and mended by the next one


@transaction.atomic
def load() -> None:
    """Make the past of the accounts, once; what has happened since is left as it is."""
    version = PolicyVersion.objects.current()
    # Those that rest, end or were taken over without a plan begin to be watched today.
    planned = Account.objects.active().filter(plan_due_on=None).order_by("pk")
    accounts = [account for account in planned if managers.watchers(account)]
    if version is None or not accounts or Round.objects.logged().exists():
        return
    now = clock.now()
    begin = now - TOGETHER
    young = Account.objects.filter(pk__in=[account.pk for account in accounts], opened_at__gt=begin)
    young.update(opened_at=begin - DAY, proposed_at=begin - 2 * DAY)
    for account in accounts:
        account.refresh_from_db()
        planning.plan_account(account, version, begin)
    for account in accounts:
        _look(account, _past(account, now), forgets_last=account == accounts[-1])
    _remind(accounts[-1], now)
    for account in accounts:
        planning.plan_account(account, version, now)


def _past(account: Account, now: datetime) -> list[Round]:
    return list(Round.objects.planned().filter(account=account, due_at__lte=now).order_by("due_at"))


def _look(account: Account, rounds: list[Round], *, forgets_last: bool) -> None:
    people = managers.watchers(account)
    done = rounds[:-1] if forgets_last else [round for n, round in enumerate(rounds) if n != FORGOTTEN_BEFORE]
    for number, round in enumerate(done):
        look = Look(account.pk, round.pk, NOTES.get(number, ""))
        at = min(round.due_from + LOOKED_AFTER, round.due_from + (round.promise[0] - round.due_from) / 2)
        actions.log([look], by=people[number % len(people)], at=at)


def _remind(account: Account, now: datetime) -> None:
    """Let the reminders go out as they would have, one after another."""
    times: Iterable[datetime] = [round.promise[0] for round in _past(account, now)[-1:]]
    for at in (*times, now):
        reminders.remind(at)
