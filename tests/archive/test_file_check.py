"""Is this copy the archived file? Anybody may ask; what is secret is as unknown as what was never there."""

import hashlib
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.models import Record
from archive.views import recognition
from governance.models import RoleAssignment
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
PICTURE = b"picture"
YES, NO = "Ja, filen är den arkiverade", "Vi kan inte bekräfta filen"
PAGE = "/arkiverad-fil/"


def sha256(content: bytes) -> str:
    """Answer the sum that a browser works out."""
    return hashlib.sha256(content).hexdigest()


def ask(client, content: bytes | None = None, total: str = "", page: str = PAGE) -> str:
    """Answer the page's answer to a file, or to a sum."""
    sent = {"sha256": total} | ({"file": SimpleUploadedFile("kopia.jpg", content)} if content is not None else {})
    return client.post(page, sent).content.decode()


def test_the_archived_file_is_known_by_its_bytes_or_its_sum(client, record):
    for page in (ask(client, PICTURE), ask(client, total=sha256(PICTURE)), ask(client, total=sha256(PICTURE).upper())):
        assert YES in page
        assert sha256(PICTURE) in page
        assert record.title not in page


def test_a_changed_file_is_not(client, record):
    assert NO in ask(client, PICTURE + b"\0")
    assert NO in ask(client, total=sha256(b"other"))


def test_in_english_at_its_english_address(client, record):
    page = client.get("/en/archived-file/")

    assert page.status_code == 200
    assert page.headers["Content-Language"] == "en"
    assert "no-store" in page.headers["Cache-Control"]


def test_of_what_is_marked_secret_a_visitor_learns_nothing(client, record):
    Record.objects.update(secret=True)

    assert _told(client, PICTURE) == _told(client, b"other")


def _told(client, content: bytes) -> str:
    """Answer the page without what is of this one question: its sum, and the form's token."""
    page = ask(client, total=sha256(content)).replace(sha256(content), "SUM")
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page)


def test_what_a_secret_record_shares_with_an_open_one_is_confirmed_as_the_open_ones(client, record):
    open_one = kept(SnapshotFactory(done=True))
    Record.objects.filter(pk=record.pk).update(secret=True)

    assert YES in ask(client, PICTURE)
    Record.objects.filter(pk=open_one.pk).update(secret=True)
    assert NO in ask(client, PICTURE)


def test_a_short_text_that_could_be_guessed_is_not_confirmed_to_a_visitor(client, record, signed_in, unit):
    text = "Hej på er".encode()

    assert NO in ask(client, text)
    assert YES in ask(signed_in(person("registrar", unit)), text)


def test_whoever_may_see_the_record_learns_which_it_is(signed_in, record, unit):
    page = ask(signed_in(person("registrar", unit)), PICTURE)

    assert YES in page
    assert record.get_absolute_url() in page
    assert record.title in page


@pytest.mark.parametrize(("secrecy", "sees"), [(True, True), (False, False)])
def test_a_secret_record_is_told_of_only_behind_the_second_gate(signed_in, record, unit, secrecy, sees):
    Record.objects.update(secret=True)
    registrar = person("registrar", unit)
    RoleAssignment.objects.filter(user=registrar).update(secrecy=secrecy)

    page = ask(signed_in(registrar), PICTURE)

    assert (YES in page, record.title in page) == (sees, sees)


def test_a_registrar_elsewhere_is_a_visitor_like_any_other(signed_in, record):
    page = ask(signed_in(person("registrar", UnitFactory())), PICTURE)

    assert YES in page
    assert record.title not in page


@pytest.mark.parametrize(
    ("content", "total", "words"), [(None, "", "Välj filen"), (None, "x", "64 tecken"), (b"", "", "tom")]
)
def test_what_is_missing_or_wrong_is_said(client, content, total, words):
    page = ask(client, content, total)

    assert words in page
    assert YES not in page
    assert NO not in page


def test_a_file_that_is_too_large_is_thrown_away_and_said_to_be(client, record, monkeypatch):
    monkeypatch.setattr(recognition.show, "max_upload", 5)

    page = ask(client, PICTURE)

    assert "Filen är för stor" in page
    assert YES not in page


def test_nothing_of_what_is_sent_is_kept(client, record, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "sent"

    ask(client, b"x" * 5_000_000)

    assert not (tmp_path / "sent").exists()


def test_one_visitor_asks_so_often_and_no_oftener(client, record):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        answers = [client.post(PAGE, {"sha256": sha256(PICTURE)}).status_code for _time in range(21)]

    assert (answers[:20], answers[20]) == ([200] * 20, 429)


def test_the_page_is_found_from_every_page(client, db):
    assert PAGE in client.get(reverse("accounts:public-list")).content.decode()


def test_the_browser_works_out_the_sum_where_it_can(client, db):
    page = client.get(PAGE).content.decode()

    assert "data-hash-file" in page
    assert "js/hash.js" in page
