"""Files without a record: kept while somebody decides, let go when that is decided, swept when nobody came back."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.db import models, transaction

from archive import store
from archive.models import Discard, LooseFile, Snapshot
from governance import clock

log = logging.getLogger(__name__)

# No run, and nobody who uploads, takes so long to make a record of what was stored.
LEFT = timedelta(days=1)
AT_A_TIME = 500
TRY_AGAIN = timedelta(minutes=10)


class Swept(Exception):
    """Files that were to be kept have been let go meanwhile."""


def hold(files: Collection[store.Stored], snapshot: Snapshot) -> None:
    """Keep stored files for a person's decision, in the transaction that asks for it. Raises `Swept`."""
    notes = [file.note for file in files]
    if LooseFile.objects.filter(pk__in=notes, snapshot=None).update(snapshot=snapshot) != len(notes):
        raise Swept


def held(snapshot: Snapshot) -> list[store.Stored]:
    """Answer the files that wait for a decision about a snapshot, in the order they were made."""
    return [
        store.Stored(file.name, file.media_type, file.caption, file.size, file.sha256, file.prefix, file.pk)
        for file in snapshot.loose_files.order_by("order", "pk")
    ]


def are_held(files: Collection[store.Stored], snapshot: Snapshot) -> bool:
    """Answer whether just these files wait for the decision now; the rows are locked."""
    rows = LooseFile.objects.select_for_update().filter(snapshot=snapshot)
    return {row.pk for row in rows} == {file.note for file in files}


def let_go(snapshot: Snapshot) -> None:
    """Order out what waited for a decision about a snapshot, in the transaction that decides otherwise."""
    _discard(LooseFile.objects.filter(snapshot=snapshot))


def sweep() -> int:
    """Order out what nobody came back for, and carry out the orders that are due; answer how many were."""
    with transaction.atomic():
        left = LooseFile.objects.filter(snapshot=None, made_at__lte=clock.now() - LEFT)
        _discard(left.select_for_update(skip_locked=True).order_by("pk")[:AT_A_TIME])
    now = clock.now()
    waiting = Discard.objects.filter(done_at=None).filter(models.Q(not_before=None) | models.Q(not_before__lte=now))
    return sum(_carried_out(order) for order in list(waiting.order_by("pk")[:AT_A_TIME]))


def _discard(files: models.QuerySet[LooseFile]) -> None:
    found = list(files)
    for sha256, prefix in sorted({(file.sha256, file.prefix) for file in found}):
        store.order_discard(sha256, prefix)
    LooseFile.objects.filter(pk__in=[file.pk for file in found]).delete()


def _carried_out(order: Discard) -> bool:
    try:
        store.discard(order)
    except Exception as error:  # the storage may be away: the order stays, and the others go on
        log.error("a content could not be taken out of the storage", exc_info=error)
        Discard.objects.filter(pk=order.pk).update(
            attempts=models.F("attempts") + 1, not_before=clock.now() + TRY_AGAIN
        )
        return False
    return True
