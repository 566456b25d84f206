"""Lists as files: what is shown and nothing more, harmless to open, streamed, and in the log."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from governance import exporting
from governance.exporting import Column
from governance.imports.reading import read
from governance.models import AuditEvent, Finding, User
from tests.factories import UnitFactory, UserFactory, adopted, person
from tests.governance.factories import FindingFactory

WALL = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def officer(client, db):
    user = person("communications_officer", name="Kommunikatören")
    client.force_login(user)
    return user


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def table(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"), newline=""), delimiter=";"))


def workbook(response) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(body(response))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", ["person-list", "finding-list", "audit-list"])
@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_a_list_comes_as_a_file_and_the_log_says_who_fetched_it(client, officer, name, wanted):
    FindingFactory(due=True)
    response = client.get(reverse(f"governance:{name}"), {"format": wanted})

    assert response["Content-Disposition"].endswith(f'.{wanted}"')
    assert "no-store" in response["Cache-Control"]
    rows = table(response) if wanted == "csv" else workbook(response)
    assert len(rows) > 1
    event = AuditEvent.objects.get(action="list.export")
    assert (event.actor_id, event.data["format"]) == (officer.pk, wanted)
    assert event.data["count"] in (len(rows) - 1, len(rows) - 2)  # the log's own list holds the fetching too


def test_the_filter_and_the_order_hold_for_the_file(client, officer):
    for name in ("Anna Ek", "Bo Ek", "Cia Alm"):
        UserFactory(name=name)

    rows = table(client.get(reverse("governance:person-list"), {"q": " Ek", "ordning": "-namn", "format": "csv"}))

    assert [row[1] for row in rows[1:]] == ["Bo Ek", "Anna Ek"]
    assert AuditEvent.objects.get(action="list.export").data["count"] == 2


def test_nobody_fetches_more_than_the_list_shows(client, officer):
    hidden = UnitFactory(name="Skolan")
    FindingFactory(text="I skolan", unit=hidden)
    client.force_login(person("manager", UnitFactory(name="Biblioteket")))

    assert "I skolan" not in body(client.get(reverse("governance:finding-list"), {"format": "csv"})).decode()


@pytest.mark.parametrize("name", ["person-list", "audit-list"])
def test_whoever_may_not_see_the_list_gets_no_file(client, officer, name):
    client.force_login(person("employee"))

    assert client.get(reverse(f"governance:{name}"), {"format": "csv"}).status_code == 403
    assert not AuditEvent.objects.filter(action="list.export").exists()


def test_a_protected_person_is_in_the_file_by_function_only(client, officer):
    UserFactory(name="Hemlig Person", email="hemlig@k.se", phone="070-1", title="Handläggare", protected_identity=True)

    text = body(client.get(reverse("governance:person-list"), {"format": "csv"})).decode()

    assert "Handläggare" in text
    assert not any(secret in text for secret in ("Hemlig", "hemlig@k.se", "070-1"))


def test_an_unknown_format_is_the_page_as_usual(client, officer):
    response = client.get(reverse("governance:person-list"), {"format": "exe"})

    assert not response.streaming


def test_the_page_links_to_the_file_with_what_is_asked_for(client, officer):
    page = client.get(reverse("governance:person-list"), {"q": "Komm", "sida": "1"}).content.decode()

    assert "?q=Komm&amp;format=xlsx" in page


RUNS = ["=1+1", "+46 8", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("text", RUNS)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    assert exporting.harmless(text).startswith("'")
    written = b"".join(exporting.as_csv([["a"], [text]])).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written.split("\r\n", 1)[1], newline="")))[0].startswith("'")


@pytest.mark.parametrize("text", RUNS[:4])
def test_a_harmless_text_is_read_in_again_as_it_was(text):
    content = b"".join(exporting.as_csv([["Namn", "x"], [text, "y"]]))
    book = b"".join(exporting.as_xlsx({"Blad": [["Namn", "x"], [text, "y"]]}))

    assert read(content, "x.csv")[0].rows[1][1][0] == text
    assert read(book, "x.xlsx")[0].rows[1][1][0] == text


def test_no_cell_of_a_workbook_is_a_formula():
    book = load_workbook(io.BytesIO(b"".join(exporting.as_xlsx({"Blad": [["a"], ["=1+1"], ["{=1}"]]}))))

    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


def test_numbers_days_and_times_are_what_they_are():
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=WALL)
    row = [3, 1.5, date(2026, 1, 2), moment, True, None, ["a", "b"]]

    book = load_workbook(io.BytesIO(b"".join(exporting.as_xlsx({"Blad": [list("abcdefg"), row]}))))
    text = b"".join(exporting.as_csv([row])).decode("utf-8-sig")

    kept = [cell.value for cell in book.active[2]]
    assert kept[:2] + kept[3:] == [3, 1.5, datetime(2026, 7, 1, 12, 0), "Ja", None, "a, b"]
    assert text == "3;1.5;2026-01-02;2026-07-01 12:00;Ja;;a, b\r\n"


def test_what_one_sheet_cannot_hold_goes_on_in_the_next_under_the_same_heading(monkeypatch):
    monkeypatch.setattr(exporting, "ROWS_PER_SHEET", 2)

    book = load_workbook(io.BytesIO(b"".join(exporting.as_xlsx({"Blad": [["Nr"], *([n] for n in range(5))]}))))

    assert [[row[0].value for row in sheet] for sheet in book] == [["Nr", 0, 1], ["Nr", 2, 3, 4]] or [
        [row[0].value for row in sheet] for sheet in book
    ] == [["Nr", 0, 1], ["Nr", 2, 3], ["Nr", 4]]


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=3), min_size=1, max_size=5))
def test_whatever_stands_in_a_row_can_be_written(rows):
    assert b"".join(exporting.as_csv([["a"], *rows]))
    assert b"".join(exporting.as_xlsx({"Blad": [["a"], *rows]}))


@pytest.mark.django_db
def test_the_rows_are_never_all_in_memory_at_once(monkeypatch, rf):
    UserFactory.create_batch(25)
    monkeypatch.setattr(exporting, "CHUNK", 5)
    monkeypatch.setattr(exporting, "PIECE", 1)
    made: list[int] = []
    original = User.from_db.__func__

    def counting(cls, *args):
        made.append(1)
        return original(cls, *args)

    request = rf.get("/", {"format": "csv"})
    request.user = person("communications_officer")
    monkeypatch.setattr(User, "from_db", classmethod(counting))
    response = exporting.export(request, User.objects.order_by("pk"), [Column("Namn", str)], "Personer")

    pieces = iter(response.streaming_content)
    next(pieces), next(pieces)

    assert len(made) <= 10
    assert len(list(pieces)) >= 20


@pytest.mark.django_db
def test_a_long_list_takes_a_few_questions_for_each_piece(client, django_assert_max_num_queries):
    adopted()
    client.force_login(person("communications_officer"))
    FindingFactory.create_batch(40)

    response = client.get(reverse("governance:finding-list"), {"format": "csv", "lage": "alla"})
    with django_assert_max_num_queries(4):
        rows = table(response)

    assert len(rows) - 1 == Finding.objects.count()
