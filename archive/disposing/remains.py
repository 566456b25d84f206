"""What remains of a record that was disposed of, as rows and as lines of JSON that a restored archive is told."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from archive.models import Disposal, DisposalRow, DisposedRecord, Record, RecordFile
from governance import audit, clock
from governance.models import Unit

FORMAT = "uppsikt-disposed-1"
TEXTS = (
    "number",
    "kind",
    "unit_label",
    "authority_label",
    "document_kind_label",
    "decision_label",
    "manifest_sha256",
    "files",
    "source_type",
    "source_id",
)
TIMES = ("made_at", "kept_at", "disposed_at")
CHUNK = 500


def is_disposed(kind: str, source: models.Model) -> bool:
    """Answer whether there was a record of this that was disposed of: another is not made."""
    same = {"kind": kind, "source_type": source._meta.label_lower, "source_id": source.pk}
    return DisposedRecord.objects.filter(**same).exists()


def write(disposal: Disposal, record: Record, files: list[RecordFile], at: datetime) -> DisposedRecord:
    """Write what remains of a record, in the transaction in which it goes."""
    return DisposedRecord.objects.create(
        identifier=record.identifier,
        number=record.pk,
        kind=record.kind,
        unit=record.unit,
        unit_label=str(record.unit)[:200],
        authority_label=str(record.authority)[:200],
        made_at=record.made_at,
        kept_at=record.kept_at,
        document_kind_label=str(record.document_kind or "")[:200],
        decision_label=str(disposal.decision or "")[:400],
        manifest_sha256=record.manifest_sha256,
        files=[{"sha256": file.sha256, "size": file.size, "media_type": file.media_type} for file in files],
        source_type=record.source_type,
        source_id=record.source_id,
        disposed_at=at,
        disposal=disposal,
    )


def lines(since: datetime | None = None) -> Iterator[str]:
    """Answer a line of JSON for each record disposed of since a moment, the oldest first, in constant memory."""
    rows = DisposedRecord.objects.order_by("disposed_at", "pk")
    for row in (rows.filter(disposed_at__gte=since) if since else rows).iterator(chunk_size=CHUNK):
        said = {name: getattr(row, name) for name in TEXTS}
        times = {name: getattr(row, name).isoformat() for name in TIMES}
        known = {"identifier": row.identifier, "unit": row.unit_id, "disposal": row.disposal_id}
        line = {"format": FORMAT, **known, **said, **times}
        yield json.dumps(line, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)


def apply(said: Iterable[str]) -> Disposal | None:
    """Tell a restored archive what had been disposed of: what came back is listed, to be carried out at once.

    Answers the disposal that does it; None where the archive knew everything already. Safe to run again.
    Raises `ValueError` for a line that is not one of these.
    """
    with transaction.atomic():
        told = [line for line in map(_read, filter(str.strip, said)) if _is_news(line["identifier"])]
        return _listed(told) if told else None


def labels(numbers: Collection[int]) -> dict[int, str]:
    """Answer what the log shows instead of the titles of records that were disposed of."""
    gone = DisposedRecord.objects.filter(number__in=numbers).order_by().values_list("number", flat=True)
    return {number: _("Handling %(number)s, gallrad") % {"number": number} for number in gone}


def _listed(told: list[dict[str, Any]]) -> Disposal:
    root, now = Unit.objects.root(), clock.now()
    disposal = Disposal.objects.create(
        origin=Disposal.Origin.RESTORE,
        status=Disposal.Status.RUNNING,
        unit=root,
        authority=root.authority,
        proposed_at=now,
        started_at=now,
    )
    back = {
        record.identifier: record for record in Record.objects.filter(identifier__in=[t["identifier"] for t in told])
    }
    for line in told:
        _remember(line, disposal, root)
    DisposalRow.objects.filter(identifier__in=back, outcome="").update(
        outcome=DisposalRow.Outcome.LET_GO, done_at=now, reason=_("Gallrad före återställningen")
    )
    DisposalRow.objects.bulk_create(
        DisposalRow(disposal=disposal, record=record, identifier=identifier, number=record.pk)
        for identifier, record in back.items()
    )
    audit.record("disposal.reapply", by=None, obj=disposal, data={"told": len(told), "count": len(back)})
    return disposal


def _remember(line: dict[str, Any], disposal: Disposal, root: Unit) -> None:
    unit = Unit.objects.filter(pk=line["unit"]).first() or root
    said = {name: line[name] for name in (*TEXTS, *TIMES)}
    DisposedRecord.objects.create(identifier=line["identifier"], unit=unit, disposal=disposal, **said)


def _is_news(identifier: UUID) -> bool:
    return not DisposedRecord.objects.filter(identifier=identifier).exists()


def _read(text: str) -> dict[str, Any]:
    line = json.loads(text)
    if not isinstance(line, dict) or line.get("format") != FORMAT:
        raise ValueError(f"not a line of {FORMAT}")
    if missing := [name for name in (*TEXTS, *TIMES, "identifier", "unit") if name not in line]:
        raise ValueError(f"the line lacks {', '.join(missing)}")
    times = {name: parse_datetime(line[name]) for name in TIMES}
    return {**line, **times, "identifier": UUID(line["identifier"])}
