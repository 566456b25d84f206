"""The page's pictures cut again for paper: one slice per sheet, preferably between two lines and not through one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops

# A sheet's picture is this much taller than wide (174 x 256 mm of an A4).
SHEET_RATIO = 256 / 174
# How far up from the foot of the sheet a quiet place is looked for, as a part of the sheet.
SEARCH = 0.16
# So many rows without a letter are a place to cut.
QUIET_ROWS = 6
QUALITY = 88
THUMBNAIL_SIZE = (640, 480)


@dataclass(frozen=True)
class Slice:
    """One sheet's picture, in the folder it was cut into."""

    name: str
    width: int
    height: int


class Strip:
    """The tiles as one tall picture, of which no more than two are open at a time."""

    def __init__(self, tiles: list[Path]) -> None:
        self.tops: list[tuple[int, int, Path]] = []
        self.width = self.height = 0
        for path in tiles:
            with Image.open(path) as image:
                self.tops.append((self.height, self.height + image.height, path))
                self.width, self.height = max(self.width, image.width), self.height + image.height
        self._load = lru_cache(maxsize=2)(_loaded)

    def part(self, top: int, bottom: int) -> Image.Image:
        """Answer the rows from `top` to `bottom` as a picture."""
        whole = Image.new("RGB", (self.width, bottom - top), "white")
        for start, end, path in self.tops:
            if start < bottom and end > top:
                tile = self._load(path).crop((0, max(top - start, 0), self.width, min(bottom, end) - start))
                whole.paste(tile, (0, max(start - top, 0)))
        return whole


def cut(tiles: list[Path], folder: Path) -> Iterator[Slice]:
    """Write the sheets' pictures into `folder` and answer them from the top down, without gap or overlap."""
    strip = Strip(tiles)
    sheet = int(strip.width * SHEET_RATIO)
    top = number = 0
    while top < strip.height:
        number += 1
        bottom = top + sheet
        bottom = strip.height if bottom >= strip.height else _quiet_place(strip, bottom, int(sheet * SEARCH))
        picture = strip.part(top, bottom)
        name = f"blad-{number:03}.jpg"
        picture.save(folder / name, quality=QUALITY)
        yield Slice(name, picture.width, picture.height)
        top = bottom


def thumbnail(tile: Path, target: Path) -> None:
    """Write the top of the page, small."""
    wide, tall = THUMBNAIL_SIZE
    with Image.open(tile) as image:
        top = image.convert("RGB").crop((0, 0, image.width, min(image.height, image.width * tall // wide)))
    small = top.resize((wide, max(1, round(top.height * wide / top.width))), Image.Resampling.LANCZOS)
    small.save(target, quality=80)


def _quiet_place(strip: Strip, bottom: int, search: int) -> int:
    """Answer the lowest row above `bottom` around which least happens from left to right."""
    area = strip.part(bottom - search, bottom).convert("L")
    edges = ImageChops.difference(area, ImageChops.offset(area, 1, 0))
    noise = list(edges.resize((1, area.height), Image.Resampling.BOX).tobytes())
    windows = [sum(noise[row : row + QUIET_ROWS]) for row in range(len(noise) - QUIET_ROWS + 1)]
    least = min(windows)
    row = max(row for row, value in enumerate(windows) if value == least)
    return bottom - search + row + QUIET_ROWS // 2


def _loaded(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")
