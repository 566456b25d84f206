"""Working days of the Swedish calendar and the deadlines counted in them.

A working day is Monday to Friday, not a public holiday and not midsommarafton, julafton or nyårsafton; a municipality's
own free days are given by the caller.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from governance import clock

CLOSING = time(17, 0)
# "de_facto" brings the three eves that are no public holidays by law but free days for everyone.
CATEGORIES = ("public", "de_facto")


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.SE(years=year, categories=CATEGORIES))


def is_holiday(day: date, free_days: Collection[date] = ()) -> bool:
    """Answer whether `day` is a Swedish holiday, one of the three eves, or a local free day."""
    return day in free_days or day in _holidays(day.year)


def is_working_day(day: date, free_days: Collection[date] = ()) -> bool:
    """Answer whether people are at work on `day`."""
    return day.isoweekday() <= 5 and not is_holiday(day, free_days)


def add_working_days(day: date, count: int, free_days: Collection[date] = ()) -> date:
    """Answer the `count`-th working day after the calendar day `day`; `count` is at least 1."""
    if count < 1:
        raise ValueError("a deadline in working days is at least one day")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, free_days)
    return day


def deadline(start: datetime, count: int, closing: time = CLOSING, free_days: Collection[date] = ()) -> datetime:
    """Answer closing time on the `count`-th working day after the Swedish calendar day of `start`."""
    return clock.at(add_working_days(clock.local(start).date(), count, free_days), closing)
