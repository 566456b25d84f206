"""An account's archive over the years: in which months its page was kept, and in which it was promised and missed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import QuerySet

from accounts.models import Account
from archive import secrecy
from archive.models import Record
from archive.snapshots import campaigns, promised, schedule
from archive.snapshots.schedule import Period
from governance import access, clock
from governance.models import PolicyVersion, User

TAKEN, MISSED, DUE, NONE = "taken", "missed", "due", "none"
MONTHS = range(1, 13)
# No account has been kept for longer than this.
MOST_YEARS = 60


@dataclass(frozen=True)
class Month:
    """One month: its state, how many pictures the reader may see of it, and where they are."""

    day: date
    state: str
    count: int
    url: str
    is_promised: bool


@dataclass(frozen=True)
class Year:
    """Twelve months."""

    number: int
    months: tuple[Month, ...]


def seen(user: User, account: Account) -> QuerySet[Record]:
    """Answer the account's snapshots that this person may see and that are open, the latest first."""
    kept = Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT)
    return access.visible(user, kept, "see_record").filter(secrecy.open_to(user))


def calendar(user: User, account: Account) -> list[Year]:
    """Answer the years from the account's first to this one, the latest first.

    A promise is kept by a picture that the reader may not see, too: it is no lack.
    """
    every = _by_month(Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT).values_list("pk", "made_at"))
    open_ones = _by_month(seen(user, account).values_list("pk", "made_at"))
    today = clock.today()
    states = _states(account, set(every), today)
    first = min([*every, *states, schedule.first_of_month(today)])
    years = range(today.year, max(first.year, today.year - MOST_YEARS) - 1, -1)
    return [Year(year, tuple(_month(date(year, m, 1), every, open_ones, states) for m in MONTHS)) for year in years]


def _by_month(rows: Any) -> dict[date, list[int]]:
    found: dict[date, list[int]] = defaultdict(list)
    for pk, made_at in rows.order_by("made_at", "pk"):
        found[schedule.first_of_month(clock.local(made_at).date())].append(pk)
    return found


def _states(account: Account, kept: set[date], today: date) -> dict[date, str]:
    """Answer what became of each promise, by the month in which it began."""
    return {period.start: _became(period, kept, today) for period in _promised(account, today)}


def _promised(account: Account, today: date) -> list[Period]:
    """Answer the periods in which the policy promised a picture while the account was open."""
    version, since = PolicyVersion.objects.current(), campaigns.promised_from()
    if version is None or since is None or account.opened_at is None:
        return []
    begun = max(since, clock.local(account.opened_at).date())
    ended = clock.local(account.closed_at).date() if account.closed_at else today
    rule = promised.of(account, version.policy)
    until = takewhile(lambda period: period.start <= min(today, ended), schedule.periods(rule, begun.year - 1))
    return [
        period for period in until if period.late_from > begun and not (account.closed_at and ended < period.late_from)
    ]


def _became(period: Period, kept: set[date], today: date) -> str:
    if any(period.start <= month < period.end for month in kept):
        return TAKEN
    return MISSED if period.late_from <= today else DUE


def _month(day: date, every: dict[date, list[int]], open_ones: dict[date, list[int]], states: dict[date, str]) -> Month:
    shown = open_ones.get(day, [])
    state = TAKEN if day in every else states.get(day, NONE)
    # A promise that another month of its period kept is no lack, and no picture of this month either.
    if state == TAKEN and day not in every:
        state = NONE
    return Month(day, state, len(shown), _url(day, shown), day in states)


def _url(day: date, shown: list[int]) -> str:
    """Answer where the month's pictures are: the record itself where there is one, else the list of them."""
    if not shown:
        return ""
    if len(shown) == 1:
        return Record(pk=shown[0]).get_absolute_url()
    return f"?manad={day:%Y-%m}#remsan"
