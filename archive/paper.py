"""A snapshot on paper: a cover that says what it is, the page in sheets, and its text to search and read aloud."""

import re
from itertools import islice
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
LINE_LIMIT = 10_000
COLOURED, COLOURED_LIMIT = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]"), 5_000
# Setting type takes minutes where a word is as long as a page, each line is a paragraph, or each letter a picture.
LONG_WORD = re.compile(r"(\S{200})(?=\S)")
BLOCK = 40
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
    whole = texts.storable(
        next(file.path for file in shot.files if file.name == "text.txt").read_text("utf-8", errors="replace")
    )
    part = _affordable(whole)
    lines = [line for line in map(str.strip, LONG_WORD.sub(r"\1\n", part).splitlines()) if line]
    shown = lines[:LINE_LIMIT]
    blocks = ["\n".join(shown[start : start + BLOCK]) for start in range(0, len(shown), BLOCK)]
    return {"blocks": blocks, "text_is_cut": len(part) < len(whole) or len(lines) > LINE_LIMIT}


def _affordable(text: str) -> str:
    """Answer the beginning of a text, as far as its length and its coloured signs can be set in seconds."""
    signs = islice(COLOURED.finditer(text), COLOURED_LIMIT, None)
    return text[: min(TEXT_LIMIT, next((sign.start() for sign in signs), TEXT_LIMIT))]
