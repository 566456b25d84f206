"""One record's page, made ready for its reader: what it is, how whole it is, its pictures, text, files and history."""

from typing import Any

from django.template.loader import render_to_string

from archive import presenting, record_page, secrecy
from archive.browsing import viewing
from archive.models import Record, RecordFile, Snapshot
from archive.papers import paper
from governance import access
from governance.models import User
from governance.panels import Panel
from governance.protected import Mask
from governance.request import Request

SNAPSHOTS = ("archive.snapshot",)
COMPLETENESS_COLORS: dict[str, str] = {Record.Completeness.COMPLETE: "success", Record.Completeness.REMARKS: "warning"}
PAGES_SHOWN = 24


def context(request: Request, record: Record) -> dict[str, Any]:
    """Answer what a record's page shows this reader; of a closed one only that it is there, and the way to more."""
    user, is_open = request.user, secrecy.is_open(request.user, record)
    parts, aside = record_page.parts_of(user, record, is_open=is_open)
    about = {
        "record": record,
        "title": record.title if is_open else str(secrecy.WITHHELD),
        "is_open": is_open,
        "wide_parts": _drawn(request, record, parts),
        "narrow_parts": _drawn(request, record, aside),
    }
    return about | _inside(user, record, request.GET.get(viewing.QUESTION, "")) if is_open else about


def remarks(record: Record) -> list[str]:
    """Answer what is not whole about a captured page, in words; what was uploaded says it in its own part."""
    return [] if "uploaded" in record.facts else paper.remarks(record.facts, record.facts.get("remarks", ()))


def _inside(user: User, record: Record, question: str) -> dict[str, Any]:
    files = list(record.files.all())
    pictures = viewing.row(record, question)
    return {
        "files": files,
        "pictures": pictures[:PAGES_SHOWN],
        "picture_count": len(pictures),
        "pictures_url": viewing.url_of(record, q=question),
        "question": question,
        "text": presenting.text_of(files),
        "document": _document(files),
        "facts": presenting.facts(record),
        "remarks": remarks(record),
        "accepted": _accepted(record),
        "completeness_color": COMPLETENESS_COLORS.get(record.completeness, ""),
        "snapshot": _snapshot(record),
        "may_see_account": record.account is not None and access.can(user, "see_account", record.account),
        "may_download": access.can(user, "download_record", record),
        "events": presenting.history(record, user),
    }


def _document(files: list[RecordFile]) -> RecordFile | None:
    return next((file for file in files if file.media_type == "application/pdf" and not file.is_foreign), None)


def _accepted(record: Record) -> dict[str, Any] | None:
    said = record.facts.get("accepted")
    return {**said, "by": Mask()(said["by"]), "at": paper.moment(said["at"])} if said else None


def _snapshot(record: Record) -> Snapshot | None:
    if record.source_type not in SNAPSHOTS:
        return None
    return Snapshot.objects.filter(pk=record.source_id).first()


def _drawn(request: Request, record: Record, parts: list[Panel]) -> list[str]:
    return [render_to_string(part.template, {"record": record, **part.context}, request) for part in parts]
