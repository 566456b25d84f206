"""The parts of a record's page: in their order and column, and of a closed record only those that say nothing of it."""

import pytest

from archive import record_page
from archive.models import Record
from governance.models import User
from governance.panels import Panel


@pytest.fixture
def parts(monkeypatch):
    """No parts but those of the test."""
    monkeypatch.setattr(record_page, "_parts", [])


def made(*, is_open: bool) -> tuple[list[str], list[str]]:
    """Answer the templates of the wide and of the narrow column."""
    wide, narrow = record_page.parts_of(User(), Record(), is_open=is_open)
    return [panel.template for panel in wide], [panel.template for panel in narrow]


def test_parts_stand_in_their_column_in_order_and_one_without_anything_is_left_out(parts):
    record_page.part(20)(lambda user, record: Panel("second"))
    record_page.part(10)(lambda user, record: Panel("first"))
    record_page.part(15)(lambda user, record: None)
    record_page.part(30, aside=True)(lambda user, record: Panel("beside"))

    assert made(is_open=True) == (["first", "second"], ["beside"])


def test_of_a_closed_record_only_what_says_nothing_of_it_is_made(parts):
    asked = []
    record_page.part(10)(lambda user, record: asked.append("open"))
    record_page.part(20, aside=True, closed=True)(lambda user, record: Panel("marking"))

    assert made(is_open=False) == ([], ["marking"])
    assert asked == []
