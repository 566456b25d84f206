"""Restoring a backup, into an installation that is empty and of the same version, whole or not at all."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import storages

from accounts.models import Account
from archive import store
from archive.backups import database, form
from archive.backups.making import names
from archive.models import ArchiveCheck, FileLock, Record
from archive.storage import INCOMING, Keeping
from archive.trust import verifying
from governance.models import AuditEvent, User


class NotEmpty(Exception):
    """There is something here already; the message says what."""


class OtherVersion(Exception):
    """The backup was made by another version of the application; the message says how they differ."""


def restore(path: Path) -> ArchiveCheck:
    """Check a backup, restore it, and check the archive that came of it; answer that check.

    Raises `BackupBroken`, `NotEmpty` or `OtherVersion`, and then nothing was restored. Where it breaks off later, the
    database is as it was, and the files that had come are named by nothing: both storages are emptied before a new try.
    """
    head = form.checked(path)
    _refuse_other_version(head)
    _refuse_unless_empty()
    with database.emptied(sorted(head["tables"])):
        for name, _size, content in form.members(path):
            _restore_member(name, content, head["tables"])
        # What another storage has locked is not locked in this one.
        FileLock.objects.all().delete()
    cache.clear()
    return verifying.whole()


def _restore_member(name: str, content: IO[bytes], tables: dict[str, list[str]]) -> None:
    for prefix, put in PLACES.items():
        if name.startswith(prefix):
            put(name.removeprefix(prefix), content, tables)


def _table(name: str, content: IO[bytes], tables: dict[str, list[str]]) -> None:
    database.write(name, tables[name], content)


def _archived(name: str, content: IO[bytes], _tables: dict[str, list[str]]) -> None:
    store.storage().save(name, File(content))


def _default(name: str, content: IO[bytes], _tables: dict[str, list[str]]) -> None:
    storages["default"].save(name, File(content))


PLACES: dict[str, Callable[[str, IO[bytes], dict[str, list[str]]], None]] = {
    form.TABLES: _table,
    form.ARCHIVE: _archived,
    form.DEFAULT: _default,
}


def _refuse_other_version(head: dict[str, Any]) -> None:
    theirs, ours = head["migrations"], database.migrations()
    if theirs != ours:
        apart = [each for each in [*theirs, *ours] if (each in theirs) != (each in ours)]
        told = ", ".join(f"{app}.{name}" for app, name in apart[:10])
        raise OtherVersion(
            f"the tables are made otherwise than in the backup; run migrate of the same version first: {told}"
        )
    if head["tables"] != database.tables():
        raise OtherVersion("the tables have other columns than in the backup")


def _refuse_unless_empty() -> None:
    for model in (User, Account, Record, AuditEvent):
        if model._default_manager.exists():
            raise NotEmpty(f"the database holds {model._meta.db_table}")
    kept = store.storage()
    lying = kept.walk() if isinstance(kept, Keeping) else names(kept)
    ours = (name for name in lying if not name.startswith(f"{INCOMING}/"))
    found = next(chain(ours, names(storages["default"])), None)
    if found is not None:
        raise NotEmpty("there are files in the storages already")
