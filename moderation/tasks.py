"""The tasks of oversight: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import datetime

from celery import shared_task

from governance import clock
from moderation import planning, reminders


@shared_task
def plan_rounds(at: str | None = None) -> None:
    """Make the rounds of the coming two weeks. `at` (ISO 8601 with offset) moves the clock."""
    planning.plan_all(_moment(at))


@shared_task
def remind_missed_rounds(at: str | None = None) -> None:
    """Mark rounds that nobody logged, remind the watchers, and tell the manager. `at` moves the clock."""
    reminders.remind(_moment(at))


def _moment(at: str | None) -> datetime:
    moment = datetime.fromisoformat(at) if at else clock.now()
    if moment.tzinfo is None:
        raise ValueError(f"{at} has no offset from UTC")
    return moment
