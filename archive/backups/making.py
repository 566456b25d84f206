"""Making a backup: the database and both storages as they are at one moment, in one file."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.core.files.storage import Storage, storages
from django.db.models import Q

from archive import store
from archive.backups import database, form
from archive.models import LooseFile, RecordFile
from governance import clock

PARTIAL = ".part"
NAMED = 20  # so many damaged files are named; how many there are is told
BATCH = 500
SKIPPED = ("health/",)  # left by the check of what runs


@dataclass
class Made:
    """What went into a backup, and which archived files were missing or damaged already."""

    files: int = 0
    damaged: int = 0
    named: list[str] = field(default_factory=list)

    def blame(self, name: str) -> None:
        """Note a file that is not what it should be."""
        self.damaged += 1
        if len(self.named) < NAMED:
            self.named.append(name)


def make(target: Path) -> Made:
    """Write a backup. Raises FileExistsError where there is a file of that name; half a backup never has the name."""
    if target.exists():
        raise FileExistsError(f"{target} exists")
    partial = target.with_name(target.name + PARTIAL)
    try:
        with database.one_moment(), open(partial, "wb", opener=_private) as file:
            made = _write(file, target.parent)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return made


def _write(file: IO[bytes], folder: Path) -> Made:
    made, tables = Made(), database.tables()
    head = {"made_at": clock.now().isoformat(), "migrations": database.migrations(), "tables": tables}
    with form.Writer(file, folder) as writer:
        writer.add_json(form.HEAD, {"format": form.FORMAT, **head})
        for table, columns in tables.items():
            _add_table(writer, table, columns, folder)
        _add_archive(writer, made)
        _add_default(writer, made)
        writer.end(damaged=made.damaged)
    return made


def _add_table(writer: form.Writer, table: str, columns: list[str], folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as rows:
        database.read(table, columns, rows)
        size = rows.tell()
        rows.seek(0)
        writer.add(f"{form.TABLES}{table}", size, rows)


def _add_archive(writer: form.Writer, made: Made) -> None:
    for sha256, prefix, must in _kept():
        name = store.place(sha256, prefix)
        try:
            size = store.storage().size(name)
            with store.storage().open(name) as content:
                whole = writer.add(form.ARCHIVE + name, size, content) == sha256
        except FileNotFoundError:
            whole = not must
        else:
            made.files += 1
        if not whole:
            made.blame(name)


def _kept() -> Iterator[tuple[str, str, bool]]:
    """Answer each place once, and whether a file must lie there: one that is on its way in may not have come yet."""
    after = ("", "")
    while True:
        behind = Q(sha256__gt=after[0]) | Q(sha256=after[0], prefix__gt=after[1])
        rows = RecordFile.objects.filter(behind).order_by("sha256", "prefix").values_list("sha256", "prefix")
        notes = LooseFile.objects.filter(behind).order_by("sha256", "prefix").values_list("sha256", "prefix")
        named, noted = set(rows.distinct()[:BATCH]), set(notes.distinct()[:BATCH])
        batch = sorted(named | noted)[:BATCH]
        if not batch:
            return
        yield from ((*place, place in named) for place in batch)
        after = batch[-1]


def _add_default(writer: form.Writer, made: Made) -> None:
    kept = storages["default"]
    for name in names(kept):
        try:
            size = kept.size(name)
            with kept.open(name) as content:
                writer.add(form.DEFAULT + name, size, content)
        except FileNotFoundError:
            continue  # thrown away meanwhile
        made.files += 1


def names(kept: Storage, folder: str = "") -> Iterator[str]:
    """Answer the names of the files in a storage, one folder at a time."""
    try:
        folders, files = kept.listdir(folder)
    except FileNotFoundError:
        return
    yield from (folder + name for name in sorted(files))
    for each in sorted(folders):
        if folder + each + "/" not in SKIPPED:
            yield from names(kept, f"{folder}{each}/")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
