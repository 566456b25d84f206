"""What the archive's pages show, made ready: no page asks for it row by row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Account
from archive import secrecy, store, texts
from archive.capture.reasons import ENDINGS
from archive.models import LooseFile, Record, RecordFile, Snapshot
from archive.models.record import THUMBNAIL
from archive.snapshots import queueing, runs
from governance import access, audit, clock
from governance.models import AuditEvent, PolicyVersion, User
from governance.policy.keeping import LargerChange
from governance.protected import Mask

COLORS = {
    Snapshot.Status.ORDERED: "neutral",
    Snapshot.Status.RUNNING: "info",
    Snapshot.Status.ATTENTION: "warning",
    Snapshot.Status.DONE: "success",
    Snapshot.Status.FAILED: "danger",
    Snapshot.Status.CANCELLED: "warning",
    Snapshot.Status.NOT_NEEDED: "neutral",
}
# More of a page's text than this is read in the file.
TEXT_SHOWN = 100_000
HISTORY_SHOWN = 30
PREVIEWS_SHOWN = 12
EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class SnapshotRow:
    """A snapshot as a list shows it; `closed` is what a secrecy marking hides from this reader."""

    snapshot: Snapshot
    color: str
    why: str
    record: Record | None
    may_order: bool
    may_accept: bool = False
    closed: bool = False
    queue: str = ""

    @property
    def may_retry(self) -> bool:
        """Answer whether the reader may have it tried again."""
        return self.may_order and self.snapshot.status in (Snapshot.Status.FAILED, Snapshot.Status.CANCELLED)

    @property
    def may_judge(self) -> bool:
        """Answer whether the reader may decide what becomes of a page that somebody must look at."""
        return self.snapshot.status == Snapshot.Status.ATTENTION and (self.may_order or self.may_accept)

    @property
    def may_upload(self) -> bool:
        """Answer whether the reader may upload something in its place."""
        return self.may_order and not (self.snapshot.has_ended or self.snapshot.status == Snapshot.Status.RUNNING)

    @property
    def remarks(self) -> list[str]:
        """Answer what the completeness gate found, in words."""
        return texts.remarks(self.snapshot.remarks)


@dataclass(frozen=True)
class Picture:
    """One picture of a page, with its size, so that the browser keeps its place."""

    file: RecordFile
    width: int
    height: int


def snapshots(found: list[Snapshot], user: User) -> list[SnapshotRow]:
    """Answer rows with their records, what the reader may do and where they stand in the queue, in few queries."""
    rows = Snapshot.objects.filter(pk__in=[snapshot.pk for snapshot in found])
    may_order, may_accept = (_may(user, rows, act) for act in ("order_snapshot", "accept_snapshot"))
    kept = Record.objects.filter(source_type="archive.snapshot", source_id__in=rows.order_by().values("pk"))
    records = {record.source_id: record for record in access.visible(user, kept, "see_record")}
    closed = _closed(user, kept)
    now = clock.now()
    line = queueing.line(now) if any(snapshot.is_unfinished for snapshot in found) else None
    return [
        SnapshotRow(
            snapshot=s,
            color=COLORS[Snapshot.Status(s.status)],
            why=why(s),
            record=records.get(s.pk),
            may_order=s.pk in may_order,
            may_accept=s.pk in may_accept,
            closed=s.pk in closed,
            queue=place_of(s, line, now) if line else "",
        )
        for s in found
    ]


def place_of(snapshot: Snapshot, line: queueing.Line, now: datetime) -> str:
    """Answer where a snapshot stands in the queue and when it will be done, as far as that is known."""
    if not snapshot.is_unfinished:
        return ""
    left, said = line.left(snapshot, now), []
    if snapshot.status == Snapshot.Status.ORDERED:
        place = line.places.get(snapshot.pk)
        words = {"number": place.number if place else 0, "total": line.waiting, "many": len(line.places)}
        in_sight, beyond = _("Plats %(number)s av %(total)s i kön."), _("Fler än %(many)s före i kön.")
        # An order that has just been taken is in no place, and nobody is before it.
        if place or line.waiting > len(line.places):
            said.append((in_sight if place else beyond) % words)
    if left is not None:
        said.append(_("Klar om %(time)s.") % {"time": texts.lasting(left)})
    return " ".join(said)


def _may(user: User, rows: models.QuerySet[Snapshot], act: str) -> set[int]:
    return set(access.visible(user, rows, act).order_by().values_list("pk", flat=True))


def _closed(user: User, kept: models.QuerySet[Record]) -> set[int]:
    """Answer the snapshots whose record is closed to this reader."""
    closed = kept.order_by().exclude(secrecy.open_to(user))
    return set(closed.values_list("source_id", flat=True))


def previews(snapshot: Snapshot) -> list[LooseFile]:
    """Answer the pictures of what waits for a decision, from the top down, as far as a page shows them."""
    pictures = snapshot.loose_files.filter(media_type="image/jpeg").exclude(name=THUMBNAIL)
    return list(pictures.order_by("order", "pk")[:PREVIEWS_SHOWN])


def larger_change(account: Account) -> LargerChange | None:
    """Answer what the policy says of snapshots at larger changes, for this account; None where it is silent."""
    version = PolicyVersion.objects.current()
    return version.policy.rule("snapshot", account.scope).on_larger_change if version else None


def why(snapshot: Snapshot) -> str:
    """Answer why it failed, why it waits to be tried again, or what to look at; empty where nothing has gone wrong."""
    if snapshot.status == Snapshot.Status.ATTENTION:
        return " ".join(texts.remarks(snapshot.remarks))
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
    if record.kind in (Record.Kind.SNAPSHOT, Record.Kind.ITEM):
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
        said = known["uploaded"]
        return {**known, "uploaded": {**said, "by": Mask()(said["by"]), "at": _moment(said["taken_at"])}}
    return {
        **known,
        "ending": str(ENDINGS.get(known["ended_by"], known["ended_by"])),
        "whole": known["ended_by"] == "end",
        "started": _moment(known["started_at"]),
        "finished": _moment(known["finished_at"]),
    }


def history(obj: models.Model, reader: User | None = None) -> list[tuple[AuditEvent, str]]:
    """Answer what happened to an object, the latest first, each as a sentence; what is closed to the reader hidden."""
    events = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("-pk")
    return audit.with_sentences(list(events[:HISTORY_SHOWN]), reader)


def _moment(text: str) -> datetime | str:
    return parse_datetime(text) or text
