"""What is laid on paper: a page's pictures, and its text (at its places, or else by itself) as far as it can be set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive import lines, texts
from archive.lines import Page

PHONE, TEXT = "mobil-", "text.txt"
PICTURE = re.compile(r"(bild|sida|mobil)-\d+\.jpg")
# More text than this is in text.txt only, and the PDF says so.
TEXT_LIMIT = 200_000
LINE_LIMIT = 10_000
COLOURED, COLOURED_LIMIT = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]"), 5_000
# Setting type takes minutes where a word is as long as a page, each line is a paragraph, or each letter a picture.
LONG_WORD = re.compile(r"(\S{200})(?=\S)")
BLOCK = 40


@dataclass(frozen=True)
class Material:
    """The pictures in one folder; `pages` where the places of the lines are known, else `blocks` of bare text."""

    pictures: tuple[Path, ...]
    pages: tuple[Page, ...] = ()
    blocks: tuple[str, ...] = ()
    text_is_cut: bool = False

    @property
    def desktop(self) -> list[Path]:
        """Answer the pictures of the page as a screen shows it, from the top down."""
        return [path for path in self.pictures if not path.name.startswith(PHONE)]

    @property
    def phone(self) -> list[Path]:
        """Answer the pictures of the page as a phone shows it, from the top down."""
        return [path for path in self.pictures if path.name.startswith(PHONE)]


def is_used(name: str) -> bool:
    """Answer whether a record's file of this name is laid on paper."""
    return name in (lines.NAME, TEXT) or PICTURE.fullmatch(name) is not None


def of(files: Mapping[str, Path]) -> Material:
    """Answer the material among a record's files by their names; the pictures must lie in one folder."""
    pictures = tuple(path for name, path in files.items() if PICTURE.fullmatch(name))
    pages = _pages(files.get(lines.NAME))
    if any(page.lines for page in pages):
        kept = _limited(pages)
        return Material(pictures, kept, text_is_cut=kept != pages)
    text = files[TEXT].read_text("utf-8", errors="replace") if TEXT in files else ""
    blocks, text_is_cut = _blocks(texts.storable(text))
    return Material(pictures, blocks=blocks, text_is_cut=text_is_cut)


def _pages(path: Path | None) -> tuple[Page, ...]:
    if path is None:
        return ()
    try:
        found = lines.parse(path.read_bytes())
    except ValueError:
        return ()  # without places the text stands after the pictures
    return tuple(page.saying(texts.storable) for page in found)


def _limited(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Answer the pages with as many lines as can be set."""
    left = min(_affordable("\n".join(page.text for page in pages)).count("\n") + 1, LINE_LIMIT)
    kept = []
    for page in pages:
        kept.append(page.first(left))
        left = max(left - len(page.lines), 0)
    return tuple(kept)


def _blocks(whole: str) -> tuple[tuple[str, ...], bool]:
    """Answer bare text in blocks of lines, and whether there was more of it."""
    part = _affordable(whole)
    found = [line for line in map(str.strip, LONG_WORD.sub(r"\1\n", part).splitlines()) if line]
    shown = found[:LINE_LIMIT]
    blocks = tuple("\n".join(shown[start : start + BLOCK]) for start in range(0, len(shown), BLOCK))
    return blocks, len(part) < len(whole) or len(found) > LINE_LIMIT


def _affordable(text: str) -> str:
    """Answer the beginning of a text, as far as its length and its coloured signs can be set in seconds."""
    signs = islice(COLOURED.finditer(text), COLOURED_LIMIT, None)
    return text[: min(TEXT_LIMIT, next((sign.start() for sign in signs), TEXT_LIMIT))]
