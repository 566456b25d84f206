"""A file's way in: looked over row by row, ticked out, in whole or not at all, forgotten in time."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from governance import clock, tasks
from governance.imports import flow, heading, kinds
from governance.imports.reading import read
from governance.models import AuditEvent, Import, ImportRow, Unit, User
from governance.workflow import Refused
from tests.factories import UnitFactory, adopted, person
from tests.governance import sheets
from tests.governance.imports import let_in, received, states, told

HEAD = ["Enhet", "Överordnad enhet", "Myndighet", "Funktionsadress"]
MIXED = [HEAD, ["Kultur", "", "", ""], ["", "", "", "x"], ["Biblioteket", "Kultur", "", ""]]


@pytest.fixture
def officer(db):
    return person("communications_officer")


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"governance:import-{name}", args=args)


def send(client, content: bytes, name: str = "enheter.csv", kind: str = "enheter"):
    return client.post(url("new", kind), {"file": SimpleUploadedFile(name, content)})


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_goes_from_the_page_to_the_register(signed_in):
    response = send(signed_in, sheets.text([HEAD, ["Kultur", "", "", "k@k.se"]], encoding="cp1252"))
    file = Import.objects.get()
    assert response.url == file.get_absolute_url()
    assert "Kultur" in signed_in.get(response.url).content.decode()

    signed_in.post(url("order", file.pk))
    assert "läses in" in signed_in.get(response.url).content.decode()
    tasks.carry_out_imports()

    assert Unit.objects.get(name="Kultur").email == "k@k.se"
    assert "Inläst" in signed_in.get(response.url).content.decode()
    assert "enheter.csv" in signed_in.get(url("list")).content.decode()


def test_nothing_goes_in_while_a_row_that_is_taken_is_wrong(officer):
    file = received("enheter", MIXED, officer)

    with pytest.raises(Refused, match="rader med fel"):
        flow.order(file, by=officer)

    assert not Unit.objects.filter(name="Kultur").exists()


def test_rows_that_are_wrong_can_be_ticked_out_and_the_rest_goes_in(signed_in, officer):
    file = received("enheter", MIXED, officer)

    signed_in.post(url("choose", file.pk), {"gor": "fel"})
    signed_in.post(url("order", file.pk))
    tasks.carry_out_imports()

    assert set(Unit.objects.filter(depth__gt=0).values_list("name", flat=True)) == {"Kultur", "Biblioteket"}


def test_what_hangs_on_a_row_that_is_ticked_out_is_wrong_until_it_is_ticked_out_too(signed_in, officer):
    file = received("enheter", MIXED, officer)

    signed_in.post(url("choose", file.pk), {"visad": ["2", "3", "4"], "rad": ["3", "4"]})
    assert states(file)[2] == "error"
    signed_in.post(url("choose", file.pk), {"gor": "fel"})

    assert not ImportRow.objects.of(file).filter(taken=True).exists()
    signed_in.post(url("choose", file.pk), {"gor": "alla"})
    assert states(file) == ["new", "error", "new"]


def test_ticks_on_a_page_leave_the_rows_of_other_pages_alone(signed_in, officer):
    file = received("enheter", [HEAD, *([f"E{n}", "", "", ""] for n in range(120))], officer)

    signed_in.post(url("choose", file.pk), {"visad": ["2", "3"], "rad": ["3"], "sida": "1", "visa": ""})

    assert list(ImportRow.objects.of(file).filter(taken=False).values_list("number", flat=True)) == [2]


def test_one_row_that_fails_on_the_way_in_takes_everything_with_it(officer, monkeypatch, caplog):
    file = flow.order(received("enheter", [HEAD, *([f"E{n}", "", "", ""] for n in range(5))], officer), by=officer)
    made = []

    def breaking(**facts):
        made.append(facts)
        if len(made) == 4:
            raise RuntimeError("the disk is full")
        return UnitFactory(name=facts["name"])

    monkeypatch.setattr("governance.organisation.add_unit", breaking)
    assert flow.carry_out_owed() == 0

    file.refresh_from_db()
    assert not Unit.objects.filter(name__startswith="E").exists()
    assert file.status == "preview"
    assert "Ingenting är inläst" in file.note
    assert AuditEvent.objects.filter(action="import.fall_back").exists()


def test_what_changed_since_the_file_was_looked_over_sends_it_back(officer):
    file = flow.order(
        received("enheter", [HEAD, ["Ny", "Kultur", "", ""], ["Kultur", "", "", ""]], officer), by=officer
    )
    ImportRow.objects.filter(file=file, number=3).update(cells=["", "", "", ""])

    assert flow.carry_out_owed() == 0

    file.refresh_from_db()
    assert (file.status, states(file)[0]) == ("preview", "error")


def test_nobody_who_has_lost_the_right_reads_in_what_was_ordered(officer):
    file = flow.order(received("enheter", [HEAD, ["Ny", "", "", ""]], officer), by=officer)
    officer.roles.update(valid_to=clock.today() - timedelta(days=1))

    flow.carry_out_owed()

    file.refresh_from_db()
    assert file.status == "preview"
    assert not Unit.objects.filter(name="Ny").exists()


def test_a_file_that_kills_its_worker_again_and_again_is_given_up(officer):
    file = flow.order(received("enheter", [HEAD, ["Ny", "", "", ""]], officer), by=officer)
    Import.objects.filter(pk=file.pk).update(attempts=flow.MAX_ATTEMPTS)

    assert flow.carry_out_owed() == 0

    file.refresh_from_db()
    assert "avbrutits" in file.note


def test_a_file_goes_in_once_however_often_it_is_asked_for(officer):
    file = let_in("enheter", [HEAD, ["Ny", "", "", ""]], officer)

    assert flow.carry_out_owed() == 0
    with pytest.raises(Refused):
        flow.order(file, by=officer)


def test_the_columns_can_be_chosen_by_hand(signed_in, officer):
    file = received("enheter", [["A", "B"], ["k@k.se", "Kultur"]], officer)
    assert "En kolumn saknas" in signed_in.get(file.get_absolute_url()).content.decode()

    wrong = signed_in.post(url("map", file.pk), {"kolumn-name": "1", "kolumn-email": "1"})
    assert "redan vald" in wrong.content.decode()
    response = signed_in.post(url("map", file.pk), {"kolumn-name": "1", "kolumn-email": "0"})

    assert response.url == file.get_absolute_url()
    row = ImportRow.objects.of(file).get()
    assert row.state == "new"
    assert 'value="1" selected' in signed_in.get(url("map", file.pk)).content.decode()


def test_another_sheet_and_row_of_headings_can_be_chosen(signed_in):
    other = [["Enheter 2026"], [], ["Enhet"], ["Skolan"]]
    send(signed_in, sheets.xlsx([["Läs mig", "x"], ["Hej", "y"]], other, names=["Info", "Data"]), "x.xlsx")
    file = Import.objects.get()

    assert (file.sheet, file.heading) == (1, 3)
    signed_in.post(f"{url('map', file.pk)}?blad=0&rad=1", {"kolumn-name": "0"})

    file.refresh_from_db()
    assert (file.sheet, file.heading, states(file)) == (0, 1, ["new"])
    assert "inga rubriker" in signed_in.get(f"{url('map', file.pk)}?blad=0&rad=77").content.decode()


@pytest.mark.parametrize("kind", ["enheter", "personer", "konton"])
@pytest.mark.parametrize("wanted", ["xlsx", "csv"])
def test_a_template_reads_back_into_itself(signed_in, kind, wanted):
    adopted()
    importer = kinds.importer(kind)
    content = body(signed_in.get(url("template", kind, wanted)))

    file = flow.receive(
        read(content, f"mall.{wanted}"), kind=importer, name="mall", by=person("communications_officer")
    )

    columns = importer.columns()
    assert file.mapping == {column.key: place for place, column in enumerate(columns)}
    line = flow.line_of(ImportRow.objects.of(file).get(), file)
    assert line.values == {column.key: str(column.example) for column in columns}


@pytest.mark.parametrize("wanted", ["xlsx", "csv"])
def test_the_rows_that_are_wrong_come_as_a_file_that_says_what_is_wrong_and_reads_back(signed_in, officer, wanted):
    file = received("enheter", [HEAD, ["Kultur", "", "", ""], ["=1+1", "Borta", "", "fel"]], officer)

    content = body(signed_in.get(url("errors", file.pk, wanted)))
    rows = read(content, f"fel.{wanted}")[0].rows

    assert rows[0][1] == [*HEAD, "Vad som är fel"]
    assert rows[1][1][:4] == ["=1+1", "Borta", "", "fel"]
    assert "Funktionsadress:" in rows[1][1][4]
    assert len(rows) == 2


def test_a_file_that_is_too_large_is_thrown_away_as_it_comes(signed_in, settings, monkeypatch):
    view = signed_in.get(url("new", "enheter")).resolver_match.func
    monkeypatch.setattr(view, "max_upload", 1000)

    response = send(signed_in, b"Enhet\n" + b"x" * 5000)

    assert "för stor" in response.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_said_so_and_nothing_is_kept(signed_in, content):
    response = send(signed_in, content, "x.xlsx")

    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Import.objects.exists()
    assert not ImportRow.objects.exists()


def test_old_files_are_forgotten_and_what_they_did_stays_in_the_history(officer, time_machine):
    waiting = received("enheter", [HEAD, ["A", "", "", ""]], officer)
    done = let_in("enheter", [HEAD, ["B", "", "", ""]], officer)

    time_machine.move_to(clock.now() + timedelta(days=15))
    tasks.forget_imports()

    waiting.refresh_from_db()
    done.refresh_from_db()
    assert not ImportRow.objects.exists()
    assert (waiting.status, done.status, done.counts["new"]) == ("discarded", "done", 1)


def test_a_file_can_be_thrown_away(signed_in, officer):
    file = received("enheter", [HEAD, ["A", "", "", ""]], officer)

    signed_in.post(url("discard", file.pk))

    file.refresh_from_db()
    assert file.status == "discarded"
    assert not file.rows.exists()
    assert "kastad" in signed_in.get(file.get_absolute_url()).content.decode()


def test_what_is_in_a_file_is_shown_as_text_and_never_run(signed_in, officer):
    file = received("enheter", [HEAD, ["<script>alert(1)</script>", "", "", ""]], officer)

    assert "<script>alert" not in signed_in.get(file.get_absolute_url()).content.decode()


PAGES = [
    ("list", ()),
    ("new", ("enheter",)),
    ("template", ("enheter", "csv")),
    ("show", (1,)),
    ("map", (1,)),
    ("errors", (1, "csv")),
]


@pytest.mark.parametrize(
    "role", ["manager", "employee", "registrar", "auditor", "system_administrator", "security_coordinator"]
)
@pytest.mark.parametrize(("name", "args"), PAGES)
def test_only_communications_reads_a_register_in(client, officer, role, name, args):
    client.force_login(person(role))

    assert client.get(url(name, *args)).status_code == 403


@pytest.mark.parametrize("name", ["choose", "order", "discard"])
def test_nobody_else_orders_and_no_get_does(client, officer, name):
    file = received("enheter", [HEAD, ["A", "", "", ""]], officer)
    client.force_login(person("auditor"))
    assert client.post(url(name, file.pk)).status_code == 403
    client.force_login(officer)
    assert client.get(url(name, file.pk)).status_code == 405


def test_an_officer_of_one_department_reads_nothing_in_for_the_whole_municipality(client, officer):
    client.force_login(person("communications_officer", UnitFactory()))

    assert client.get(url("list")).status_code == 403


def test_there_is_no_page_of_what_is_not_there(signed_in):
    for name, args in [("new", ("x",)), ("template", ("x", "csv")), ("template", ("enheter", "pdf")), ("show", (9,))]:
        assert signed_in.get(url(name, *args)).status_code == 404


def test_the_preview_asks_as_much_for_many_rows_as_for_few(signed_in, officer, django_assert_max_num_queries):
    few = received("enheter", [HEAD, ["A", "", "", ""]], officer)
    many = received("enheter", [HEAD, *([f"E{n}", "", "", "fel"] for n in range(200))], officer)
    signed_in.get(few.get_absolute_url())

    counts = []
    for file in (few, many):
        with django_assert_max_num_queries(40) as asked:
            signed_in.get(file.get_absolute_url())
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_every_row_of_the_log_about_a_file_names_no_person(officer):
    let_in("personer", [["E-post", "Namn"], ["anna@k.se", "Anna Ek"]], officer)

    events = AuditEvent.objects.filter(action__startswith="import.")
    assert events.count() == 3
    assert not any("Anna" in str(event.data) or "anna@k.se" in str(event.data) for event in events)
    assert User.objects.filter(email="anna@k.se").exists()


def test_the_page_says_where_in_the_spreadsheet_it_is_wrong(signed_in, officer):
    file = received("enheter", [HEAD, ["A", "", "", "fel"]], officer)

    page = signed_in.get(file.get_absolute_url()).content.decode()

    assert re.search(r"Funktionsadress \(D2\)", page)
    assert told(file)


def test_a_column_that_is_not_read_is_named_on_the_page(signed_in, officer):
    file = received("enheter", [[*HEAD, "Besöksadress", ""], ["Kultur", "", "", "", "Storgatan 1", ""]], officer)

    page = signed_in.get(file.get_absolute_url()).content.decode()

    assert "E: Besöksadress" in page


def test_our_own_column_of_what_is_wrong_is_never_called_unread(signed_in, officer):
    file = received("enheter", [[*HEAD, "Vad som är fel"], ["Kultur", "", "", "", "något"]], officer)

    assert "läses inte in" not in signed_in.get(file.get_absolute_url()).content.decode()


def test_rows_left_out_can_still_be_fetched_to_mend_also_when_the_rest_has_gone_in(signed_in, officer):
    file = received("enheter", [HEAD, ["Kultur", "", "", ""], ["Fel", "Borta", "", ""]], officer)
    flow.leave_errors(file, by=officer)
    fetch = url("errors", file.pk, "csv")

    assert fetch in signed_in.get(file.get_absolute_url()).content.decode()
    flow.order(file, by=officer)
    flow.carry_out_owed()

    assert fetch in signed_in.get(file.get_absolute_url()).content.decode()
    assert "Fel;Borta" in body(signed_in.get(fetch)).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("theirs", "key"),
    [("Enheterna", "name"), ("Överordnade enheter", None), ("Funktionsadresser", "email"), ("Enhetschef", None)],
)
def test_a_heading_in_the_plural_is_known_and_a_longer_word_is_another(theirs, key):
    columns = kinds.importer("enheter").columns()

    assert heading.guess([theirs], columns) == ({key: 0} if key else {})


def test_the_beginning_of_our_heading_is_enough():
    columns = (kinds.Column("deputy", "Ersättare vid frånvaro"), kinds.Column("reason", "Av andra skäl"))

    assert heading.guess(["Ersättare", "Av"], columns) == {"deputy": 0}


def test_the_list_of_files_asks_as_much_for_many_as_for_few(signed_in, officer, django_assert_max_num_queries):
    received("enheter", MIXED, officer)
    with django_assert_max_num_queries(40) as few:
        signed_in.get(url("list"))
    for number in range(10):
        received("enheter", MIXED, person("communications_officer", name=f"Kommunikatör {number}"))

    with assertNumQueries(len(few)):
        page = signed_in.get(url("list"))

    assert page.context["page"].paginator.count == 11
