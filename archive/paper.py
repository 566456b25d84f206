"""A snapshot on paper: a cover that says what it is, the page in sheets, and its text to search and read aloud."""

from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime

from archive import slices, store, texts
from archive.capture.reasons import ENDINGS
from archive.capture.results import Capture
from archive.models import Snapshot
from governance import clock, pdf
from governance.models import PolicyVersion
from governance.policy.schema import Origin

TEMPLATE = "archive/pdf/snapshot.html"
# More text than this is in text.txt only, and the PDF says so.
TEXT_LIMIT = 200_000
# What the engine says of a page that came to its end.
WHOLE = "end"


def render(snapshot: Snapshot, shot: Capture, files: list[store.Stored], folder: Path) -> bytes:
    """Answer the PDF/A of one capture, whose cover names the SHA-256 of each of `files`; works in `folder`."""
    pictures = [file.path for file in shot.files if file.media_type == "image/jpeg"]
    sheets = list(slices.cut(pictures, folder))
    context = cover(snapshot, shot.facts.as_json(), files) | {"sheets": sheets} | _text(shot)
    return pdf.render(TEMPLATE, context, title=str(snapshot), folder=folder)


def cover(snapshot: Snapshot, facts: dict[str, Any], files: list[store.Stored]) -> dict[str, Any]:
    """Answer what the cover page says."""
    version = snapshot.campaign.policy_version if snapshot.campaign else PolicyVersion.objects.current()
    return {
        "snapshot": snapshot,
        "account": snapshot.account,
        "facts": texts.storable(facts),
        "files": files,
        "started": moment(facts["started_at"]),
        "finished": moment(facts["finished_at"]),
        "ending": str(ENDINGS.get(facts["ended_by"], facts["ended_by"])),
        "whole": facts["ended_by"] == WHOLE,
        "version": version,
        "origin": origin(snapshot, version),
        "made_at": clock.now(),
    }


def origin(snapshot: Snapshot, version: PolicyVersion | None) -> Origin | None:
    """Answer where it stands that the account's picture is taken: a clause of the policy, or the product's default."""
    return version.policy.rule("snapshot", snapshot.account.scope).origin("times_per_year") if version else None


def moment(text: str) -> Any:
    """Answer the moment that a capture wrote as text; the text itself where it cannot be read."""
    return parse_datetime(text) or text


def _text(shot: Capture) -> dict[str, Any]:
    whole = next(file.path for file in shot.files if file.name == "text.txt").read_text("utf-8", errors="replace")
    shown = texts.storable(whole[:TEXT_LIMIT])
    lines = [line.strip() for line in shown.splitlines()]
    return {"lines": [line for line in lines if line], "text_is_cut": len(whole) > TEXT_LIMIT}
