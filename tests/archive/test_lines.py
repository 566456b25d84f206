"""The file of a page's lines, as it is read back."""

import json

import pytest

from archive import lines
from archive.lines import Line
from tests.archive.factories import kept

WRITTEN = {
    "format": "uppsikt-lines-1",
    "pages": [{"picture": "bild-001.jpg", "width": 1280, "height": 900, "lines": [[1, 2.4, 3, 4.6, "Hej på er"]]}],
}


def test_a_page_says_its_picture_its_size_and_its_lines():
    (page,) = lines.parse(json.dumps(WRITTEN).encode())

    assert (page.picture, page.width, page.height) == ("bild-001.jpg", 1280, 900)
    assert page.lines == (Line(1, 2, 3, 5, "Hej på er"),)
    assert page.text == "Hej på er"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"format": "another"}',
        b'{"format": "uppsikt-lines-1"}',
        b'{"format": "uppsikt-lines-1", "pages": [{"picture": "a"}]}',
        b'{"format": "uppsikt-lines-1", "pages": [{"picture": "a", "width": 1, "height": 1, "lines": [[1, 2, "x"]]}]}',
        b'{"format": "uppsikt-lines-1", "pages": [{"picture": "a", "width": 1, "height": 1, "lines": [1]}]}',
        b'{"format": "uppsikt-lines-1", "pages": [{"picture": "a", "width": 1, "height": 1, "lines": [["", 1]]}]}',
        b'{"format": "uppsikt-lines-1", "pages": [{"picture": "a", "width": 1e999, "height": 1, "lines": []}]}',
    ],
)
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(ValueError):
        lines.parse(content)


@pytest.mark.django_db
def test_a_record_without_lines_or_with_damaged_ones_has_none():
    assert lines.load(kept()) == []
    assert lines.load(kept(files={"textrader.json": b"{"})) == []
    assert len(lines.load(kept(files={"textrader.json": json.dumps(WRITTEN).encode()}))) == 1
