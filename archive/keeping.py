"""Making a record: first its manifest is stored, then the rows are written, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.models import Account
from archive import filing, manifest, store
from archive.disposing import dating
from archive.models import Record, RecordFile
from archive.searching import indexing
from governance import audit, clock
from governance.models import Authority, Unit, User


@dataclass(frozen=True)
class Prepared:
    """A record that is not yet written, whose files and manifest lie in the archive."""

    record: Record
    files: tuple[store.Stored, ...]


def prepare(
    *,
    kind: str,
    title: str,
    unit: Unit,
    authority: Authority,
    origin: str,
    made_at: datetime,
    files: list[store.Stored],
    account: Account | None = None,
    period: str = "",
    facts: dict[str, Any] | None = None,
    completeness: str = "",
    authors: str = "",
) -> Prepared:
    """Store the manifest of files that lie in the archive already; never called inside a transaction."""
    record = Record(
        kind=kind,
        title=title[:300],
        account=account,
        unit=unit,
        authority=authority,
        origin=origin,
        made_at=made_at,
        kept_at=clock.now(),
        period=period,
        facts=facts or {},
        completeness=completeness,
        authors=authors,
        document_kind=filing.kind_of(kind),
    )
    listed = store.put(manifest.item(record, files))
    record.manifest_sha256 = listed.sha256
    return Prepared(record, (*files, listed))


def write(prepared: Prepared, *, source: models.Model, text: str = "", by: User | None = None) -> Record:
    """Write the rows in the caller's transaction: what the record is made of, and the text by which it is found.

    Raises `IntegrityError` where the source already has its record.
    """
    record, files = prepared.record, prepared.files
    record.source_type, record.source_id = source._meta.label_lower, source.pk
    record.save()
    dating.refresh_one(record)
    RecordFile.objects.bulk_create(
        RecordFile(
            record=record,
            order=order,
            name=file.name,
            media_type=file.media_type,
            caption=file.caption,
            size=file.size,
            sha256=file.sha256,
            prefix=file.prefix,
        )
        for order, file in enumerate(files, start=1)
    )
    indexing.add(record, text)
    store.named(files)
    audit.record("record.keep", by=by, obj=record, data={"files": len(files), "sha256": record.manifest_sha256})
    return record


def keep(*, source: models.Model, text: str = "", **facts: Any) -> Record:
    """Make a record of files that lie in the archive, where there is nothing else to write with it."""
    prepared = prepare(**facts)
    with transaction.atomic():
        return write(prepared, source=source, text=text)
