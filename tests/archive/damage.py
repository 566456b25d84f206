"""Ways to damage an archive behind the application's back: its folder, and its tables with their triggers at rest."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, models

from archive import store
from archive.models import ArchiveCheck, ArchiveProblem, Discard, Record, RecordFile, RecordSeal
from archive.trust import seals
from tests.archive.factories import SnapshotFactory, kept

# Every column that says what was kept; the number of a row itself says nothing.
COLUMNS: list[tuple[type[models.Model], str]] = [
    *((Record, name) for name in seals.COLUMNS),
    *((RecordFile, name) for name in (*seals.FILE_COLUMNS, "prefix", "record_id")),
    *((RecordSeal, field.attname) for field in RecordSeal._meta.concrete_fields if field.attname != "id"),
]
SHAPES = ["{sha}", "aa/bb/{sha}", "{a}/{b}/{sha}", "sekretess/x/{a}/{b}/{sha}", "thumbs.db", "incoming/x.exe", "å ä\n"]


@dataclass(frozen=True)
class Damage:
    """What was done, and a word that must stand among what is named."""

    named: str
    undo: Callable[[], None] = lambda: None


def folder() -> Path:
    """Answer where the test's archive lies."""
    return Path(store.storage().path(""))


def rewritten(file: RecordFile, change: Callable[[bytes], bytes]) -> Damage:
    """Write something else where a file lies."""
    path = folder() / store.place(file.sha256, file.prefix)
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(change(whole))

    def undo() -> None:
        path.unlink()
        path.write_bytes(whole)

    return Damage(file.name, undo)


def removed(file: RecordFile) -> Damage:
    """Take a file away."""
    path = folder() / store.place(file.sha256, file.prefix)
    whole = path.read_bytes()
    path.unlink()
    return Damage(file.name, lambda: path.write_bytes(whole) and None)


def added(shape: str, sha256: str) -> Damage:
    """Lay a file of nobody's into the storage."""
    name = shape.format(sha=sha256, a=sha256[:2], b=sha256[2:4])
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return Damage(name, path.unlink)


def changed(model: type[models.Model], column: str, pk: int) -> None:
    """Change one column of one row."""
    row = model._default_manager.get(pk=pk)
    _behind(f"update {model._meta.db_table} set {_quoted(column)} = %s where id = %s", _other(row, column), pk)


def deleted(model: type[models.Model], pk: int) -> None:
    """Take one row away."""
    _behind(f"delete from {model._meta.db_table} where id = %s", pk)


def _other(row: models.Model, column: str) -> Any:
    value = getattr(row, column)
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, dict):
        return '{"changed": 1}'
    if isinstance(value, int):
        return value + 1000
    longest = row._meta.get_field(column).max_length or 100
    return ("x" + (value or ""))[:longest] if value != "x" else "y"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _behind(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("set local session_replication_role = origin")


def sealed_archive() -> list[Record]:
    """Keep three records and seal them, one of them with its files apart."""
    records = [kept(SnapshotFactory(done=True)) for _time in range(3)]
    for file in records[2].files.all():
        store.move(file, store.apart(records[2]))
    for order in Discard.objects.all():
        store.discard(order)
    seals.seal()
    return records


def named() -> list[str]:
    """Answer what the latest check named: the record, and the words."""
    check = ArchiveCheck.objects.order_by("-pk").first()
    found = ArchiveProblem.objects.filter(check_made=check)
    return [f"{each.identifier or ''} {each.code} {each.name}" for each in found]


def run(*options: str) -> tuple[int, str]:
    """Answer how the command ended, and what it said."""
    said = StringIO()
    try:
        call_command("verify_archive", *options, stdout=said)
    except SystemExit as ended:
        return int(ended.code), said.getvalue()
    return 0, said.getvalue()
