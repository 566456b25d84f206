"""Telling the capture worker that there is something to do. The row is the order; this is only a bell.

Whoever hears it takes the order whose turn it is, not the one it was rung for.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from archive.models import Snapshot
from archive.snapshots import queueing
from governance import clock
from governance.celery import app

log = logging.getLogger(__name__)

TASK = "archive.tasks.run_snapshot"
# A message may be lost with the broker; this long is waited before the bell is rung again for the same order.
RING_AGAIN = timedelta(minutes=5)


def ring_on_commit(ids: Iterable[int]) -> None:
    """Ring for these orders once they are committed: as often as there are workers, and each rings for the next."""
    wanted = list(ids)[: settings.CAPTURE_WORKERS]
    transaction.on_commit(lambda: _ring(wanted))


def ring_next() -> None:
    """Ring for the order whose turn it is, where there is one: a worker has become free."""
    _ring(_in_turn()[:1])


def ring_waiting() -> int:
    """Ring for the orders whose turn it is and that were not rung for lately; answer how many."""
    first = _in_turn()[: settings.CAPTURE_WORKERS]
    quiet = Q(rung_at=None) | Q(rung_at__lte=clock.now() - RING_AGAIN)
    heard = set(Snapshot.objects.filter(quiet, pk__in=first).values_list("pk", flat=True))
    wanted = [pk for pk in first if pk in heard]
    _ring(wanted)
    return len(wanted)


def _in_turn() -> list[int]:
    now = clock.now()
    return [order.pk for order in queueing.in_turn(queueing.orders(now), now)]


def _ring(ids: list[int]) -> None:
    try:
        for pk in ids:
            app.send_task(TASK, args=[pk], ignore_result=True, retry=False)
    except Exception:  # the bell may be broken: the row is the order, and the sweep will find it
        log.warning("the capture worker could not be told; the sweep takes over")
        return
    Snapshot.objects.filter(pk__in=ids).update(rung_at=clock.now())
