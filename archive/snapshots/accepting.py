"""A captured page that the completeness gate questioned, accepted by somebody: the record is made of what waited."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive import keeping, loose, store, texts
from archive.capture.results import Capture, CapturedFile, Facts, Verdict
from archive.models import Record, Snapshot
from archive.models.record import THUMBNAIL
from archive.snapshots import making
from governance import access, clock
from governance.models import User
from governance.pdf import PdfUnavailable
from governance.workflow import Refused, perform


def accept(snapshot: Snapshot, *, by: User, reason: str) -> Record:
    """Make the record of what was captured, with the remarks and who accepted them; answer it.

    The PDF and the manifest are stored before the rows are committed. Raises `PermissionDenied`, or `Refused` where
    nothing waits for a decision any more, or the system cannot make a PDF.
    """
    if not access.can(by, "accept_snapshot", snapshot):
        raise access.PermissionDenied
    files = loose.held(snapshot)
    if snapshot.status != Snapshot.Status.ATTENTION or not files:
        raise Refused(_("Det finns ingenting att godta längre."))
    accepted = {
        "by": by.name,
        "at": clock.now().isoformat(),
        "reason": texts.storable(reason),
        "remarks": snapshot.remarks,
    }
    described = making.described(snapshot, snapshot.facts)
    described["facts"] = {**described["facts"], "accepted": accepted}
    document, text = _on_paper(snapshot, files, accepted)
    prepared = keeping.prepare(**described, completeness=Record.Completeness.REMARKS, files=[document, *files])
    with transaction.atomic():
        perform(snapshot, "accept", by=by, reason=reason)
        if not loose.are_held(files, snapshot):
            raise Refused(_("Bilden har tagits om under tiden. Se den nya innan du godtar den."))
        return keeping.write(prepared, source=snapshot, text=text, by=by)


def _on_paper(snapshot: Snapshot, files: list[store.Stored], accepted: Mapping[str, Any]) -> tuple[store.Stored, str]:
    """Store the PDF that says who accepted it, and answer it with the page's text."""
    with TemporaryDirectory(prefix="uppsikt-accept-") as scratch:
        shot = _capture(snapshot, files, Path(scratch))
        try:
            document = making.document(snapshot, shot, files, accepted)
        except PdfUnavailable as error:
            raise Refused(texts.reason("no_pdf")) from error
        return store.put(document), making.text(shot)


def _capture(snapshot: Snapshot, files: list[store.Stored], folder: Path) -> Capture:
    """Answer the capture as the engine gave it, from what waits in the archive."""
    captured = []
    for file in files:
        if file.name == THUMBNAIL:
            continue
        path = folder / file.name
        with store.read(file) as source, path.open("wb") as target:
            while chunk := source.read(store.CHUNK):
                target.write(chunk)
        captured.append(CapturedFile(file.name, file.media_type, path, file.caption))
    return Capture(tuple(captured), Facts.from_json(snapshot.facts), Verdict("attention", tuple(snapshot.remarks)))
