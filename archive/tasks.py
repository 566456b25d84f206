"""The archive's tasks: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from archive import bell, campaigns, runs, store, working
from governance import clock


@shared_task(time_limit=runs.HARD_DEADLINE.total_seconds())
def run_snapshot(snapshot_id: int) -> None:
    """Take one snapshot, in the capture worker. Does nothing where it is already taken, or waits for its time."""
    working.run(snapshot_id)


@shared_task
def resume_snapshots() -> None:
    """Each minute: end what is overdue, ring for what waits or was abandoned, clear away what dead runs left."""
    runs.end_overdue()
    bell.ring_waiting()
    working.clear_left()
    store.forget_incoming()


@shared_task
def open_snapshot_campaign(at: str | None = None) -> None:
    """Each night: open the campaign that the policy schedules, unless it is open. `at` is another moment (ISO 8601)."""
    campaigns.open_due(_moment(at), by=None)


def _moment(at: str | None) -> datetime:
    if at is None:
        return clock.now()
    moment = datetime.fromisoformat(at)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
