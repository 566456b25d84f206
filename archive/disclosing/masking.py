"""Masks burned into a copy: the points below are overwritten before anything is written, and so is the text."""

import io
import json
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from archive.lines import Line, Page
from governance.content import picture

QUALITY = 90
MOST_PIXELS = 400_000_000
COLOUR = "black"
# How far a mask around a line of text reaches beyond its box: letters stand out of theirs.
MARGIN = 4
MOST = 500
LEAST = 2

Rectangle = tuple[int, int, int, int]


class NotRectangles(ValueError):
    """What does not say where masks lie."""


def read(text: str, size: tuple[int, int] | None) -> list[Rectangle]:
    """Answer the masks of a text with "x y width height" on each line, kept within the picture.

    Raises `NotRectangles` where it cannot be read, or where a mask lies outside the picture.
    """
    found = [_read_line(line) for line in text.replace(",", " ").splitlines() if line.strip()]
    if len(found) > MOST:
        raise NotRectangles("too many")
    inside = [_inside(each, size) for each in found] if size else found
    return list(dict.fromkeys(inside))


def write(rectangles: Iterable[Sequence[int]]) -> str:
    """Answer the masks as `read` reads them."""
    return "\n".join(" ".join(map(str, each)) for each in rectangles)


def burn(content: bytes, rectangles: Iterable[Sequence[int]]) -> bytes:
    """Answer a new JPEG of the picture with the masks' points overwritten; nothing else of the old file is in it."""
    with picture(content, ("JPEG",), MOST_PIXELS) as image:
        sheet = Image.new("RGB", image.size)
        sheet.paste(image.convert("RGB"))
    draw = ImageDraw.Draw(sheet)
    for x, y, width, height in rectangles:
        draw.rectangle((x, y, x + width - 1, y + height - 1), fill=COLOUR)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Answer a picture's width and height."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        return image.size


def lines_left(page: Page, rectangles: Iterable[Sequence[int]]) -> list[Line]:
    """Answer the lines of which no mask touches anything: half a line tells too much."""
    masks = [tuple(each) for each in rectangles]
    return [line for line in page.lines if not any(_touch(line, mask) for mask in masks)]


def around(page: Page, words: str) -> list[Rectangle]:
    """Answer a mask for each line that holds the words, whatever their case and the width of their spaces."""
    wanted = _plain(words)
    if not wanted:
        return []
    size = (page.width, page.height)
    return [_inside(_wider(line), size) for line in page.lines if wanted in _plain(line.text) and _is_on(line, size)]


def as_json(rectangles: Iterable[Sequence[int]]) -> str:
    """Answer the masks as the script that draws them reads them."""
    return json.dumps([list(each) for each in rectangles])


def _read_line(line: str) -> Rectangle:
    try:
        x, y, width, height = (round(float(part)) for part in line.split())
    except (ValueError, OverflowError) as error:
        raise NotRectangles(line[:80]) from error
    if width < LEAST or height < LEAST:
        raise NotRectangles(line[:80])
    return x, y, width, height


def _inside(each: Rectangle, size: tuple[int, int]) -> Rectangle:
    x, y, width, height = each
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + width, size[0]), min(y + height, size[1])
    if right - left < LEAST or bottom - top < LEAST:
        raise NotRectangles(write([each]))
    return left, top, right - left, bottom - top


def _touch(line: Line, mask: Sequence[int]) -> bool:
    x, y, width, height = mask
    return line.x < x + width and x < line.x + line.w and line.y < y + height and y < line.y + line.h


def _wider(line: Line) -> Rectangle:
    return line.x - MARGIN, line.y - MARGIN, line.w + 2 * MARGIN, line.h + 2 * MARGIN


def _is_on(line: Line, size: tuple[int, int]) -> bool:
    return line.x < size[0] and line.y < size[1] and line.x + line.w > 0 and line.y + line.h > 0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
