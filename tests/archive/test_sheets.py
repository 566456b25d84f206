"""A page's pictures and text laid out on sheets of paper."""

import re

import pytest
from PIL import Image

from archive.lines import Line, Page
from archive.papers import sheets


@pytest.fixture
def tile(tmp_path):
    """Answer a function that makes a picture of a size and answers where it lies."""

    def make(name: str, width: int, height: int):
        Image.new("RGB", (width, height), "white").save(tmp_path / name)
        return tmp_path / name

    return make


def lengths(style: str) -> dict[str, float]:
    """Answer what a style says, in millimetres."""
    return {name: float(value) for name, value in re.findall(r"([a-z-]+):(-?[\d.]+)mm", style)}


def test_a_page_of_several_tiles_is_shown_once_from_top_to_bottom(tile):
    found = sheets.of_page([tile("bild-001.jpg", 1280, 4000), tile("bild-002.jpg", 1280, 1000)], [])

    frames = [frame for sheet in found for frame in sheet.frames]
    assert sum(lengths(frame.style)["height"] for frame in frames) == pytest.approx(5000 * 174 / 1280, abs=0.1)
    assert [window.name for frame in frames for window in frame.windows] == [
        "bild-001.jpg",
        "bild-001.jpg",
        "bild-001.jpg",
        "bild-002.jpg",
    ]


def test_only_the_first_picture_of_a_frame_carries_its_words(tile):
    found = sheets.of_page([tile("bild-001.jpg", 1280, 1000), tile("bild-002.jpg", 1280, 4000)], [])

    assert [window.first for window in found[0].frames[0].windows] == [True, False]


def test_a_line_lies_behind_its_place_on_its_sheet(tile):
    tiles = [tile("bild-001.jpg", 1280, 4000)]
    line = Line(128, 3900, 400, 20, "Välkomna")

    found = sheets.of_page(tiles, [Page("bild-001.jpg", 1280, 4000, (line,))])

    blocks = [sheet.frames[0].blocks for sheet in found]
    assert [len(each) for each in blocks] == [0, 0, 1]
    above = sum(lengths(sheet.frames[0].style)["height"] for sheet in found[:2])
    assert lengths(blocks[2][0].style)["top"] == pytest.approx(3900 * 174 / 1280 - above, abs=0.1)
    assert lengths(blocks[2][0].style)["left"] == pytest.approx(17.4, abs=0.1)


def test_a_line_of_a_later_tile_lies_below_the_tiles_before_it(tile):
    tiles = [tile("bild-001.jpg", 1280, 900), tile("bild-002.jpg", 1280, 900)]
    pages = [Page("bild-002.jpg", 1280, 900, (Line(0, 0, 400, 20, "Hej"),))]

    (sheet,) = sheets.of_page(tiles, pages)

    assert lengths(sheet.frames[0].blocks[0].style)["top"] == pytest.approx(900 * 174 / 1280, abs=0.1)


def test_lines_that_follow_one_another_are_one_paragraph(tile):
    lines = (Line(10, 10, 300, 20, "Ett"), Line(10, 40, 310, 20, "Två"), Line(500, 40, 90, 20, "Gilla"))

    (sheet,) = sheets.of_page([tile("bild-001.jpg", 1280, 900)], [Page("bild-001.jpg", 1280, 900, lines)])

    assert [block.text for block in sheet.frames[0].blocks] == ["Ett\nTvå", "Gilla"]


def test_no_line_is_lost_at_a_cut(tile):
    lines = tuple(Line(10, top, 300, 25, str(top)) for top in range(0, 3970, 30))

    found = sheets.of_page([tile("bild-001.jpg", 1280, 4000)], [Page("bild-001.jpg", 1280, 4000, lines)])

    said = [text for sheet in found for block in sheet.frames[0].blocks for text in block.text.split("\n")]
    assert said == [line.text for line in lines]


@pytest.mark.parametrize(("width", "height"), [(1080, 2340), (1654, 2339), (3000, 2000)])
def test_a_picture_that_can_be_read_whole_is_not_cut(tile, width, height):
    (sheet,) = sheets.of_page([tile("bild-001.jpg", width, height)], [])

    size = lengths(sheet.frames[0].style)
    assert size["width"] <= sheets.WIDTH
    assert size["height"] <= sheets.HEIGHT
    assert size["width"] / size["height"] == pytest.approx(width / height, rel=0.01)


def test_the_phones_picture_stands_in_columns_side_by_side(tile):
    found = sheets.of_phone([tile("mobil-001.jpg", 390, 4000), tile("mobil-002.jpg", 390, 4000)])

    assert [len(sheet.frames) for sheet in found] == [3, 2]
    assert [lengths(frame.style)["left"] for frame in found[0].frames] == [0, 60, 120]
    assert all(lengths(frame.style)["height"] <= sheets.HEIGHT for sheet in found for frame in sheet.frames)
