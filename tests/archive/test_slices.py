"""The page's pictures cut for paper."""

import pytest
from PIL import Image, ImageDraw

from archive.papers import slices


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


def spans(paths, ratio: float = slices.SHEET_RATIO, lines=()):
    """Answer where the tiles are cut."""
    strip = slices.Strip(paths)
    return slices.cut(strip, int(strip.width * ratio), lines)


def test_the_spans_are_the_whole_page_without_gap_or_overlap(tiles):
    page, paths = tiles(1000, 1000, 330)

    found = spans(paths)

    assert [bottom for _top, bottom in found[:-1]] == [top for top, _bottom in found[1:]]
    assert (found[0][0], found[-1][1]) == (0, page.height)


def test_no_span_is_taller_than_the_paper(tiles):
    _page, paths = tiles(1000, 1000, 330)

    assert all(bottom - top <= 400 * slices.SHEET_RATIO for top, bottom in spans(paths))


def test_a_cut_lies_between_two_lines_of_text(tiles):
    page, paths = tiles(1000, 1000, 330)

    for _top, bottom in spans(paths)[:-1]:
        row = page.crop((0, bottom, 400, bottom + 1)).convert("L")
        assert row.getextrema() == (255, 255)


def test_where_the_lines_are_known_no_cut_goes_through_one_that_the_picture_does_not_show(tiles):
    _page, paths = tiles(1000, 1000, 330, lines=False)
    lines = [(top, top + 30) for top in range(0, 2330, 40)]

    for _top, bottom in spans(paths, lines=lines)[:-1]:
        assert not any(top <= bottom < end for top, end in lines)


def test_a_picture_between_the_lines_is_not_cut_where_the_page_is_quieter(tmp_path):
    page = Image.new("RGB", (400, 1000), "white")
    page.paste(Image.effect_noise((380, 80), 80).convert("RGB"), (10, 520))
    page.save(tmp_path / "bild-0.jpg", quality=95)

    (_top, bottom), *_rest = spans([tmp_path / "bild-0.jpg"], lines=[(610, 640)])

    assert 494 <= bottom <= 520


def test_a_page_without_any_quiet_place_is_cut_all_the_same(tmp_path):
    noise = Image.effect_noise((400, 2000), 80).convert("RGB")
    noise.save(tmp_path / "bild-0.jpg")

    assert spans([tmp_path / "bild-0.jpg"])[-1][1] == 2000


def test_a_page_lower_than_a_sheet_is_one_span(tiles):
    _page, paths = tiles(300)

    assert spans(paths) == [(0, 300)]


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
