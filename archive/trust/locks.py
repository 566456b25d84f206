"""Locks on what is kept, where the storage has them: always with an end, renewed before it while a record names it.

A content is locked when a record names it, until the record may be disposed of; for a year where no such day is known,
or where it has passed and the record is still kept.
"""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from archive import store
from archive.models import FileLock, RecordFile
from archive.storage import Keeping
from governance import clock

DEFAULT = timedelta(days=365)
# A lock that ends within this time is renewed: nights may be missed without a file ever standing open.
AHEAD = timedelta(days=60)
BATCH = 500


def lock_new(limit: int = 5000) -> int:
    """Lock what records name and is not locked yet; answer how many. Nothing happens where the storage has no locks."""
    locked = FileLock.objects.filter(sha256=models.OuterRef("sha256"), prefix=models.OuterRef("prefix"))
    return _lock(RecordFile.objects.filter(~models.Exists(locked)), limit)


def renew() -> int:
    """Renew the locks that end soon or before the day of disposal; answer how many. Each night."""
    same = FileLock.objects.filter(sha256=models.OuterRef("sha256"), prefix=models.OuterRef("prefix"))
    ends = models.Subquery(same.values("until")[:1])
    soon = clock.now() + AHEAD
    named = RecordFile.objects.annotate(ends=ends).filter(
        models.Q(ends__lte=soon) | models.Q(record__dispose_after__gt=models.F("ends") + timedelta(days=1))
    )
    return _lock(named, None)


def _lock(files: models.QuerySet[RecordFile], limit: int | None) -> int:
    kept = store.storage()
    if not (isinstance(kept, Keeping) and kept.locks):
        return 0
    count = 0
    while limit is None or count < limit:
        after = list(files.order_by("pk").select_related("record")[:BATCH])
        if not after:
            break
        done = sum(_lock_one(kept, file) for file in after)
        count += done
        files = files.filter(pk__gt=after[-1].pk)
    return count


def _lock_one(kept: Keeping, file: RecordFile) -> bool:
    until = _until(file)
    try:
        kept.lock(store.place(file.sha256, file.prefix), until)
    except FileNotFoundError:
        return False  # `verify_archive` names what is missing
    FileLock.objects.update_or_create(sha256=file.sha256, prefix=file.prefix, defaults={"until": until})
    return True


def _until(file: RecordFile) -> datetime:
    """Answer the latest day that any record with this content is to be kept."""
    same = RecordFile.objects.filter(sha256=file.sha256, prefix=file.prefix)
    days = same.aggregate(latest=models.Max("record__dispose_after"), open=models.Count("pk"))
    default = clock.now() + DEFAULT
    if days["latest"] is None:
        return default
    wanted = timezone.make_aware(datetime.combine(days["latest"], datetime.min.time()))
    undated = same.filter(record__dispose_after=None).exists()
    return max(wanted, default) if undated or wanted <= clock.now() + AHEAD else wanted
