"""What the archive's pages show, made ready: no page asks for it row by row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from archive import runs, store, texts
from archive.capture.reasons import ENDINGS
from archive.models import Record, RecordFile, Snapshot
from governance import access, audit
from governance.models import AuditEvent, User
from governance.protected import Mask

COLORS = {
    Snapshot.Status.ORDERED: "neutral",
    Snapshot.Status.RUNNING: "info",
    Snapshot.Status.DONE: "success",
    Snapshot.Status.FAILED: "danger",
    Snapshot.Status.CANCELLED: "warning",
}
# More of a page's text than this is read in the file.
TEXT_SHOWN = 100_000
HISTORY_SHOWN = 30
EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class SnapshotRow:
    """A snapshot as a list shows it."""

    snapshot: Snapshot
    color: str
    why: str
    record: Record | None
    may_order: bool

    @property
    def may_retry(self) -> bool:
        """Answer whether the reader may have it tried again."""
        return self.may_order and self.snapshot.status in (Snapshot.Status.FAILED, Snapshot.Status.CANCELLED)


@dataclass(frozen=True)
class Picture:
    """One picture of a page, with its size, so that the browser keeps its place."""

    file: RecordFile
    width: int
    height: int


def snapshots(found: list[Snapshot], user: User) -> list[SnapshotRow]:
    """Answer rows with their records and what the reader may do, in two queries for all."""
    rows = Snapshot.objects.filter(pk__in=[snapshot.pk for snapshot in found])
    may_order = set(access.visible(user, rows, "order_snapshot").values_list("pk", flat=True))
    done = [snapshot.pk for snapshot in found if snapshot.status == Snapshot.Status.DONE]
    kept = Record.objects.filter(kind=Record.Kind.SNAPSHOT, source_type="archive.snapshot", source_id__in=done)
    records = {record.source_id: record for record in access.visible(user, kept, "see_record")}
    return [
        SnapshotRow(s, COLORS[Snapshot.Status(s.status)], why(s), records.get(s.pk), s.pk in may_order) for s in found
    ]


def why(snapshot: Snapshot) -> str:
    """Answer why it failed, or why it waits to be tried again; empty where nothing has gone wrong."""
    if not snapshot.failure_code:
        return ""
    reason = texts.reason(snapshot.failure_code)
    if snapshot.status != Snapshot.Status.ORDERED:
        return reason
    words = {"number": snapshot.attempts, "limit": runs.MAX_ATTEMPTS, "why": reason}
    return _("Försök %(number)s av %(limit)s gick inte. %(why)s Ett nytt försök görs.") % words


def pictures(record: Record, files: Iterable[RecordFile]) -> list[Picture]:
    """Answer the page's pictures from the top down."""
    sizes = record.facts.get("pictures", {})
    return [Picture(file, *sizes.get(file.name, (None, None))) for file in files if file.is_picture]


def text_of(files: Iterable[RecordFile]) -> str:
    """Answer the visible text of the page, as far as it is shown."""
    file = next((file for file in files if file.media_type == "text/plain"), None)
    return EMPTY_LINES.sub("\n", store.text(file, TEXT_SHOWN)) if file else ""


def facts(record: Record) -> dict[str, Any]:
    """Answer what is known of a record, its times as moments; nobody whose identity is protected by now by name."""
    if record.kind == Record.Kind.SNAPSHOT:
        known = capture_facts(record.facts)
        return {**known, "requested_by": Mask()(known["requested_by"])} if known.get("requested_by") else known
    mask = Mask()
    found = record.facts.get("signatures", [])
    signed = [{**each, "name": mask(each["name"]), "at": _moment(each["signed_at"])} for each in found]
    return {**record.facts, "signatures": signed}


def capture_facts(known: dict[str, Any]) -> dict[str, Any]:
    """Answer the facts of a capture with times as moments and its end in words; empty where there was none.

    Of what was uploaded: who took it, when and how.
    """
    if not known:
        return {}
    if "uploaded" in known:
        return {**known, "uploaded": {**known["uploaded"], "at": _moment(known["uploaded"]["taken_at"])}}
    return {
        **known,
        "ending": str(ENDINGS.get(known["ended_by"], known["ended_by"])),
        "whole": known["ended_by"] == "end",
        "started": _moment(known["started_at"]),
        "finished": _moment(known["finished_at"]),
    }


def history(obj: models.Model) -> list[tuple[AuditEvent, str]]:
    """Answer what happened to an object, the latest first, each as a sentence."""
    events = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("-pk")
    return audit.with_sentences(list(events[:HISTORY_SHOWN]))


def _moment(text: str) -> datetime | str:
    return parse_datetime(text) or text
