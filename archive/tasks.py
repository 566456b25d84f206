"""The archive's tasks: each is started from rows, may run twice at once, and may be killed at any line."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from archive import loose, store
from archive.diary import sending
from archive.disposing import carrying_out, dating
from archive.packages import exporting, ordering
from archive.snapshots import bell, campaigns, runs, working
from archive.trust import locks, seals, verifying
from governance import bell as bells
from governance import clock, disposing, uploads


@shared_task(time_limit=runs.HARD_DEADLINE.total_seconds())
def run_snapshot(snapshot_id: int) -> None:
    """Take the snapshot whose turn it is, in the capture worker; `snapshot_id` only says why the bell was rung."""
    working.run()


@shared_task
def resume_snapshots() -> None:
    """Each minute: end what is overdue, ring for what waits or was abandoned, clear away what dead runs left.

    Of the archive's files: those that no record names after a day, and those that were ordered out.
    """
    runs.end_overdue()
    bell.ring_waiting()
    working.clear_left()
    store.forget_incoming()
    loose.sweep()
    uploads.forget_left()


@shared_task
def open_snapshot_campaign(at: str | None = None) -> None:
    """Each night: open the campaign that the policy schedules, unless it is open. `at` is another moment (ISO 8601)."""
    campaigns.open_due(_moment(at), by=None)


@shared_task
def send_handovers() -> None:
    """Hand over to the diaries what waits."""
    bells.heard(sending.TASK)
    sending.send_waiting()


@shared_task
def receive_diary_numbers() -> None:
    """Write in the diary numbers that have come back by themselves."""
    sending.receive_numbers()


@shared_task
def seal_records() -> None:
    """Each minute: append seals to the chain of records, and lock what they name where the storage has locks."""
    while seals.seal() == seals.BATCH:
        continue
    locks.lock_new()


@shared_task
def renew_locks() -> None:
    """Each night: renew the storage's locks before they end."""
    locks.renew()


@shared_task
def check_archive(size: int = verifying.NIGHTLY) -> None:
    """Each night: check the chain, and records drawn by lot."""
    verifying.sample(size)


@shared_task
def make_exports() -> None:
    """Make the exports that are ordered, or were left by a worker that died."""
    bells.heard(ordering.TASK)
    exporting.make_owed()


@shared_task
def remove_old_exports() -> None:
    """Remove the files of exports that have lain long enough."""
    exporting.remove_old()


@shared_task
def carry_out_disposals() -> None:
    """Each minute: carry out the disposals that were approved, and go on with what was begun."""
    bells.heard(carrying_out.TASK)
    carrying_out.run_waiting()


@shared_task
def set_disposal_days() -> None:
    """Each night: set anew from when each record may be disposed of, and forget what has worn out."""
    dating.refresh_all()
    disposing.forget_worn()


def _moment(at: str | None) -> datetime:
    if at is None:
        return clock.now()
    moment = datetime.fromisoformat(at)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
