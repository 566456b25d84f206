"""A page's pictures laid out on sheets of paper: windows on the tiles as they are, the text under them at its place.

The tiles go into the PDF byte for byte, each once; a sheet shows a part of them. The text lies behind the picture: it
is not seen, but is found, marked and read aloud where it stands. Lengths are millimetres.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from archive.lines import Line, Page
from archive.papers import slices
from archive.papers.slices import SHEET_RATIO, Span, Strip

WIDTH, HEIGHT = 174.0, 256.0
PHONE_COLUMNS, PHONE_GAP = 3, 6.0
PHONE_WIDTH = (WIDTH - (PHONE_COLUMNS - 1) * PHONE_GAP) / PHONE_COLUMNS
# A picture up to this much taller than wide stands whole on one sheet, though it does not fill its width.
ONE_SHEET = 2.4
# The part of a line's length that one letter takes of its size, on average, in the typeface the text is laid in.
LETTER = 0.52
# Lines belong together where they begin alike (in pixels) and follow one another evenly.
SAME = 3
LONGEST_LINE = 1_000


@dataclass(frozen=True)
class Block:
    """Lines that follow one another, as one paragraph at its place."""

    text: str
    style: str


@dataclass(frozen=True)
class Window:
    """A tile of which the frame shows a part; `first` in its frame carries the words for it."""

    name: str
    style: str
    first: bool


@dataclass(frozen=True)
class Frame:
    """One window on the page: the pictures, and the text that lies behind them."""

    style: str
    windows: tuple[Window, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet of paper, from left to right."""

    frames: tuple[Frame, ...]
    style: str


def of_page(tiles: Sequence[Path], pages: Iterable[Page]) -> list[Sheet]:
    """Lay out the tiles of one page, one below the other, with the lines of text that lie on them."""
    strip = Strip(tiles)
    lines = _placed(strip, pages)
    if strip.height <= strip.width * ONE_SHEET:
        return [_whole(strip, lines)]
    scale = WIDTH / strip.width
    spans = slices.cut(strip, int(strip.width * SHEET_RATIO), [(line.y, line.y + line.h) for line in lines])
    return [_sheet(_frame(strip, span, scale, 0, _within(lines, span))) for span in spans]


def of_phone(tiles: Sequence[Path]) -> list[Sheet]:
    """Lay out the tiles of the phone's picture in columns, side by side."""
    strip = Strip(tiles)
    scale = PHONE_WIDTH / strip.width
    spans = slices.cut(strip, int(HEIGHT / scale))
    frames = [
        _frame(strip, span, scale, (number % PHONE_COLUMNS) * (PHONE_WIDTH + PHONE_GAP))
        for number, span in enumerate(spans)
    ]
    return [_sheet(*frames[start : start + PHONE_COLUMNS]) for start in range(0, len(frames), PHONE_COLUMNS)]


def _whole(strip: Strip, lines: list[Line]) -> Sheet:
    scale = min(WIDTH / strip.width, HEIGHT / strip.height)
    return _sheet(_frame(strip, (0, strip.height), scale, 0, lines))


def _placed(strip: Strip, pages: Iterable[Page]) -> list[Line]:
    """Answer the lines at their places in the whole strip, in reading order."""
    tops = {path.name: start for start, _end, path in strip.tops}
    known = ((tops[page.picture], page) for page in pages if page.picture in tops)
    return [line._replace(y=line.y + top) for top, page in known for line in page.lines]


def _within(lines: list[Line], span: Span) -> list[Line]:
    return [line for line in lines if span[0] <= line.y + line.h // 2 < span[1]]


def _sheet(*frames: Frame) -> Sheet:
    return Sheet(frames, f"height:{HEIGHT:.1f}mm")


def _frame(strip: Strip, span: Span, scale: float, left: float, lines: Sequence[Line] = ()) -> Frame:
    top, bottom = span
    size = f"left:{left:.2f}mm;width:{strip.width * scale:.2f}mm;height:{(bottom - top) * scale:.3f}mm"
    blocks = tuple(_block(group, top, scale) for group in _grouped(lines))
    return Frame(size, tuple(_windows(strip, span, scale)), blocks)


def _windows(strip: Strip, span: Span, scale: float) -> Iterator[Window]:
    top, bottom = span
    seen = [(start, path) for start, end, path in strip.tops if start < bottom and end > top]
    for number, (start, path) in enumerate(seen):
        yield Window(path.name, f"top:{(start - top) * scale:.3f}mm", first=number == 0)


def _grouped(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and not _follows(line, group):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _follows(line: Line, group: list[Line]) -> bool:
    above = group[-1]
    pitch = line.y - above.y
    even = len(group) == 1 or abs(pitch - (above.y - group[-2].y)) <= SAME
    return abs(line.x - above.x) <= SAME and even and abs(line.h - above.h) <= SAME and above.h <= pitch <= 2 * above.h


def _block(group: list[Line], top: int, scale: float) -> Block:
    first, last = group[0], group[-1]
    pitch = (last.y - first.y) / (len(group) - 1) if len(group) > 1 else max(first.h, 1)
    fitting = median(line.w / (LETTER * max(len(line.text), 1)) for line in group)
    size = max(min(fitting, pitch), 1)
    middle = first.y - top - (pitch - first.h) / 2
    place = (
        f"left:{first.x * scale:.2f}mm;top:{middle * scale:.2f}mm;width:{max(line.w for line in group) * scale:.2f}mm"
    )
    text = "\n".join(line.text[:LONGEST_LINE] for line in group)
    return Block(text, f"{place};font-size:{size * scale:.2f}mm;line-height:{pitch * scale:.2f}mm")
