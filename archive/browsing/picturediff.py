"""Two pictures of one page: laid beside one another where their text is the same, and what differs there boxed.

It is done band by band, in grey and reduced to a quarter; the answer is places only, and nothing of the pictures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from django.core.cache import cache
from PIL import Image, ImageChops, ImageStat

from archive import lines, store
from archive.browsing import textdiff
from archive.lines import Line
from archive.models import Record, RecordFile

PHONE = "mobil-"
REDUCED = 4  # what is compared, is compared at a quarter of its size
CELL = 8  # reduced pixels; 32 of the page's
LOUD = 28  # shades of grey by which a letter or another photograph differs, and the noise of JPEG does not
SHIFT = 3  # pixels by which lines of one stretch may stand apart
LEAD = 24  # what stands over a line, such as an edge or a face, belongs to it
TALLEST = 1_600  # of a band, in pixels: as much as is looked at on one screen
FEW = 12  # of 255: the part of a cell that must be loud
OFF = (0, -1, 1)  # the place of a line is rounded: a band may lie a row higher or lower
MOST_PIXELS = 250_000_000  # of one page: 120,000 rows are 154 million
MOST_BOXES = 300
WEEK = 7 * 24 * 3600
VERSION = 2


@dataclass(frozen=True)
class Band:
    """Rows of both pages that belong beside one another, in pixels; one side may have none. `boxes` are x, y, w, h.

    Boxes are measured from the band's own top, and fit both sides.
    """

    old_top: int
    old_height: int
    new_top: int
    new_height: int
    boxes: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def is_same(self) -> bool:
        """Answer whether nothing differs in it."""
        return self.old_height == self.new_height and not self.boxes


def bands(old: Record, new: Record) -> list[Band]:
    """Answer the bands of two records' pages from the top down; kept for a week, for it takes seconds."""
    key = f"picturediff:{VERSION}:{old.manifest_sha256}:{new.manifest_sha256}"
    known = cache.get(key)
    if known is None:
        known = [asdict(band) for band in _bands(old, new)]
        cache.set(key, known, WEEK)
    return [Band(**{**band, "boxes": tuple(map(tuple, band["boxes"]))}) for band in known]


def pictures(record: Record) -> list[tuple[RecordFile, int, int, int]]:
    """Answer the page's pictures with their top, width and height in the whole; none whose size is not known."""
    sizes, top, found = record.facts.get("pictures", {}), 0, []
    for file in record.files.all():
        if file.is_picture and not file.name.startswith(PHONE) and file.name in sizes:
            width, height = sizes[file.name]
            found.append((file, top, width, height))
            top += height
    return found


def _bands(old: Record, new: Record) -> Iterator[Band]:
    try:
        one, other = Tall(old), Tall(new)
        left = MOST_BOXES
        for band in _cut(_aligned(_lines(old), _lines(new), one.height, other.height)):
            boxes = tuple(_boxes(one, other, band))[:left] if band.old_height == band.new_height else ()
            left -= len(boxes)
            yield replace(band, boxes=boxes)
    except (OSError, ValueError):
        return


class Tall:
    """A record's page as one tall picture in grey, of which no more than two tiles are open at a time.

    Raises `ValueError` where there is no picture, or more of it than is compared; `OSError` where one is missing.
    """

    def __init__(self, record: Record) -> None:
        self._tiles = pictures(record)
        self.width = max((width for _file, _top, width, _height in self._tiles), default=0)
        self.height = sum(height for _file, _top, _width, height in self._tiles)
        if not 0 < self.width * self.height <= MOST_PIXELS:
            raise ValueError("no picture, or too much of it")
        self._load = lru_cache(maxsize=2)(_loaded)

    def rows(self, top: int, height: int) -> Image.Image:
        """Answer the rows from `top`; white where there are none."""
        whole = Image.new("L", (self.width, height), 255)
        for file, start, _width, own_height in self._tiles:
            if start < top + height and start + own_height > top:
                whole.paste(self._load(file), (0, start - top))
        return whole


def _loaded(file: RecordFile) -> Image.Image:
    with store.read(file) as content, Image.open(content, formats=("JPEG",)) as image:
        image.draft("L", image.size)
        return image.convert("L")


def _lines(record: Record) -> list[Line]:
    tops = {file.name: top for file, top, _width, _height in pictures(record)}
    pages = [page for page in lines.load(record) if page.picture in tops]
    return [line._replace(y=line.y + tops[page.picture]) for page in pages for line in page.lines]


def _aligned(old: Sequence[Line], new: Sequence[Line], old_height: int, new_height: int) -> Iterator[Band]:
    """Answer the bands: each goes as far down as both have rows, then comes what only one of them has."""
    old_at = new_at = 0
    for one, other in [*_places(old, new), (old_height, new_height)]:
        both = min(one - old_at, other - new_at)
        if both > 0:
            yield Band(old_at, both, new_at, both)
        rest = one - old_at - both, other - new_at - both
        if rest[0] or rest[1]:
            yield Band(old_at + both, rest[0], new_at + both, rest[1])
        old_at, new_at = one, other


def _places(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Answer where the same line stands in both, wherever it has moved on by another length than the one above it."""
    shift, old_at, new_at = 0, 0, 0
    for i, j in textdiff.pairs([line.text for line in old], [line.text for line in new]):
        one, other = old[i].y, new[j].y
        if abs(other - one - shift) > SHIFT and one >= old_at and other >= new_at:
            lead = min(LEAD, one - old_at, other - new_at)
            shift, old_at, new_at = other - one, one - lead, other - lead
            yield old_at, new_at


def _cut(found: Iterable[Band]) -> Iterator[Band]:
    """Answer the bands with those that are taller than a screen cut in pieces."""
    for band in found:
        for top in range(0, max(band.old_height, band.new_height), TALLEST):
            old, new = (max(0, min(TALLEST, height - top)) for height in (band.old_height, band.new_height))
            yield Band(
                band.old_top + top if old else band.old_top, old, band.new_top + top if new else band.new_top, new
            )


def _boxes(one: Tall, other: Tall, band: Band) -> Iterator[tuple[int, int, int, int]]:
    """Answer what differs in a band that both have, as boxes in pixels of the page."""
    width, height = min(one.width, other.width), band.old_height
    old = one.rows(band.old_top, height).crop((0, 0, width, height)).reduce(REDUCED)
    differences = [
        ImageChops.difference(old, other.rows(band.new_top + off, height).crop((0, 0, width, height)).reduce(REDUCED))
        for off in OFF
    ]
    quietest = min(differences, key=lambda image: ImageStat.Stat(image).sum[0])
    loud = quietest.point([0 if shade < LOUD else 255 for shade in range(256)])
    cells = loud.reduce(CELL).point([0 if shade < FEW else 1 for shade in range(256)])
    unit = CELL * REDUCED
    for left, top, right, bottom in _joined(cells):
        yield left * unit, top * unit, (right - left) * unit, min((bottom - top) * unit, height - top * unit)


def _joined(cells: Image.Image) -> list[tuple[int, int, int, int]]:
    """Answer boxes around the cells that are set; those that touch, or nearly do, are one."""
    data, width = cells.tobytes(), cells.width
    boxes: list[list[int]] = []
    for row in range(cells.height):
        for left, right in _runs(data[row * width : (row + 1) * width]):
            near = [box for box in boxes if box[3] >= row - 1 and box[0] <= right + 1 and left <= box[2] + 1]
            boxes = [box for box in boxes if box not in near]
            around = [*near, [left, row, right, row + 1]]
            sides = list(zip(*around, strict=True))
            boxes.append([min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])])
    return sorted((box[0], box[1], box[2], box[3]) for box in boxes)


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end
        start = row.find(1, end)
