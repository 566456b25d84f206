"""From a capture in a folder to what is kept of it: its files, a thumbnail, the PDF, and what the record says."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from archive import store, texts
from archive.capture.results import Capture
from archive.models import Record, Snapshot
from archive.models.record import THUMBNAIL
from archive.papers import paper, slices
from governance.models import PolicyVersion

PDF_NAME = "ogonblicksbild.pdf"


def items(snapshot: Snapshot, shot: Capture, folder: Path) -> list[store.Item]:
    """Answer everything that is kept of a capture, the PDF first; makes the PDF, which takes its time."""
    kept = captured(shot, folder)
    return [document(snapshot, shot, [store.describe(item) for item in kept]), *kept]


def captured(shot: Capture, folder: Path) -> list[store.Item]:
    """Answer what is kept of a capture but its PDF: the files as the engine wrote them, and a thumbnail."""
    files = [store.Item(file.name, file.media_type, file.caption, file.path) for file in shot.files]
    slices.thumbnail(_pictures(shot)[0], folder / THUMBNAIL)
    return [*files, store.Item(THUMBNAIL, "image/jpeg", _("Miniatyr av sidans början"), folder / THUMBNAIL)]


def document(
    snapshot: Snapshot, shot: Capture, files: list[store.Stored], accepted: Mapping[str, Any] | None = None
) -> store.Item:
    """Answer the PDF of a capture, whose cover names the hashes of `files`, and who accepted it where somebody did."""
    content = paper.render(snapshot, shot, files, accepted=accepted)
    return store.Item(PDF_NAME, "application/pdf", _("Ögonblicksbilden som PDF/A"), content)


def known(shot: Capture) -> dict[str, Any]:
    """Answer what the engine says of a capture, and the size of each picture, as it can be kept."""
    facts = texts.storable(shot.facts.as_json())
    return {**facts, "pictures": {path.name: _size(path) for path in _pictures(shot)}}


def described(snapshot: Snapshot, known: dict[str, Any]) -> dict[str, Any]:
    """Answer what a record of a snapshot says of itself, as `keeping.prepare` takes it; without its files."""
    is_item = snapshot.subject == Snapshot.Subject.ITEM
    return {
        "kind": Record.Kind.ITEM if is_item else Record.Kind.SNAPSHOT,
        "title": title(snapshot),
        "account": snapshot.account,
        "unit": snapshot.unit,
        "authority": snapshot.authority,
        "origin": Record.Origin.DRAWN_UP,
        # The page looked like this when the capture of it ended.
        "made_at": datetime.fromisoformat(known["finished_at"]),
        "period": snapshot.campaign.period if snapshot.campaign else "",
        "authors": known.get("authors", ""),
        "facts": {**known, **about(snapshot)},
    }


def about(snapshot: Snapshot) -> dict[str, Any]:
    """Answer what is known of the order: why and by whom, under which policy, of which account."""
    asked_by, campaign = snapshot.requested_by, snapshot.campaign
    version = campaign.policy_version if campaign else PolicyVersion.objects.current()
    origin = paper.origin(snapshot, version)
    return {
        "occasion": snapshot.occasion,
        "requested_by": asked_by.name if asked_by else "",
        "campaign": campaign.period if campaign else "",
        "policy": {"title": version.title, "number": version.number, "clause": origin.clause}
        if version and origin
        else {},
        "account": {"name": snapshot.account.name, "platform": snapshot.account.platform.name},
    }


def title(snapshot: Snapshot) -> str:
    """Answer the record's title, as it is filed for ever."""
    return texts.storable(str(snapshot))


def text(shot: Capture) -> str:
    """Answer the page's visible text, as it can be kept."""
    file = next(file.path for file in shot.files if file.name == "text.txt")
    return texts.storable(file.read_text("utf-8", errors="replace"))


def _pictures(shot: Capture) -> list[Path]:
    return [file.path for file in shot.files if file.media_type == "image/jpeg"]


def _size(path: Path) -> list[int]:
    with Image.open(path) as image:
        return list(image.size)
