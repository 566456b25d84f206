"""From a capture in a folder to what is kept of it: its files, a thumbnail, and the PDF."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from archive import paper, slices, store, texts
from archive.capture.results import Capture
from archive.models import Snapshot
from archive.models.record import THUMBNAIL

PDF_NAME = "ogonblicksbild.pdf"


def items(snapshot: Snapshot, shot: Capture, folder: Path) -> list[store.Item]:
    """Answer everything that is kept of a capture, the PDF first; makes the PDF, which takes its time."""
    captured = [store.Item(file.name, file.media_type, file.caption, file.path) for file in shot.files]
    described = [store.describe(item) for item in captured]
    sheets = folder / "blad"
    sheets.mkdir()
    document = store.Item(
        PDF_NAME, "application/pdf", _("Ögonblicksbilden som PDF/A"), paper.render(snapshot, shot, described, sheets)
    )
    slices.thumbnail(_pictures(shot)[0], folder / THUMBNAIL)
    small = store.Item(THUMBNAIL, "image/jpeg", _("Miniatyr av sidans början"), folder / THUMBNAIL)
    return [document, *captured, small]


def facts(snapshot: Snapshot, shot: Capture) -> dict[str, Any]:
    """Answer what is known of the capture, for the record."""
    context = paper.cover(snapshot, shot.facts.as_json(), [])
    version, origin = context["version"], context["origin"]
    asked_by = snapshot.requested_by
    return {
        **context["facts"],
        "pictures": {path.name: _size(path) for path in _pictures(shot)},
        "occasion": snapshot.occasion,
        "requested_by": asked_by.name if asked_by else "",
        "campaign": snapshot.campaign.period if snapshot.campaign else "",
        "policy": {"title": version.title, "number": version.number, "clause": origin.clause} if version else {},
        "account": {"name": snapshot.account.name, "platform": snapshot.account.platform.name},
    }


def made_at(shot: Capture) -> datetime:
    """Answer when the page looked like this: when the capture of it ended."""
    return datetime.fromisoformat(shot.facts.finished_at)


def title(snapshot: Snapshot) -> str:
    """Answer the record's title, as it is filed for ever."""
    return texts.storable(str(snapshot))


def _pictures(shot: Capture) -> list[Path]:
    return [file.path for file in shot.files if file.media_type == "image/jpeg"]


def _size(path: Path) -> list[int]:
    with Image.open(path) as image:
        return list(image.size)
