"""The archive's files, each under the SHA-256 of its content, through Django's storages (a folder, or S3).

A file is noted (`LooseFile`, committed), then written, then named by a record in the transaction that takes the note
away; what is there already is not written again. A file is taken out only where nothing names it. Both hold one lock
per content, so that what comes in is never taken out in between. Nothing is taken out while a backup is being made.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection, transaction

from archive.models import Discard, FileLock, LooseFile, Record, RecordFile, Snapshot
from archive.storage import Keeping, Locked, StorageRefused
from governance import clock

log = logging.getLogger(__name__)

CHUNK = 256 * 1024
BACKUP_LOCK = 0x75707075  # held by a backup; whoever takes files out asks for a share of it

SHARED = "shared"


class Forgotten(Exception):
    """A file was noted so long ago that it may be gone from the storage: it is stored again, not named."""


class Damaged(Exception):
    """A kept content is not what its SHA-256 says, and so is not copied to another place."""


@dataclass(frozen=True)
class Item:
    """Something to be stored under a name in a record: a file on disk, or bytes."""

    name: str
    media_type: str
    caption: str
    source: Path | bytes


@dataclass(frozen=True)
class Stored:
    """Something that lies in the archive, and what a record says of it."""

    name: str
    media_type: str
    caption: str
    size: int
    sha256: str
    prefix: str = ""
    note: int = 0  # the LooseFile that says that it lies here

    def as_json(self) -> dict[str, Any]:
        """Answer it as a manifest and a cover page name it."""
        return {"name": self.name, "media_type": self.media_type, "size": self.size, "sha256": self.sha256}


def storage() -> Storage:
    """Answer where the archive's files lie."""
    return storages["archive"]


def place(sha256: str, prefix: str = "") -> str:
    """Answer the name of a content in the storage: two levels of folders, so that none grows large.

    What is marked secret lies under a prefix of its record alone.
    """
    return f"{prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(item: Item, *, prefix: str = "", snapshot: Snapshot | None = None, order: int = 0) -> Stored:
    """Store one content, whole, and answer what to write of it in a row.

    Never called inside a transaction: the note must outlive whatever fails later. One that waits for a person's
    decision is noted with its `snapshot`.
    """
    size, sha256 = _measure(item.source)
    about = {"name": item.name, "media_type": item.media_type, "caption": item.caption, "size": size}
    note = LooseFile(**about, sha256=sha256, prefix=prefix, snapshot=snapshot, order=order, made_at=clock.now())
    _commit(note)
    name = place(sha256, prefix)
    if not _is_there(name, sha256):
        with _opened(item.source) as file:
            storage().save(name, file)
    return Stored(item.name, item.media_type, item.caption, size, sha256, prefix, note.pk)


def put_all(items: Iterable[Item], *, prefix: str = "", snapshot: Snapshot | None = None) -> list[Stored]:
    """Store several, in order."""
    return [put(item, prefix=prefix, snapshot=snapshot, order=order) for order, item in enumerate(items, start=1)]


def named(files: Iterable[Stored]) -> None:
    """Take the notes away, in the transaction that makes the rows that name the files.

    Raises `Forgotten` where a note is gone already: then nothing vouches for the file any more.
    """
    notes = {file.note for file in files}
    if LooseFile.objects.filter(pk__in=notes).delete()[0] != len(notes):
        raise Forgotten


def apart(record: Record) -> str:
    """Answer the prefix under which the files of a record lie while it is marked secret, shared with nothing."""
    return f"sekretess/{record.identifier}/"


def move(file: RecordFile, prefix: str) -> None:
    """Let a record's file lie under another prefix: copied, verified, its row changed, the old place ordered out.

    Never called inside a transaction. Safe to kill at any line and to run again, or twice at once; nothing happens
    where the file lies there already. Raises `Damaged`, FileNotFoundError or `StorageRefused`, and then nothing moved.
    """
    file.refresh_from_db(fields=["prefix"])
    if file.prefix == prefix:
        return
    note = _noted_copy(file, prefix)
    with transaction.atomic():
        locked = RecordFile.objects.select_for_update().get(pk=file.pk)
        if locked.prefix != prefix:
            RecordFile.objects.filter(pk=file.pk).update(prefix=prefix)
            order_discard(file.sha256, locked.prefix)
        LooseFile.objects.filter(pk=note.pk).delete()
    file.prefix = prefix


def _noted_copy(file: RecordFile, prefix: str) -> LooseFile:
    name, fresh = place(file.sha256, prefix), place(file.sha256, file.prefix)
    if not _is_there(fresh, file.sha256):
        raise Damaged if storage().exists(fresh) else FileNotFoundError(file.sha256)
    about = {"name": file.name, "media_type": file.media_type, "caption": file.caption, "size": file.size}
    note = LooseFile(**about, sha256=file.sha256, prefix=prefix, made_at=clock.now())
    _commit(note)
    if not _is_there(name, file.sha256):
        with read(file) as content:
            storage().save(name, File(content))
        if not _is_there(name, file.sha256):
            raise StorageRefused("what was written is not what was sent")
    return note


@transaction.atomic
def order_discard(sha256: str, prefix: str = "", *, disposal: bool = False) -> Discard:
    """Order a content out of the storage; in the transaction that deletes the row that named it.

    A decided `disposal` sets the storage's lock aside, also for a place that the content has left before and where it
    only waits for its lock to run out.
    """
    if disposal:
        Discard.objects.filter(sha256=sha256, done_at=None).update(disposal=True, not_before=None)
    return Discard.objects.create(sha256=sha256, prefix=prefix, ordered_at=clock.now(), disposal=disposal)


def discard(order: Discard) -> bool:
    """Take a content out, unless something still names it; answer whether it is gone. Safe to run twice.

    Where the storage refuses, or keeps the file under its lock, or a backup is being made, the order waits.
    """
    with transaction.atomic():
        _hold(order.sha256, order.prefix)
        order = Discard.objects.select_for_update().get(pk=order.pk)
        if order.done_at is None and _may_take_out():
            _carry_out(order)
    return order.done_at is not None and not order.kept_because


def _carry_out(order: Discard) -> None:
    order.attempts += 1
    try:
        if _is_named(order.sha256, order.prefix):
            order.kept_because = SHARED
        else:
            _erase(order)
        order.done_at = clock.now()
    except Locked as locked:
        order.not_before = locked.until
    except OSError as refused:
        log.warning("content %s could not be taken out: %s", order.sha256, type(refused).__name__)
    order.save()


def _erase(order: Discard) -> None:
    kept = storage()
    name = place(order.sha256, order.prefix)
    kept.erase(name, bypass=order.disposal) if isinstance(kept, Keeping) else kept.delete(name)
    FileLock.objects.filter(sha256=order.sha256, prefix=order.prefix).delete()


def _is_named(sha256: str, prefix: str) -> bool:
    """Ask in one statement: between two, a note may have become a row."""
    same = {"sha256": sha256, "prefix": prefix}
    rows = RecordFile.objects.filter(**same).order_by().values("pk")
    return rows.union(LooseFile.objects.filter(**same).order_by().values("pk"), all=True).exists()


def _may_take_out() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock_shared(%s)", [BACKUP_LOCK])
        return bool(cursor.fetchone()[0])


@transaction.atomic(durable=True)
def _commit(note: LooseFile) -> None:
    _hold(note.sha256, note.prefix)
    note.save()


def _hold(sha256: str, prefix: str) -> None:
    """Hold the lock of one content until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [place(sha256, prefix)])


def describe(item: Item) -> Stored:
    """Answer what a row would say of it, without storing it: a cover page names hashes before there is a record."""
    size, sha256 = _measure(item.source)
    return Stored(item.name, item.media_type, item.caption, size, sha256)


def read(file: RecordFile | LooseFile | Stored) -> IO[bytes]:
    """Open a record's file, or one that has none yet. Raises FileNotFoundError where it is missing from the storage."""
    return storage().open(place(file.sha256, file.prefix))


def text(file: RecordFile, limit: int) -> str:
    """Answer the beginning of a text file; empty where it is missing."""
    try:
        with read(file) as content:
            return content.read(limit).decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def forget_incoming() -> int:
    """Remove what a process that died left half written; answer how many files."""
    kept = storage()
    return kept.forget_incoming() if isinstance(kept, Keeping) else 0


def digest(content: Any) -> tuple[int, str]:
    """Answer the size and the SHA-256 of what is read from an open file, in little memory."""
    sha256, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return size, sha256.hexdigest()


def _is_there(name: str, sha256: str) -> bool:
    if not storage().exists(name):
        return False
    with storage().open(name) as content:
        whole = digest(content)[1] == sha256
    if not whole:
        log.error("the archived content %s was damaged, and is written again from a whole copy", sha256)
    return whole


def _measure(source: Path | bytes) -> tuple[int, str]:
    with _opened(source) as file:
        return digest(file)


def _opened(source: Path | bytes) -> File:
    return ContentFile(source) if isinstance(source, bytes) else File(source.open("rb"))
