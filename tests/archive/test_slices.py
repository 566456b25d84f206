"""The page's pictures cut for paper."""

import pytest
from PIL import Image, ImageDraw

from archive import slices


@pytest.fixture
def tiles(tmp_path):
    """Tiles of a page with lines of text at every 40 pixels, none of them at a tile's edge."""

    def make(*heights: int, lines: bool = True):
        page = Image.new("RGB", (400, sum(heights)), "white")
        draw = ImageDraw.Draw(page)
        for top in range(10, page.height - 20, 40) if lines else ():
            for left in range(10, 380, 12):
                draw.rectangle((left, top, left + 5, top + 18), fill="black")
        paths, above = [], 0
        for number, height in enumerate(heights):
            paths.append(tmp_path / f"bild-{number}.jpg")
            page.crop((0, above, 400, above + height)).save(paths[-1], quality=95)
            above += height
        return page, paths

    return make


def test_the_sheets_are_the_whole_page_without_gap_or_overlap(tiles, tmp_path):
    page, paths = tiles(1000, 1000, 330)

    cut = list(slices.cut(paths, tmp_path))

    assert sum(sheet.height for sheet in cut) == page.height
    assert {sheet.width for sheet in cut} == {400}
    assert [sheet.name for sheet in cut] == [f"blad-{n:03}.jpg" for n in range(1, len(cut) + 1)]


def test_no_sheet_is_taller_than_the_paper(tiles, tmp_path):
    _page, paths = tiles(1000, 1000, 330)

    assert all(sheet.height <= 400 * slices.SHEET_RATIO for sheet in slices.cut(paths, tmp_path))


def test_a_cut_lies_between_two_lines_of_text(tiles, tmp_path):
    page, paths = tiles(1000, 1000, 330)
    cut = list(slices.cut(paths, tmp_path))

    bottom = 0
    for sheet in cut[:-1]:
        bottom += sheet.height
        row = page.crop((0, bottom, 400, bottom + 1)).convert("L")
        assert row.getextrema() == (255, 255)


def test_a_page_without_any_quiet_place_is_cut_all_the_same(tmp_path):
    noise = Image.effect_noise((400, 2000), 80).convert("RGB")
    noise.save(tmp_path / "bild-0.jpg")

    cut = list(slices.cut([tmp_path / "bild-0.jpg"], tmp_path))

    assert sum(sheet.height for sheet in cut) == 2000


def test_a_page_lower_than_a_sheet_is_one_sheet(tiles, tmp_path):
    _page, paths = tiles(300)

    assert [sheet.height for sheet in slices.cut(paths, tmp_path)] == [300]


def test_a_thumbnail_is_the_top_of_the_page_and_small(tiles, tmp_path):
    _page, paths = tiles(1000)
    target = tmp_path / "miniatyr.jpg"

    slices.thumbnail(paths[0], target)

    with Image.open(target) as image:
        assert image.size == slices.THUMBNAIL_SIZE


def test_a_thumbnail_of_a_low_page_is_not_stretched(tiles, tmp_path):
    _page, paths = tiles(100)
    target = tmp_path / "miniatyr.jpg"

    slices.thumbnail(paths[0], target)

    with Image.open(target) as image:
        assert image.size == (640, 160)
