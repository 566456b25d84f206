"""Telling the capture worker that there is something to do. The row is the order; this is only a bell."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction

from archive.models import Snapshot
from governance import clock
from governance.celery import app

log = logging.getLogger(__name__)

TASK = "archive.tasks.run_snapshot"
# A message may be lost with the broker; this long is waited before the bell is rung again for the same order.
RING_AGAIN = timedelta(minutes=5)


def ring_on_commit(ids: Iterable[int]) -> None:
    """Ring for these orders once they are committed."""
    wanted = list(ids)
    transaction.on_commit(lambda: _ring(wanted))


def ring_waiting() -> int:
    """Ring for every order that is due, or was abandoned, and was not rung for lately; answer how many."""
    now = clock.now()
    quiet = Snapshot.objects.filter(models.Q(rung_at=None) | models.Q(rung_at__lte=now - RING_AGAIN))
    wanted = [*quiet.due(now).order_by("next_try_at", "pk").values_list("pk", flat=True)]
    wanted += quiet.abandoned(now).order_by("lease_until").values_list("pk", flat=True)
    _ring(wanted)
    return len(wanted)


def _ring(ids: list[int]) -> None:
    try:
        for pk in ids:
            app.send_task(TASK, args=[pk], ignore_result=True, retry=False)
    except Exception:  # the bell may be broken: the row is the order, and the sweep will find it
        log.warning("the capture worker could not be told; the sweep takes over")
        return
    Snapshot.objects.filter(pk__in=ids).update(rung_at=clock.now())
