"""The archive's files, each under the SHA-256 of its content, through Django's storages (a folder, or S3).

A file is stored before the row that names it is committed; what is there already is not written again.
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

from archive.models import RecordFile
from archive.storage import FolderStorage

log = logging.getLogger(__name__)

CHUNK = 256 * 1024


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

    def as_json(self) -> dict[str, Any]:
        """Answer it as a manifest and a cover page name it."""
        return {"name": self.name, "media_type": self.media_type, "size": self.size, "sha256": self.sha256}


def storage() -> Storage:
    """Answer where the archive's files lie."""
    return storages["archive"]


def place(sha256: str) -> str:
    """Answer the name of a content in the storage: two levels of folders, so that none grows large."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(item: Item) -> Stored:
    """Store one content, whole, and answer what to write of it in a row."""
    size, sha256 = _measure(item.source)
    name = place(sha256)
    if not _is_there(name, sha256):
        with _opened(item.source) as file:
            storage().save(name, file)
    return Stored(item.name, item.media_type, item.caption, size, sha256)


def put_all(items: Iterable[Item]) -> list[Stored]:
    """Store several, in order."""
    return [put(item) for item in items]


def describe(item: Item) -> Stored:
    """Answer what a row would say of it, without storing it: a cover page names hashes before there is a record."""
    size, sha256 = _measure(item.source)
    return Stored(item.name, item.media_type, item.caption, size, sha256)


def read(file: RecordFile) -> IO[bytes]:
    """Open a record's file. Raises FileNotFoundError where it is missing from the storage."""
    return storage().open(place(file.sha256))


def text(file: RecordFile, limit: int) -> str:
    """Answer the beginning of a text file; empty where it is missing."""
    try:
        with read(file) as content:
            return content.read(limit).decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def forget_incoming() -> int:
    """Remove what a process that died left half written, where the storage is a folder; answer how many files."""
    folder = storage()
    return folder.forget_incoming() if isinstance(folder, FolderStorage) else 0


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
