"""The periods in which a policy promises a snapshot, as months and dates; nothing here touches the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from governance.policy.schema import Snapshot as SnapshotRule


@dataclass(frozen=True)
class Period:
    """From the month a snapshot is scheduled in until the next one begins; late from `late_from`."""

    start: date
    end: date
    late_from: date

    @property
    def label(self) -> str:
        """Answer the period's name, the month it begins in: "2026-10"."""
        return label(self.start)


def label(day: date) -> str:
    """Answer the name of the period that begins in this day's month."""
    return f"{day:%Y-%m}"


def first_of_month(day: date) -> date:
    """Answer the first day of the month."""
    return day.replace(day=1)


def current(rule: SnapshotRule, today: date) -> Period | None:
    """Answer the period that `today` lies in; None where the policy schedules no snapshot."""
    return next((period for period in periods(rule, today.year - 1) if period.start <= today < period.end), None)


def unmet(rule: SnapshotRule, *, last: date | None, since: date) -> Period | None:
    """Answer the first period without a snapshot: after the `last` one, else still open when the promise began.

    `since` is the day from which anything was promised at all. None where the policy schedules no snapshot.
    """
    if last is not None:
        return next((period for period in periods(rule, last.year - 1) if period.start > last), None)
    return next((period for period in periods(rule, since.year - 1) if period.late_from > since), None)


def periods(rule: SnapshotRule, year: int) -> Iterator[Period]:
    """Answer the periods that begin in `year` or later, without end; none where no month is scheduled."""
    for start, end in pairwise(_starts(rule.months, year)):
        # Months that the policy itself names are kept in those months; ours only spread a yearly number.
        yield Period(start, end, end if rule.is_default("months") else _next_month(start))


def _starts(months: tuple[int, ...], year: int) -> Iterator[date]:
    while months:
        yield from (date(year, month, 1) for month in sorted(months))
        year += 1


def _next_month(day: date) -> date:
    return first_of_month(first_of_month(day) + timedelta(days=31))
