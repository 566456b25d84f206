"""The chain of seals over the records: appended after the fact, under one lock, and verified from its beginning."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from archive.models import Record, RecordFile, RecordSeal
from governance import clock

SEAL_LOCK = 0x75707074  # one sealing at a time, whichever worker runs it
BATCH = 500
FIRST = "0" * 64
# What the rows of a record say for ever. Named one by one: a column that is added later is no part of earlier seals.
COLUMNS = (
    "identifier",
    "kind",
    "title",
    "account_id",
    "unit_id",
    "authority_id",
    "origin",
    "made_at",
    "kept_at",
    "period",
    "source_type",
    "source_id",
    "facts",
    "manifest_sha256",
    "completeness",
    "sort_key",
)
FILE_COLUMNS = ("name", "media_type", "size", "sha256", "caption", "order")


def seal() -> int:
    """Append a seal for every record that has none, in order; answer how many. Safe to run twice at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        last = RecordSeal.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, FIRST)
        seals = []
        for record in _unsealed().order_by("pk").prefetch_related("files")[:BATCH]:
            number += 1
            made = RecordSeal(
                number=number,
                identifier=record.identifier,
                manifest_sha256=record.manifest_sha256,
                rows_sha256=rows_sha256(record, record.files.all()),
                previous=previous,
                sealed_at=clock.now(),
            )
            made.hash = previous = link(made)
            seals.append(made)
        RecordSeal.objects.bulk_create(seals)
    return len(seals)


def unsealed_since() -> datetime | None:
    """Answer when the oldest record was kept that has no seal yet; None where all are sealed."""
    return _unsealed().aggregate(since=models.Min("kept_at"))["since"]


def rows_sha256(record: Record, files: Iterable[RecordFile]) -> str:
    """Answer the hash over what the rows of a record say: its own columns and those of each of its files."""
    listed = sorted(files, key=lambda file: (file.order, file.name))
    said = {
        "record": {name: getattr(record, name) for name in COLUMNS},
        "files": [{name: getattr(file, name) for name in FILE_COLUMNS} for file in listed],
    }
    return _digest(said)


def link(made: RecordSeal) -> str:
    """Answer the hash that a seal must have."""
    said = {
        "number": made.number,
        "identifier": str(made.identifier),
        "manifest": made.manifest_sha256,
        "rows": made.rows_sha256,
        "previous": made.previous,
        "at": made.sealed_at.astimezone(UTC).isoformat(),
    }
    return _digest(said)


def batches(after: int = 0) -> Iterator[list[RecordSeal]]:
    """Answer the chain from behind a number, a batch at a time."""
    while batch := list(RecordSeal.objects.filter(number__gt=after).order_by("number")[:BATCH]):
        yield batch
        after = batch[-1].number


def head() -> tuple[int, str]:
    """Answer the chain's end: its number and its hash."""
    last = RecordSeal.objects.order_by("-number").first()
    return (last.number, last.hash) if last else (0, "")


def _unsealed() -> models.QuerySet[Record]:
    return Record.objects.filter(~models.Exists(RecordSeal.objects.filter(identifier=models.OuterRef("identifier"))))


def _digest(said: dict[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=_Exact)
    return hashlib.sha256(text.encode()).hexdigest()


class _Exact(DjangoJSONEncoder):
    """As Django's, but with every microsecond: Django's cuts a moment to milliseconds."""

    def default(self, o: Any) -> Any:
        return o.astimezone(UTC).isoformat() if isinstance(o, datetime) else super().default(o)
