"""When an account must be looked at: a pure function of the policy, the plan in force and the calendar (R-OVER-1).

The policy names the days. A plan may promise more, never fewer; where the policy names none the plan's days stand
alone, and the product's default answers only where both are silent. In a season of the policy its days hold for all.
A week whose days are all holidays is not left without a round: it moves to the next working day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from governance import clock, workingdays
from governance.policy.schema import Oversight
from moderation.deadlines import ends_at

OPENING = time(8)  # several rounds a day are spread between opening and the policy's closing time
MIDNIGHT = time(0)
BASIS_PLAN = "plan"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LONGEST_MOVE = 2 * WEEK  # no row of Swedish holidays pushes a round farther


@dataclass(frozen=True)
class PlanDays:
    """What the plan in force promises: weekdays 1-7, and the plan's own name as their source."""

    days: tuple[int, ...] = ()
    on_holidays: bool = False
    name: str = ""


class Source(NamedTuple):
    """Where a promise comes from: the policy's clause, the product's default, or the account's own plan."""

    clause: str
    strength: str
    basis: str


@dataclass(frozen=True)
class Due:
    """One round that is due: from when it can be done, when it is late, when the manager is told, and by what rule."""

    due_from: datetime
    due_at: datetime
    escalate_at: datetime
    source: Source


@dataclass(frozen=True)
class _Layer:
    days: tuple[int, ...]
    on_holidays: bool
    per_day: int
    source: Source

    def keeps(self, day: date) -> bool:
        return self.on_holidays or not workingdays.is_holiday(day)


def due_rounds(oversight: Oversight, plan: PlanDays, first: date, last: date) -> list[Due]:
    """Answer every round due from `first` to `last`, both included, in order."""
    days = _days(oversight, plan, first, last)
    return [due for day, layer in days for due in _of_day(oversight, layer, day)]


def spread(day: date, count: int, closing: time) -> list[tuple[datetime, datetime]]:
    """Answer `count` windows (from, until) over a day: one after another, the last until `closing`, in UTC.

    The first begins with the day. Closing at midnight is the end of the day.
    """
    dawn = clock.at(day, MIDNIGHT).astimezone(UTC)
    end = clock.at(day, closing) if closing != MIDNIGHT else clock.at(day + DAY, MIDNIGHT)
    end = end.astimezone(UTC)
    opening = clock.at(day, OPENING).astimezone(UTC)
    start = opening if opening < end else dawn
    ends = [start + (end - start) * number / count for number in range(1, count + 1)]
    return list(zip([dawn, *ends[:-1]], ends, strict=True))


def _of_day(oversight: Oversight, layer: _Layer, day: date) -> Iterator[Due]:
    closing = oversight.closing
    for due_from, due_at in spread(day, layer.per_day, closing):
        yield Due(due_from, due_at, ends_at(oversight.escalate_after, due_at, closing), layer.source)


def _days(oversight: Oversight, plan: PlanDays, first: date, last: date) -> list[tuple[date, _Layer]]:
    found: dict[date, _Layer] = {}
    monday = first - LONGEST_MOVE - (first.isoweekday() - 1) * DAY
    while monday <= last:
        found |= _week(oversight, plan, monday)
        monday += WEEK
    return sorted((day, layer) for day, layer in found.items() if first <= day <= last)


def _week(oversight: Oversight, plan: PlanDays, monday: date) -> dict[date, _Layer]:
    named: dict[date, _Layer] = {}
    for day in (monday + number * DAY for number in range(7)):
        layers = [layer for layer in _layers(oversight, plan, day) if day.isoweekday() in layer.days]
        if layers:
            named[day] = next((layer for layer in layers if layer.keeps(day)), layers[0])
    kept = {day: layer for day, layer in named.items() if layer.keeps(day)}
    if named and not kept:
        lost = max(named)
        kept = {workingdays.add_working_days(lost, 1): named[lost]}
    return kept


def _layers(oversight: Oversight, plan: PlanDays, day: date) -> list[_Layer]:
    season = oversight.season_on(day)
    if season is not None:
        source = Source(season.clause, season.strength, season.basis)
        return [_Layer(season.days, oversight.on_holidays, season.per_day, source)]
    own = _Layer(oversight.days, oversight.on_holidays, oversight.per_day, Source(*oversight.origin("days")))
    if not plan.days:
        return [own]
    promised = _Layer(plan.days, plan.on_holidays, oversight.per_day, _source_of_plan(oversight, plan))
    return [promised] if oversight.is_default("days") else [own, promised]


def _source_of_plan(oversight: Oversight, plan: PlanDays) -> Source:
    """The policy's clause where it is the policy that lets the plan name the days, else the plan itself."""
    if oversight.from_plan:
        return Source(*oversight.origin("from_plan"))
    return Source(plan.name, "ska", BASIS_PLAN)
