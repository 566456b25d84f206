"""The lines of a page's text, each at its place on the page's picture: for paper, viewer, search and masking."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from archive import store
from archive.models import Record

NAME, FORMAT = "textrader.json", "uppsikt-lines-1"
# A file larger than this was not written by us.
LARGEST = 64 * 1024 * 1024


class Line(NamedTuple):
    """One line of text and its box, in pixels of its picture."""

    x: int
    y: int
    w: int
    h: int
    text: str


@dataclass(frozen=True)
class Page:
    """One picture's lines in reading order; a picture without readable text has none."""

    picture: str
    width: int
    height: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Answer what stands on the picture, line by line."""
        return "\n".join(line.text for line in self.lines)

    def first(self, count: int) -> Self:
        """Answer the page with its first lines only."""
        return self if count >= len(self.lines) else replace(self, lines=self.lines[:count])

    def saying(self, words: Callable[[str], str]) -> Self:
        """Answer the page with each line's text put in other words."""
        return replace(self, lines=tuple(line._replace(text=words(line.text)) for line in self.lines))


def load(record: Record) -> list[Page]:
    """Answer a record's pages; none where it has no lines, or where the file is not what was kept."""
    file = next((file for file in record.files.all() if file.name == NAME), None)
    if file is None or file.size > LARGEST:
        return []
    try:
        with store.read(file) as content:
            return parse(content.read())
    except (FileNotFoundError, ValueError):
        return []


def parse(content: bytes) -> list[Page]:
    """Read a lines file. Raises `ValueError` where it is not one."""
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}")
    try:
        return [_page(page) for page in data["pages"]]
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError("a page without its picture, size or lines") from error


def _page(page: dict[str, Any]) -> Page:
    found = tuple(_line(*line) for line in page["lines"])
    return Page(str(page["picture"]), int(page["width"]), int(page["height"]), found)


def _line(x: float, y: float, w: float, h: float, text: str) -> Line:
    return Line(round(x), round(y), round(w), round(h), str(text))
