"""Two snapshots side by side, made ready for the page: what changed in the text, and what changed in the picture."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from archive import lines, presenting
from archive.browsing import picturediff, textdiff
from archive.browsing.picturediff import Band
from archive.browsing.textdiff import GONE, MOVED, NEW, SAME, Row
from archive.models import Record

# The names of the choices in the address.
VIEW, PICTURES, TEXT = "visa", "bild", "text"
EVERYTHING = "allt"
MOST_LINES = 10_000
CONTEXT = 2  # unchanged lines around each change
LINES_PER_PAGE, BANDS_PER_PAGE = 300, 8


@dataclass(frozen=True)
class Shown:
    """A line of the comparison as it is shown; `skipped` counts unchanged lines that are left out instead."""

    kind: str
    old: str = ""
    new: str = ""
    skipped: int = 0


@dataclass(frozen=True)
class Side:
    """One side of a band: a window on the page's pictures, and what is boxed in it, in pixels of the page."""

    record: Record
    pictures: tuple[tuple[str, int, int, int], ...]  # name, top, width, height
    top: int
    width: int
    height: int
    boxes: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Pair:
    """A band with both its sides; a side that has no rows there is None."""

    old: Side | None
    new: Side | None
    is_same: bool
    height: int


def of(older: Record, newer: Record, asked: QueryDict) -> dict[str, Any]:
    """Answer what the page shows: the one part that is asked for, a page of it at a time, and what both hold."""
    part = TEXT if asked.get(VIEW) == TEXT else PICTURES
    every = asked.get(EVERYTHING) == "1"
    context = {"part": part, "every": every, "number": asked.get("sida", "1")}
    return context | (_text(older, newer, every, asked) if part == TEXT else _pictures(older, newer, every, asked))


def _text(older: Record, newer: Record, every: bool, asked: QueryDict) -> dict[str, Any]:
    old, old_cut = _lines_of(older)
    new, new_cut = _lines_of(newer)
    rows = textdiff.rows(old, new)
    counts = {kind: sum(row.kind == kind for row in rows) for kind in (NEW, GONE, MOVED)}
    shown = [_line(row, old, new) for row in rows] if every else list(_folded(rows, old, new))
    return {
        "page": _page(shown, LINES_PER_PAGE, asked),
        "new": counts[NEW],
        "gone": counts[GONE],
        "moved": counts[MOVED] // 2,
        "is_cut": old_cut or new_cut,
        "is_same": not any(counts.values()),
        "has_text": bool(old or new),
    }


def _lines_of(record: Record) -> tuple[list[str], bool]:
    """Answer the lines of a page without the empty ones, and whether there were more than are compared."""
    pages = lines.load(record)
    text = "\n".join(page.text for page in pages) if pages else presenting.text_of(record.files.all())
    found = [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]
    return found[:MOST_LINES], len(found) > MOST_LINES


def _line(row: Row, old: list[str], new: list[str]) -> Shown:
    before = old[row.old] if row.old is not None else ""
    return Shown(row.kind, before, new[row.new] if row.new is not None else "")


def _folded(rows: list[Row], old: list[str], new: list[str]) -> Any:
    """Answer the changes with some lines around them, and how many unchanged ones lie between."""
    stretches = [(kind, list(each)) for kind, each in groupby(rows, key=lambda row: row.kind == SAME)]
    for number, (is_same, stretch) in enumerate(stretches):
        before = CONTEXT if number else 0
        after = CONTEXT if number < len(stretches) - 1 else 0
        if not is_same or len(stretch) <= before + after + 1:
            yield from (_line(row, old, new) for row in stretch)
            continue
        yield from (_line(row, old, new) for row in stretch[:before])
        yield Shown(SAME, skipped=len(stretch) - before - after)
        yield from (_line(row, old, new) for row in stretch[len(stretch) - after :])


def _pictures(older: Record, newer: Record, every: bool, asked: QueryDict) -> dict[str, Any]:
    found = picturediff.bands(older, newer)
    shown = [band for band in found if every or not band.is_same]
    page = _page(shown, BANDS_PER_PAGE, asked)
    page.object_list = [_pair(older, newer, band) for band in page.object_list]
    return {
        "page": page,
        "changed": sum(not band.is_same for band in found),
        "has_pictures": bool(found),
        "is_same": bool(found) and all(band.is_same for band in found),
    }


def _pair(older: Record, newer: Record, band: Band) -> Pair:
    old = _side(older, band.old_top, band.old_height, band)
    return Pair(old, _side(newer, band.new_top, band.new_height, band), band.is_same, band.old_height)


def _side(record: Record, top: int, height: int, band: Band) -> Side | None:
    if not height:
        return None
    every = picturediff.pictures(record)
    seen = tuple((file.name, at, w, h) for file, at, w, h in every if at < top + height and at + h > top)
    width = max((w for _name, _at, w, _h in seen), default=1)
    whole = ((0, 0, width, height),) if band.old_height != band.new_height else ()
    boxes = tuple((x, y + top, w, h) for x, y, w, h in whole or band.boxes)
    return Side(record, seen, top, width, height, boxes)


def _page(rows: list[Any], size: int, asked: QueryDict) -> Page:
    return Paginator(rows, size).get_page(asked.get("sida"))
