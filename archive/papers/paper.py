"""A snapshot on paper: a cover that says what it is, the page in sheets, and its text to search and read aloud."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from archive import store, texts
from archive.capture.reasons import ENDINGS, REMARKS
from archive.capture.results import Capture
from archive.models import Snapshot
from archive.papers import material, sheets
from archive.papers.material import Material
from archive.snapshots import promised
from governance import pdf
from governance.models import PolicyVersion, User
from governance.policy.schema import Origin

TEMPLATE = "archive/pdf/snapshot.html"
# What the engine says of a page that came to its end, and how the gate's remarks begin on one that did not.
WHOLE, CUT_SHORT = "end", "feed_"


def render(
    snapshot: Snapshot, shot: Capture, files: list[store.Stored], *, accepted: Mapping[str, Any] | None = None
) -> bytes:
    """Answer the PDF/A of one capture, whose cover names the SHA-256 of each of `files`.

    `accepted` (by, at, reason: as in a record's facts) is said where a person accepted what the gate had questioned.
    """
    known, laid = shot.facts.as_json(), material.of({file.name: file.path for file in shot.files})
    page = [sheets.of_page(laid.desktop, laid.pages)] if laid.desktop else []
    context = cover(snapshot, known, files) | {"remarks": remarks(known, shot.verdict.reasons)}
    return printed(snapshot, laid, page, context | {"accepted": _accepted(accepted)})


def render_upload(
    snapshot: Snapshot,
    items: Sequence[store.Item],
    *,
    by: User | str,
    taken_at: datetime,
    how: str,
    folder: Path,
) -> bytes:
    """Answer the PDF/A of what somebody uploaded: who, when and how, each file with its hash, and each picture.

    `items` are all files of the record but this one; the pictures among them (`bild-`, `sida-`, `mobil-NNN.jpg`),
    `textrader.json` and `text.txt` are laid out. Works in `folder`, which is the caller's to remove.
    """
    laid = material.of({item.name: _on_disk(item, folder) for item in items if material.is_used(item.name)})
    pages = [sheets.of_page([path], laid.pages) for path in laid.desktop]
    context = _about(snapshot, [store.describe(item) for item in items])
    return printed(
        snapshot, laid, pages, context | {"uploaded": {"by": by, "at": taken_at, "how": texts.storable(how)}}
    )


def printed(snapshot: Snapshot, laid: Material, pages: list[list[sheets.Sheet]], context: dict[str, Any]) -> bytes:
    """Answer the paper: the cover, the page, the page as a phone shows it, and the text that has no place on them."""
    drawn = {
        "sheets": [sheet for page in pages for sheet in page],
        "phone_sheets": sheets.of_phone(laid.phone) if laid.phone else [],
        "text_is_laid": bool(laid.pages),
        "text_is_cut": laid.text_is_cut,
        "blocks": laid.blocks,
    }
    folder = laid.pictures[0].parent if laid.pictures else None
    return pdf.render(TEMPLATE, context | drawn, title=str(snapshot), folder=folder)


def cover(snapshot: Snapshot, facts: dict[str, Any], files: list[store.Stored]) -> dict[str, Any]:
    """Answer what the cover page says of a capture."""
    return _about(snapshot, files) | {
        "facts": texts.storable(facts),
        "started": moment(facts["started_at"]),
        "finished": moment(facts["finished_at"]),
        "ending": str(ENDINGS.get(facts["ended_by"], facts["ended_by"])),
    }


def remarks(facts: Mapping[str, Any], reasons: Iterable[str] = ()) -> list[str]:
    """Answer what is not whole about a capture, in words: what the gate found, else what the facts say."""
    found = [key for key in reasons if key in REMARKS]
    said = [str(REMARKS[key]) for key in found if key != "images_missing"]
    if facts.get("images_missing"):
        said.append(_("Alla bilder på sidan kunde inte läsas in. Vilka som saknas står i fakta.json."))
    if facts.get("ended_by", WHOLE) != WHOLE and not any(key.startswith(CUT_SHORT) for key in found):
        said.append(_("Sidan fortsätter nedanför det som är arkiverat."))
    return said


def origin(snapshot: Snapshot, version: PolicyVersion | None) -> Origin | None:
    """Answer where it stands that the account's picture is taken: a clause of the policy, or the product's default."""
    return promised.of(snapshot.account, version.policy).origin("times_per_year") if version else None


def moment(text: str) -> Any:
    """Answer the moment that a capture wrote as text; the text itself where it cannot be read."""
    return parse_datetime(text) or text


def _about(snapshot: Snapshot, files: list[store.Stored]) -> dict[str, Any]:
    version = snapshot.campaign.policy_version if snapshot.campaign else PolicyVersion.objects.current()
    return {
        "snapshot": snapshot,
        "account": snapshot.account,
        "files": files,
        "version": version,
        "origin": origin(snapshot, version),
    }


def _accepted(said: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if said is None:
        return None
    at = moment(said["at"]) if isinstance(said["at"], str) else said["at"]
    return {"by": said["by"], "at": at, "reason": texts.storable(said["reason"])}


def _on_disk(item: store.Item, folder: Path) -> Path:
    """Write an item's content into the folder that the paper is made from."""
    path = folder / item.name
    path.write_bytes(item.source if isinstance(item.source, bytes) else item.source.read_bytes())
    return path
