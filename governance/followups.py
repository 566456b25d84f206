"""What follows an event: each subscriber has a row per event it owes something, written in the same transaction.

`on_commit` only wakes the worker; a sweep every minute takes what was left. A handler is idempotent: it may run twice.
"""

import logging
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from governance import bell, clock
from governance.models.log import AuditEvent, FollowUp

logger = logging.getLogger(__name__)

TASK = "governance.tasks.run_follow_ups"
MAX_ATTEMPTS = 8
EVERYTHING = "*"
# For so long a handler that stores files has its row to itself.
HELD = timedelta(minutes=10)


@dataclass(frozen=True)
class Subscriber:
    """Someone who reacts to actions after they are committed."""

    name: str
    actions: frozenset[str]
    handler: Callable[[AuditEvent], None]
    stores_files: bool = False

    def wants(self, action: str) -> bool:
        """Answer whether this subscriber owes something to such an action."""
        return action in self.actions or EVERYTHING in self.actions


subscribers: dict[str, Subscriber] = {}


def subscribe(
    name: str, actions: Collection[str], handler: Callable[[AuditEvent], None], *, stores_files: bool = False
) -> None:
    """Register a subscriber, once, from an app's `followups.py` (or `rules.py`, `notices.py`).

    One that `stores_files` runs outside a transaction: what it notes of a file must outlive its own failure.
    """
    if name in subscribers:
        raise ValueError(f"two subscribers named {name}")
    subscribers[name] = Subscriber(name, frozenset(actions), handler, stores_files)


def owe(event: AuditEvent) -> None:
    """Write what the event's subscribers owe it, and wake the worker once the transaction is committed."""
    rows = [
        FollowUp(subscriber=s.name, event_id=event.pk, next_try_at=event.at)
        for s in subscribers.values()
        if s.wants(event.action)
    ]
    FollowUp.objects.bulk_create(rows)
    if rows:
        transaction.on_commit(lambda: bell.ring(TASK))


def run_owed(limit: int = 500) -> int:
    """Do what is owed and due, each in its own transaction; answer how many were done."""
    return sum(_run_next() for _turn in range(limit) if _something_owed())


def owed_after(event: AuditEvent, subscriber: str) -> list[AuditEvent]:
    """Answer the later events about the same object or account to which `subscriber` still owes its follow-up."""
    about = models.Q(object_type=event.object_type, object_id=event.object_id)
    if event.account_id:
        about |= models.Q(account_id=event.account_id)
    owed = FollowUp.objects.filter(subscriber=subscriber, state=FollowUp.State.OWED).values("event_id")
    return list(AuditEvent.objects.filter(about, pk__gt=event.pk, pk__in=owed))


def _something_owed() -> bool:
    return FollowUp.objects.filter(state=FollowUp.State.OWED, next_try_at__lte=clock.now()).exists()


def _run_next() -> int:
    with transaction.atomic():
        row = _owed().first()
        if row is None:
            return 0
        row.attempts += 1
        if not subscribers[row.subscriber].stores_files:
            _handle(row, transaction.atomic)
            return int(row.state == FollowUp.State.DONE)
        # Taken for a while by moving it forward: nobody else takes it up meanwhile, and it comes back if we die.
        row.next_try_at = clock.now() + HELD
        row.save()
    _handle(row, nullcontext)
    return int(row.state == FollowUp.State.DONE)


def _owed() -> models.QuerySet[FollowUp]:
    due = FollowUp.objects.filter(state=FollowUp.State.OWED, next_try_at__lte=clock.now())
    return due.select_for_update(skip_locked=True).order_by("event_id", "pk")


def _handle(row: FollowUp, scope: Callable[[], AbstractContextManager[Any]]) -> None:
    try:
        with scope():
            subscribers[row.subscriber].handler(AuditEvent.objects.get(pk=row.event_id))
    except Exception as error:  # whatever a handler fails with, it is tried again, and the others go on
        _postpone(row, error)
    else:
        row.state, row.done_at, row.error = FollowUp.State.DONE, clock.now(), ""
    row.save()


def _postpone(row: FollowUp, error: Exception) -> None:
    logger.exception("follow-up %s of event %s failed", row.subscriber, row.event_id)
    row.error = type(error).__name__
    row.next_try_at = clock.now() + timedelta(minutes=2**row.attempts)
    if row.attempts >= MAX_ATTEMPTS:
        row.state = FollowUp.State.STUCK
