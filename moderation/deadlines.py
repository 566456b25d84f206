"""When a deadline of the policy ends: working days, the next working day, or clock hours with or without weekends."""

from datetime import UTC, datetime, time, timedelta

from governance import clock, workingdays
from governance.policy.schema import Deadline

HOURS = "hours"
PAUSE = "pause"
MIDNIGHT = time(0)


def ends_at(deadline: Deadline, start: datetime, closing: time) -> datetime:
    """Answer the moment when `deadline`, begun at `start`, is over.

    Days end at `closing` on the Nth working day after the calendar day of `start`. Hours run day and night; where the
    policy pauses them over weekends they stand still on every day that is no working day.
    """
    if deadline.unit != HOURS:
        return workingdays.deadline(start, deadline.count, closing)
    length = timedelta(hours=deadline.count)
    # In UTC: on the wall an hour may be skipped or come twice.
    return _paused(start, length) if deadline.weekends == PAUSE else start.astimezone(UTC) + length


def _paused(start: datetime, left: timedelta) -> datetime:
    """Answer where `left` ends when only working days count, counted in time that passes and not on the wall."""
    moment, day = start.astimezone(UTC), clock.local(start).date()
    while True:
        day += timedelta(days=1)
        midnight = clock.at(day, MIDNIGHT).astimezone(UTC)
        if workingdays.is_working_day(day - timedelta(days=1)):
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight
