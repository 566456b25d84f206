"""One run of one snapshot: who has it, how far it has come, and exactly one outcome.

The row is the order and the lease is the right to write to it. A worker that dies leaves a lease that runs out; the
next one takes over under a lease of its own, and whatever the first still tries to write is refused.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from archive import loose, store, texts
from archive.models import Snapshot
from archive.snapshots import bell, hosts, queueing
from governance import clock
from governance.models import User
from governance.workflow import perform

MAX_ATTEMPTS = 3
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10))
# The engine is never silent longer than this while it captures; making the PDF says nothing until it is done.
LEASE = timedelta(seconds=90)
LONG_LEASE = timedelta(minutes=6)
HARD_DEADLINE = timedelta(minutes=15)
# What the engine says of a website that asks to be left alone.
BUSY = "busy"
TURN = "archive.snapshots.runs.claim"


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


def claim(only: int | None = None) -> Run | None:
    """Take the snapshot whose turn it is, or `only` this one where its time has come.

    None where there is nothing to do now. Claims are made one at a time, so that the turn and the rule of one page at
    a time from each website hold with any number of workers.
    """
    now = clock.now()
    with transaction.atomic():
        _alone()
        for order in queueing.in_turn(queueing.orders(now), now):
            if only in (None, order.pk) and (run := _take(order.pk, now)):
                return run
    return None


def _take(pk: int, now: datetime) -> Run | None:
    """Take one, unless it was cancelled or ended meanwhile; one that used up its tries is ended instead."""
    # Wait for whoever holds the row rather than skip it: it may only be noting that the bell was rung.
    free = Snapshot.objects.select_for_update(of=("self",)).filter(pk=pk)
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


def finish(row: Snapshot, facts: dict[str, Any], remarks: Sequence[str] = ()) -> None:
    """Write that it succeeded, in the transaction that locked the row and makes the record."""
    _captured(row, facts, remarks)
    perform(row, "finish", by=None)


def question(run: Run, facts: dict[str, Any], remarks: Sequence[str], files: list[store.Stored]) -> None:
    """Write that somebody must look at it, and keep its files until then. Raises `Lost`, or `loose.Swept`."""
    with transaction.atomic():
        row = run.lock()
        loose.hold(files, row)
        _captured(row, facts, remarks)
        perform(row, "question", by=None, data={"why": " ".join(texts.remarks(remarks))})


def fail(run: Run, code: str, detail: str, *, retry: bool, wait_seconds: int = 0) -> None:
    """Write that it failed, or wait and try again where that may help. Raises `Lost`.

    A website that asks to be left alone is, with all that waits for it.
    """
    with transaction.atomic():
        row = run.lock()
        if code == BUSY and row.host:
            hosts.rest(row.host, wait_seconds)
        again = retry and row.attempts < MAX_ATTEMPTS
        _end(row, "postpone" if again else "fail", code, detail)


def end_overdue() -> int:
    """End what has run longer than any run may; answer how many. What was abandoned is taken over instead."""
    now = clock.now()
    alive = Snapshot.objects.filter(status=Snapshot.Status.RUNNING, lease_until__gt=now)
    late = alive.filter(started_at__lte=now - HARD_DEADLINE)
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
    """Effect of postpone: back in the queue after a while that grows with the tries, or when its website has rested."""
    _let_go(snapshot)
    now = clock.now()
    later = now + BACK_OFF[min(snapshot.attempts, len(BACK_OFF)) - 1]
    snapshot.next_try_at = max(later, hosts.resting(now).get(snapshot.host, later))


def end(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of finish, fail and cancel: the lease is withdrawn, so that a run in the middle writes nothing more."""
    _let_go(snapshot)
    snapshot.finished_at = clock.now()


def waive(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of waive and lapse: nobody tries any more, and what waited for a decision is let go."""
    loose.let_go(snapshot)
    snapshot.finished_at = clock.now()


def replace(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of replace: what somebody uploaded stands for it, and what the engine took is let go."""
    loose.let_go(snapshot)
    snapshot.finished_at, snapshot.progress = clock.now(), 100
    snapshot.failure_code = snapshot.failure_detail = ""
    snapshot.remarks = []


def order_again(snapshot: Snapshot, by: User | None, reason: str) -> None:
    """Effect of retry: a new order with all its tries, at the account's address of today; an item keeps its own."""
    loose.let_go(snapshot)
    snapshot.attempts, snapshot.progress = 0, 0
    snapshot.next_try_at, snapshot.rung_at, snapshot.finished_at = clock.now(), None, None
    snapshot.failure_code = snapshot.failure_detail = snapshot.address_reached = ""
    snapshot.facts, snapshot.remarks = {}, []
    if snapshot.subject == Snapshot.Subject.PAGE:
        snapshot.address_asked = snapshot.account.address
    snapshot.host = hosts.of(snapshot.account.platform, snapshot.address_asked)
    bell.ring_on_commit([snapshot.pk])


def _let_go(snapshot: Snapshot) -> None:
    snapshot.lease = snapshot.lease_until = None
    snapshot.phase = ""


def _captured(row: Snapshot, facts: dict[str, Any], remarks: Sequence[str]) -> None:
    """Write what was seen, before the step that says what it is worth."""
    seen = {"facts": facts, "address_reached": facts["reached"], "remarks": list(remarks), "progress": 100}
    Snapshot.objects.filter(pk=row.pk).update(**seen)
    hosts.welcome(row.host)


def _alone() -> None:
    """Let nobody else choose until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [TURN])


def _end(row: Snapshot, step: str, code: str, detail: str) -> None:
    why = texts.storable(detail)[:500]
    Snapshot.objects.filter(pk=row.pk).update(failure_code=code, failure_detail=why)
    perform(row, step, by=None, data={"why": texts.reason(code), "code": code, "attempt": row.attempts})
