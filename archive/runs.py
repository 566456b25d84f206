"""One run of one snapshot: who has it, how far it has come, and exactly one outcome.

The row is the order and the lease is the right to write to it. A worker that dies leaves a lease that runs out; the
next one takes over under a lease of its own, and whatever the first still tries to write is refused.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from archive import bell, texts
from archive.models import Snapshot
from governance import clock
from governance.models import User
from governance.workflow import perform

MAX_ATTEMPTS = 3
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10))
# The engine is never silent longer than this while it captures; making the PDF says nothing until it is done.
LEASE = timedelta(seconds=90)
LONG_LEASE = timedelta(minutes=6)
HARD_DEADLINE = timedelta(minutes=15)


class Lost(Exception):
    """This run no longer has the snapshot: it was cancelled, taken over or ended as overdue."""


@dataclass(frozen=True)
class Run:
    """The right to write to one snapshot, until the lease runs out."""

    snapshot: Snapshot
    lease: uuid.UUID

    def tell(self, progress: int, phase: str, lease: timedelta = LEASE) -> None:
        """Say how far it has come and hold on for a while longer. Raises `Lost`."""
        mine = Snapshot.objects.filter(pk=self.snapshot.pk, status=Snapshot.Status.RUNNING, lease=self.lease)
        if not mine.update(progress=progress, phase=phase, lease_until=clock.now() + lease):
            raise Lost

    def lock(self) -> Snapshot:
        """Answer the row, locked, for the outcome that is written in the caller's transaction. Raises `Lost`."""
        mine = Snapshot.objects.select_for_update(of=("self",)).select_related("account", "unit", "authority")
        row = mine.filter(pk=self.snapshot.pk, status=Snapshot.Status.RUNNING, lease=self.lease).first()
        if row is None:
            raise Lost
        return row


def claim(snapshot_id: int) -> Run | None:
    """Take a snapshot that waits or was abandoned; None where another worker has it or there is nothing to do."""
    now = clock.now()
    with transaction.atomic():
        # Wait for whoever holds the row rather than skip it: it may only be noting that the bell was rung.
        free = Snapshot.objects.select_for_update(of=("self",)).filter(pk=snapshot_id)
        row = free.due(now).first() or free.abandoned(now).first()
        if row is None:
            return None
        if row.attempts >= MAX_ATTEMPTS:
            _end(row, "fail", "lost", "")
            return None
        step = "start" if row.status == Snapshot.Status.ORDERED else "take_over"
        row = perform(row, step, by=None, data={"attempt": row.attempts + 1})
    assert row.lease is not None  # noqa: S101 - the effect has just given it
    return Run(row, row.lease)


def finish(row: Snapshot, facts: dict[str, Any]) -> None:
    """Write that it succeeded, in the transaction that locked the row and makes the record."""
    Snapshot.objects.filter(pk=row.pk).update(facts=facts, address_reached=facts["reached"], progress=100)
    perform(row, "finish", by=None)


def fail(run: Run, code: str, detail: str, *, retry: bool) -> None:
    """Write that it failed, or wait and try again where that may help. Raises `Lost`."""
    with transaction.atomic():
        row = run.lock()
        again = retry and row.attempts < MAX_ATTEMPTS
        _end(row, "postpone" if again else "fail", code, detail)


def end_overdue() -> int:
    """End what has run longer than any run may; answer how many."""
    late = Snapshot.objects.filter(status=Snapshot.Status.RUNNING, started_at__lte=clock.now() - HARD_DEADLINE)
    count = 0
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            row = late.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if row is not None:
                _end(row, "fail", "overdue", "")
                count += 1
    return count


def begin(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of start and take_over: one try more, under a lease of its own."""
    now = clock.now()
    snapshot.lease, snapshot.lease_until, snapshot.started_at = uuid.uuid4(), now + LEASE, now
    snapshot.attempts += 1
    snapshot.progress, snapshot.phase, snapshot.rung_at = 0, "open", None
    snapshot.failure_code = snapshot.failure_detail = ""


def wait(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of postpone: back in the queue after a while that grows with the tries."""
    _let_go(snapshot)
    snapshot.next_try_at = clock.now() + BACK_OFF[min(snapshot.attempts, len(BACK_OFF)) - 1]


def end(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of finish, fail and cancel: the lease is withdrawn, so that a run in the middle writes nothing more."""
    _let_go(snapshot)
    snapshot.finished_at = clock.now()


def order_again(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of retry: a new order with all its tries, at the account's address of today."""
    snapshot.attempts, snapshot.progress = 0, 0
    snapshot.next_try_at, snapshot.rung_at, snapshot.finished_at = clock.now(), None, None
    snapshot.failure_code = snapshot.failure_detail = ""
    snapshot.address_asked = snapshot.account.address
    bell.ring_on_commit([snapshot.pk])


def _let_go(snapshot: Snapshot) -> None:
    snapshot.lease = snapshot.lease_until = None
    snapshot.phase = ""


def _end(row: Snapshot, step: str, code: str, detail: str) -> None:
    why = texts.storable(detail)[:500]
    Snapshot.objects.filter(pk=row.pk).update(failure_code=code, failure_detail=why)
    perform(row, step, by=None, data={"why": texts.reason(code), "code": code, "attempt": row.attempts})
