"""Where a tall page is cut for paper: at readable heights, between two lines of text and not through one."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops

# A sheet's picture is this much taller than wide (174 x 256 mm of an A4).
SHEET_RATIO = 256 / 174
# How far up from the foot of the sheet a quiet place is looked for, as a part of the sheet.
SEARCH = 0.16
# A quiet place is looked for on pictures of half the size, which are read in a fraction of the time.
HALF = 2
# So many rows of those without a letter are a place to cut.
QUIET_ROWS = 3
# A row that goes through a line of text is worse than any row that does not.
LINE = 256
THUMBNAIL_SIZE = (640, 480)

Span = tuple[int, int]


class Strip:
    """Tiles as one tall picture, of which no more than two are open at a time; `tops` says where each lies in it."""

    def __init__(self, tiles: Sequence[Path]) -> None:
        self.tops: list[tuple[int, int, Path]] = []
        self.width = self.height = 0
        for path in tiles:
            with Image.open(path) as image:
                self.tops.append((self.height, self.height + image.height, path))
                self.width, self.height = max(self.width, image.width), self.height + image.height
        self._load = lru_cache(maxsize=2)(_loaded)

    def tone(self, top: int, bottom: int) -> Image.Image:
        """Answer the rows from `top` to `bottom` in shades of grey, at half their size."""
        whole = Image.new("L", (self.width // HALF, (bottom - top) // HALF), 255)
        for start, end, path in self.tops:
            if start < bottom and end > top:
                whole.paste(self._load(path), (0, (start - top) // HALF))
        return whole


def cut(strip: Strip, sheet: int, lines: Sequence[Span] = ()) -> list[Span]:
    """Answer the spans of rows, at most `sheet` high, from the top down without gap or overlap.

    `lines` are the rows that each line of text takes; where they are not known the picture itself tells.
    """
    spans: list[Span] = []
    top = 0
    while top < strip.height:
        bottom = top + sheet
        bottom = strip.height if bottom >= strip.height else _quiet_place(strip, bottom, int(sheet * SEARCH), lines)
        spans.append((top, bottom))
        top = bottom
    return spans


def thumbnail(tile: Path, target: Path) -> None:
    """Write the top of the page, small."""
    wide, tall = THUMBNAIL_SIZE
    with Image.open(tile) as image:
        top = image.convert("RGB").crop((0, 0, image.width, min(image.height, image.width * tall // wide)))
    small = top.resize((wide, max(1, round(top.height * wide / top.width))), Image.Resampling.LANCZOS)
    small.save(target, quality=80)


def _quiet_place(strip: Strip, bottom: int, search: int, lines: Sequence[Span]) -> int:
    """Answer the lowest row above `bottom` around which least happens from left to right."""
    start = bottom - search
    area = strip.tone(start, bottom)
    edges = ImageChops.difference(area, ImageChops.offset(area, 1, 0))
    noise = list(edges.resize((1, area.height), Image.Resampling.BOX).tobytes())
    for top, end in lines:
        for row in range(max(top - start, 0) // HALF, min(-(-(end - start) // HALF), len(noise))):
            noise[row] += LINE
    windows = [sum(noise[row : row + QUIET_ROWS]) for row in range(len(noise) - QUIET_ROWS + 1)]
    least = min(windows)
    row = max(row for row, value in enumerate(windows) if value == least)
    return start + row * HALF + QUIET_ROWS * HALF // 2


def _loaded(path: Path) -> Image.Image:
    with Image.open(path) as image:
        half = -(-image.width // HALF), -(-image.height // HALF)
        image.draft("L", half)  # of a JPEG only the brightness is read, and at half its size
        return image.convert("L").resize(half)
