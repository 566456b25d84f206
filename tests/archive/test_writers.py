"""Officials and citizens told apart on a record: by hand, and as the page told them apart (R-MOD-15)."""

import json

import pytest

from archive import integrity
from archive.models import Record
from governance.models import AuditEvent
from tests.archive.factories import kept
from tests.archive.uploaded import (
    page_of,
)
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_the_registrar_writes_down_who_wrote_and_each_change_is_in_the_log(signed_in):
    record, registrar = kept(), person("registrar")
    url = page_of("record-authors", record)

    for authors in ("citizen", "citizen", ""):
        assert signed_in(registrar).post(url, {"authors": authors}).status_code == 302
        record.refresh_from_db()
        assert record.authors == authors
    events = AuditEvent.objects.filter(action="record.authors").order_by("pk")
    assert [(event.data["from"], event.data["to"]) for event in events] == [("", "citizen"), ("citizen", "")]
    assert list(integrity.problems(record)) == []


def test_who_wrote_is_not_written_as_anything_else(signed_in):
    record = kept()
    signed_in(person("registrar")).post(page_of("record-authors", record), {"authors": "kungen"})

    record.refresh_from_db()
    assert record.authors == ""


@pytest.mark.parametrize(
    ("role", "status"), [("registrar", 302), ("manager", 403), ("auditor", 403), ("employee", 404)]
)
def test_who_writes_down_who_wrote(signed_in, role, status):
    record = kept()

    assert (
        signed_in(person(role)).post(page_of("record-authors", record), {"authors": "official"}).status_code == status
    )
    assert signed_in(person(role)).get(page_of("record-authors", record)).status_code == 405


def test_who_wrote_a_closed_record_is_for_whoever_may_see_secrets(signed_in):
    record = kept()
    Record.objects.filter(pk=record.pk).update(secret=True)

    response = signed_in(person("registrar")).post(page_of("record-authors", record), {"authors": "official"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "content", [b'{"items": [{"role": "official", "author": "Kommunen", "time": "i dag"}, 7]}', b"x", b"[]"]
)
def test_the_items_that_a_page_told_apart_are_shown_and_a_broken_list_is_not(signed_in, content):
    facts = {**kept().facts, "official_items": 1}
    record = kept(files={"bild-001.jpg": b"x", "text.txt": b"Hej"}, facts={**facts, **_items(content)})
    page = signed_in(person("registrar")).get(record.get_absolute_url()).content.decode()

    assert ("Kommunen" in page) is (b"Kommunen" in content)


def _items(content: bytes) -> dict:
    try:
        return dict(json.loads(content))
    except ValueError:
        return {"items": "x"}
