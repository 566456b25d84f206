"""Oversight: on which days, how often, by whom, and what makes it denser or thinner."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from governance.policy.base import (
    ClockTime,
    Counted,
    Deadline,
    Demand,
    Headed,
    Items,
    Stated,
    Text,
    Weekday,
    Yes,
    expected,
)
from governance.policy.people import ActorKey

LEAP_YEAR = 2024
Days = Annotated[tuple[Weekday, ...], Field(min_length=1)]


def month_day(value: object) -> object:
    """ "06-15" as it stands, if there is such a day in some year."""
    if isinstance(value, str) and re.fullmatch("[0-9]{2}-[0-9]{2}", value):
        with suppress(ValueError):
            date.fromisoformat(f"{LEAP_YEAR}-{value}")
            return value
    raise expected('en dag i året som "06-15"')


MonthDay = Annotated[str, BeforeValidator(month_day)]


class SuggestedDays(Stated):
    """Weekdays offered when a plan is drafted."""

    days: Days


class Heightened(Stated):
    """Several rounds a day for a while: after a post that may draw comments, after a removal."""

    on: Annotated[tuple[Literal["lively_post", "removal"], ...], Field(min_length=1)]
    per_day_at_least: Counted
    outside_office_hours: Yes


class LeastOften(Stated):
    """The longest time between two rounds, and the law the document reads it out of."""

    days: Counted
    reads_law: Text | None


class Season(Stated):
    """A part of the year with its own days; fewer rounds, never none. May run over New Year."""

    first: MonthDay
    last: MonthDay
    days: Days
    per_day: Counted

    def holds(self, day: date) -> bool:
        today = day.strftime("%m-%d")
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


class Watcher(Stated):
    """Who keeps the oversight, in turn."""

    who: Annotated[tuple[ActorKey, ...], Field(min_length=1)]


class Unattended(Stated):
    """An account is never left without oversight: during what, and who sees to it if the stand-in cannot."""

    text: Text
    during: tuple[Text, ...]
    then: tuple[ActorKey, ...]


class Activity(Stated):
    """The account is kept active; `from_plan` where the plan promises how often."""

    text: Text
    from_plan: Yes


class SuggestedUpdates(Stated):
    """Updates a week offered when a plan is drafted."""

    per_week: Counted


class OversightSection(Headed):
    """Oversight as the document states it. `from_plan` means that the plan names the days."""

    headline = ("days", "on_holidays", "per_day", "from_plan", "closing", "escalate_after")

    days: Days | None
    on_holidays: Yes | None
    per_day: Counted | None
    from_plan: Yes | None
    closing: ClockTime | None
    escalate_after: Deadline | None
    duty: Demand | None
    watchers: Watcher | None
    suggested_days: SuggestedDays | None
    heightened: Heightened | None
    least_often: LeastOften | None
    seasons: Items[Season]
    unattended: Unattended | None
    absence_routine: Demand | None
    resources: Demand | None
    activity: Activity | None
    suggested_updates: SuggestedUpdates | None

    @model_validator(mode="after")
    def _no_day_twice(self) -> Self:
        for days in self._lists_of_days():
            if len(set(days)) < len(days):
                raise expected("varje veckodag högst en gång")
        return self

    def _lists_of_days(self) -> Iterator[tuple[int, ...]]:
        yield self.days or ()
        yield from (season.days for season in self.seasons)


class Oversight(OversightSection):
    """Oversight with the product's answers: once a week where the document names no days."""

    days: tuple[int, ...]
    on_holidays: bool
    per_day: int
    from_plan: bool
    closing: time
    escalate_after: Deadline
    clause: str
    strength: Literal["ska", "bör", "exempel"]

    def season_on(self, day: date) -> Season | None:
        return next((season for season in self.seasons if season.holds(day)), None)

    def rounds_on(self, day: date, *, holiday: bool) -> int:
        """How many rounds the policy promises that day; the plan's own days are not known here."""
        season = self.season_on(day)
        days, per_day = (season.days, season.per_day) if season else (self.days, self.per_day)
        return per_day if day.isoweekday() in days and (self.on_holidays or not holiday) else 0
