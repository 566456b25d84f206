"""Dagens uppsikt, read: each account that a person watches, what is due on it now, and who looked last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import Account
from governance import access, clock
from governance.models import User
from moderation.models import Round


@dataclass(frozen=True)
class Line:
    """One account as it stands now."""

    account: Account
    due: Round | None  # can be logged now
    missed: Round | None  # the first that nobody logged in time, if nobody has looked since
    last: Round | None  # the latest look
    coming: Round | None  # the next that has not begun
    seen_today: bool

    @property
    def left(self) -> bool:
        """Answer whether somebody must look today."""
        return self.due is not None or self.missed is not None

    @property
    def urgency(self) -> tuple[bool, float]:
        """Answer a key by which missed ones come first, then what is due soonest."""
        soonest = self.missed or self.due
        return (self.missed is None, soonest.promise[0].timestamp() if soonest else 0)


def watched(user: User | AnonymousUser) -> list[Account]:
    """Answer the accounts in use whose oversight this person holds, in Swedish order."""
    rows = access.visible(user, Account.objects.running(), "watch")
    return list(rows.select_related("platform", "unit"))


def missed_by_others(user: User | AnonymousUser, own: Collection[int], at: datetime) -> list[Line]:
    """Answer the accounts that this person follows but does not watch, and that nobody has looked at in time."""
    missed = access.visible(user, Round.objects.unanswered(at), "see_rounds").exclude(account__in=own)
    rows = Account.objects.running().filter(pk__in=missed.order_by().values("account"))
    return lines(rows.select_related("platform", "unit"), at)


def lines(accounts: Iterable[Account], at: datetime) -> list[Line]:
    """Answer how each account stands, with as many queries for one as for a thousand."""
    accounts = list(accounts)
    rounds = Round.objects.filter(account__in=accounts)
    looks = rounds.logged().filter(logged_at__lte=at).latest_of("logged_at").select_related("logged_by")
    due, missed, last = _first(rounds.open(at)), _first(rounds.unanswered(at)), _first(looks)
    coming = _first(rounds.coming(at).order_by("account_id", "due_at").distinct("account_id"))
    return [
        Line(
            account,
            due.get(account.pk),
            missed.get(account.pk),
            last.get(account.pk),
            coming.get(account.pk),
            account.pk in last and _day(last[account.pk].logged_at) == _day(at),
        )
        for account in accounts
    ]


def _first(rows: Iterable[Round]) -> dict[int, Round]:
    found: dict[int, Round] = {}
    for row in rows:
        found.setdefault(row.account_id, row)
    return found


def _day(moment: datetime | None) -> object:
    return clock.local(moment).date() if moment else None
