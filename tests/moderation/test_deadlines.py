"""Deadlines as a policy states them: working days, the next working day, hours with and without weekends."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import clock
from governance.policy.base import Deadline
from governance.workingdays import is_working_day
from moderation.deadlines import ends_at

CLOSING = time(17)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))


def hours(count: int, weekends: str | None = "count") -> Deadline:
    return Deadline(count=count, unit="hours", weekends=weekends)


def local(day: str, hour: int, minute: int = 0) -> datetime:
    return clock.at(date.fromisoformat(day), time(hour, minute))


@pytest.mark.parametrize(
    ("deadline", "start", "ends"),
    [
        (Deadline(count=1, unit="working days"), local("2026-11-20", 16, 30), local("2026-11-23", 17)),
        (Deadline(count=5, unit="working days"), local("2026-12-23", 9), local("2027-01-05", 17)),
        (Deadline(count=1, unit="next working day"), local("2026-06-18", 9), local("2026-06-22", 17)),
        (hours(48), local("2026-11-20", 16, 30), local("2026-11-22", 16, 30)),
        (hours(48, None), local("2026-11-20", 16, 30), local("2026-11-22", 16, 30)),
        (hours(48, "pause"), local("2026-11-20", 16, 30), local("2026-11-24", 16, 30)),
        (hours(4, "pause"), local("2026-11-21", 10), local("2026-11-23", 4)),
        (hours(24, "pause"), local("2026-12-23", 12), local("2026-12-28", 12)),
        # The clocks go forward and back: hours are hours that pass.
        (hours(24), local("2026-03-28", 12), local("2026-03-29", 13)),
        (hours(24), local("2026-10-24", 12), local("2026-10-25", 11)),
        (hours(48, "pause"), local("2026-03-27", 12), local("2026-03-31", 12)),
    ],
)
def test_the_table_of_deadlines(deadline, start, ends):
    assert ends_at(deadline, start, CLOSING) == ends


@settings(max_examples=80, deadline=None)
@given(MOMENTS, st.integers(1, 200))
def test_a_paused_clock_ends_on_a_working_day_and_never_before_one_that_runs(start, count):
    paused = ends_at(hours(count, "pause"), start, CLOSING)

    assert paused >= ends_at(hours(count), start, CLOSING)
    assert is_working_day((clock.local(paused) - timedelta(microseconds=1)).date())


@settings(max_examples=80, deadline=None)
@given(MOMENTS, st.integers(1, 100), st.integers(1, 100))
def test_two_paused_stretches_are_one_long_one(start, one, other):
    middle = ends_at(hours(one, "pause"), start, CLOSING)

    assert ends_at(hours(other, "pause"), middle, CLOSING) == ends_at(hours(one + other, "pause"), start, CLOSING)
