"""What a capture gives back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, Self

from archive.capture.reasons import ATTENTION, REMARKS


@dataclass(frozen=True)
class CapturedFile:
    """One file in the capture's folder. `name` is unique there; `caption` is Swedish, for the record."""

    name: str
    media_type: str
    path: Path
    caption: str


@dataclass(frozen=True)
class Facts:
    """What was asked for and what happened. Times are ISO 8601 in UTC, sizes are CSS pixels and bytes.

    Those with a default came later: captures are kept for ever, and one that was made before says nothing of them.
    """

    asked: str
    reached: str
    redirects: tuple[str, ...]
    status: int
    title: str
    language: str
    started_at: str
    finished_at: str
    browser: str
    user_agent: str
    viewport: tuple[int, int]
    height: int
    ended_by: str
    images_total: int
    images_missing: int
    missing: tuple[str, ...]
    ip: str
    text_length: int
    downloaded: int
    refused: tuple[str, ...]
    dialogs: int
    popups: int
    downloads: int
    # What captured it: our own engine and the driver of the browser.
    engine: str = ""
    # Every address the page was asked for, in order, each with `address`, `status` and `by` (server or page).
    hops: tuple[dict[str, Any], ...] = ()
    # Of the page itself; cookies and other secrets are left out.
    headers: dict[str, str] = field(default_factory=dict)
    phone_viewport: tuple[int, ...] = ()
    phone_height: int = 0
    posts: int = 0
    # What was closed or hidden because it lay over the page: `how` (pressed, hidden), `kind` and `what`.
    dismissed: tuple[dict[str, Any], ...] = ()
    # Which platform's knowledge was used, and on which day somebody tried it against the real one; empty: nobody has.
    platform: str = ""
    tried_on: str = ""
    # Who wrote: "official", "citizen", "both", or empty where the page does not show it; and how many items of each.
    authors: str = ""
    official_items: int = 0
    citizen_items: int = 0
    unknown_items: int = 0
    # The completeness gate: complete, remarks or attention, and keys of reasons.REMARKS.
    level: str = ""
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return a dict that JSON can hold and from_json reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what as_json wrote, now or before; lists become tuples again, and what is not known here is left out."""
        known = {each.name for each in fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
        return cls(**values)


@dataclass(frozen=True)
class Verdict:
    """What the completeness gate says: `level` is complete, remarks or attention; `reasons` are keys of REMARKS."""

    level: Literal["complete", "remarks", "attention"] = "complete"
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[str]) -> Self:
        """Judge by the worst of the reasons, which are kept in the order of REMARKS, each once."""
        found = set(reasons)
        kept = tuple(key for key in REMARKS if key in found)
        return cls("attention" if found & ATTENTION else "remarks" if kept else "complete", kept)


@dataclass(frozen=True)
class Item:
    """A post or a comment on the page, and whose it is: `role` is official, citizen, or empty where it does not show.

    `box` is x, y, width and height on the whole page at desktop width, `part_of` the place in the list of the post that
    a comment stands under, or None.
    """

    role: Literal["official", "citizen", ""]
    author: str
    time: str
    text: str
    box: tuple[int, int, int, int]
    part_of: int | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read one item of fakta.json."""
        return cls(**{**data, "box": tuple(data["box"])})


@dataclass(frozen=True)
class Capture:
    """A finished capture: pictures from the top down, those of the phone, the text, its places, the MHTML, the facts.

    A verdict of `attention` is no failure: the files are there, and a person decides what they are worth.
    """

    files: tuple[CapturedFile, ...]
    facts: Facts
    verdict: Verdict = Verdict()
    items: tuple[Item, ...] = ()
