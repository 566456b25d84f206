"""The protocol of a disposal (gallringsprotokoll): what went, under which decision, by whom, and that it is gone."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive import keeping, store
from archive.models import Discard, Disposal, DisposalRow, DisposedRecord, Record
from governance import clock, disposing, pdf

TEMPLATE = "archive/disposal/pdf_protocol.html"
PDF_NAME, JSON_NAME = "gallringsprotokoll.pdf", "gallringsprotokoll.json"
FORMAT = "uppsikt-disposal-1"
# So many records stand on the paper; all of them stand in the JSON beside it.
ON_PAPER = 500
CHUNK = 500


def keep(disposal: Disposal) -> Record | None:
    """Make the protocol's record of a disposal whose files are all gone, once; None where nothing was disposed of.

    Raises `PdfUnavailable` where the system cannot make a PDF.
    """
    found = of(disposal)
    if found is not None or not disposed(disposal).exists():
        return found
    with override(settings.LANGUAGE_CODE):
        said = summary(disposal)
        title = _("Gallringsprotokoll %(number)s") % {"number": disposal.pk}
        files = store.put_all([_paper(disposal, said, title), _data(disposal, said)])
    try:
        return keeping.keep(
            source=disposal,
            kind=Record.Kind.PROTOCOL,
            title=title,
            unit=disposal.unit,
            authority=disposal.authority,
            origin=Record.Origin.DRAWN_UP,
            made_at=clock.now(),
            facts={"disposal": said},
            files=files,
            text=f"{title} {said['decision']} {said['kind']}",
        )
    except IntegrityError:  # the other worker was first
        return of(disposal)


def of(disposal: Disposal) -> Record | None:
    """Answer the protocol that was made of a disposal."""
    source = {"source_type": Disposal._meta.label_lower, "source_id": disposal.pk}
    return Record.objects.filter(kind=Record.Kind.PROTOCOL, **source).first()


def disposed(disposal: Disposal) -> QuerySet[DisposalRow]:
    """Answer the rows of a disposal that went."""
    return disposal.rows.filter(outcome=DisposalRow.Outcome.DISPOSED)


def summary(disposal: Disposal) -> dict[str, Any]:
    """Answer what the protocol says of the disposal as a whole, as JSON holds it."""
    said = {
        "format": FORMAT,
        "number": disposal.pk,
        "origin": disposal.origin,
        "authority": str(disposal.authority),
        "unit": str(disposal.unit),
        "kind": str(disposal.kind or ""),
        "decision": str(disposal.decision or ""),
        "covers": disposal.decision.covers if disposal.decision else "",
        "note": disposal.note,
        "proposed_by": _person(disposal.proposed_by),
        "proposed_at": disposal.proposed_at,
        "approved_by": _person(disposal.approved_by),
        "approved_at": disposal.approved_at,
        "started_at": disposal.started_at,
        "checked_at": clock.now(),
        "outcomes": _outcomes(disposal),
        "files": _files(disposal),
        "emptied": _emptied(disposal),
    }
    return json.loads(json.dumps(said, cls=DjangoJSONEncoder))


def rows(disposal: Disposal) -> Iterator[dict[str, Any]]:
    """Answer every record that went, with the hashes and sizes of its files, in order."""
    numbers = disposed(disposal).values("identifier")
    found = DisposedRecord.objects.filter(identifier__in=numbers).order_by("number", "pk")
    for row in found.iterator(chunk_size=CHUNK):
        yield {
            "identifier": str(row.identifier),
            "number": row.number,
            "kind": row.kind,
            "made_at": row.made_at.isoformat(),
            "kept_at": row.kept_at.isoformat(),
            "disposed_at": row.disposed_at.isoformat(),
            "manifest_sha256": row.manifest_sha256,
            "files": row.files,
        }


def _paper(disposal: Disposal, said: dict[str, Any], title: str) -> store.Item:
    found = DisposedRecord.objects.filter(identifier__in=disposed(disposal).values("identifier"))
    shown = list(found.order_by("number", "pk")[:ON_PAPER])
    context = {
        "disposal": disposal,
        "said": said,
        "rows": shown,
        "total": found.count(),
        "left": _stayed(disposal),
        "emptied": [(disposing.holders().get(name, name), count) for name, count in said["emptied"].items()],
    }
    return store.Item(PDF_NAME, "application/pdf", "Gallringsprotokollet", pdf.render(TEMPLATE, context, title=title))


def _stayed(disposal: Disposal) -> list[DisposalRow]:
    """Answer the rows that stayed, as the paper names them: of a marked record nothing that a person wrote."""
    outcome = DisposalRow.Outcome
    stayed = disposal.rows.exclude(outcome=outcome.DISPOSED).select_related("record").order_by("number")
    rows = list(stayed[:ON_PAPER])
    for row in rows:
        if row.outcome == outcome.EXEMPTED and row.record and row.record.secret:
            row.reason = ""
    return rows


def _data(disposal: Disposal, said: dict[str, Any]) -> store.Item:
    whole = {**said, "records": list(rows(disposal))}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, indent=1)
    return store.Item(JSON_NAME, "application/json", "Protokollet som data, med alla kontrollsummor", text.encode())


def _outcomes(disposal: Disposal) -> dict[str, int]:
    return dict(sorted(Counter(disposal.rows.values_list("outcome", flat=True)).items()))


def _files(disposal: Disposal) -> dict[str, int]:
    """Answer how many contents were taken out and looked for, and how many a record that remains has as well."""
    counted: Counter[str] = Counter()
    for orders, leftovers in disposed(disposal).values_list("discards", "leftovers").iterator(chunk_size=CHUNK):
        kept = Discard.objects.filter(pk__in=orders).exclude(kept_because="").count()
        counted["gone"] += len(orders) - kept + len(leftovers)
        counted["shared"] += kept
    return {"gone": counted["gone"], "shared": counted["shared"]}


def _emptied(disposal: Disposal) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for emptied in disposed(disposal).values_list("emptied", flat=True).iterator(chunk_size=CHUNK):
        counted.update(emptied)
    return dict(sorted(counted.items()))


def _person(user: Any) -> str:
    return str(user) if user else ""
