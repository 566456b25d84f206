"""The pages about requests: who reaches which, what each form keeps, and what they ask of the database."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.disclosing import choosing
from archive.models import Disclosure
from archive.shielding import marking
from governance import holdings
from governance.models import AuditEvent
from tests.archive.disclosures import (
    PROVISION,
    SECRET,
    asked,
    in_state,
    packed,
    page_record,
    pages_of,
    review,
    with_pages,
)
from tests.archive.factories import read
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
SEE, DENIED, NO_SUCH = 200, 403, 404


def url(name: str, *args) -> str:
    return reverse(f"archive:disclosure-{name}", args=args)


@pytest.fixture
def registrar():
    return person("registrar")


@pytest.fixture
def client_of(signed_in, registrar):
    return signed_in(registrar)


@pytest.mark.parametrize(
    ("role", "sees", "handles", "decides"),
    [
        ("registrar", SEE, SEE, SEE),
        ("manager", SEE, DENIED, SEE),
        ("auditor", SEE, DENIED, DENIED),
        ("communications_officer", NO_SUCH, NO_SUCH, NO_SUCH),
        ("employee", NO_SUCH, NO_SUCH, NO_SUCH),
        ("security_coordinator", NO_SUCH, NO_SUCH, NO_SUCH),
        ("system_administrator", NO_SUCH, NO_SUCH, NO_SUCH),
    ],
)
def test_who_reaches_which_page(signed_in, role, sees, handles, decides):
    request = with_pages()
    page, chosen = pages_of(request)[0], request.chosen.get()
    client = signed_in(person(role))

    def answered(name: str, *args) -> int:
        return client.get(url(name, request.pk, *args)).status_code

    assert answered("show") == answered("preview") == answered("copy", page.pk) == sees
    assert client.get(url("list")).status_code == (SEE if sees == SEE else DENIED)
    for name in ("change", "identity", "assign", "tell", "fee", "find", "package", "hand-out", "refuse"):
        assert answered(name) == handles, name
    assert answered("choose", chosen.pk) == answered("review", page.pk) == handles
    assert answered("decide") == decides
    for name, *args in (("forget",), ("mask", page.pk), ("remove", chosen.pk)):
        answer = client.post(url(name, request.pk, *args))
        assert answer.status_code == handles or (handles == SEE and answer.status_code == 302), name


def test_a_request_of_another_unit_is_not_there(signed_in):
    request = asked()
    client = signed_in(person("registrar", UnitFactory()))

    assert client.get(request.get_absolute_url()).status_code == NO_SUCH
    assert f"nr {request.pk}" not in client.get(url("list")).content.decode()


def test_only_those_who_handle_or_decide_read_who_asked(signed_in):
    request = asked(name="Kalle Kula")

    for role, shown in (("registrar", True), ("manager", True), ("auditor", False)):
        text = signed_in(person(role)).get(request.get_absolute_url()).content.decode()
        assert ("Kalle Kula" in text) is shown, role


def test_a_new_request_keeps_each_field(client_of, registrar):
    unit = UnitFactory(name="Biblioteket")
    sent = {
        "asked_for": "Alla inlägg i maj",
        "received_at": "2026-05-20T10:15",
        "channel": "visit",
        "unit": unit.pk,
        "name": "Kalle Kula",
        "contact": "hämtar själv",
    }

    with time_machine.travel("2026-05-20T12:00+02:00", tick=False):
        answer = client_of.post(url("new"), sent)

    request = Disclosure.objects.get()
    assert answer.url == request.get_absolute_url()
    assert (request.asked_for, request.channel, request.unit) == ("Alla inlägg i maj", "visit", unit)
    assert (request.name, request.contact, request.handler) == ("Kalle Kula", "hämtar själv", registrar)
    assert request.received_at.isoformat() == "2026-05-20T08:15:00+00:00"


def test_a_request_that_has_not_come_is_refused_and_what_was_typed_stands(client_of):
    answer = client_of.post(
        url("new"), {"asked_for": "Alla inlägg", "received_at": "2999-01-01T10:00", "channel": "mail"}
    )

    text = answer.content.decode()
    assert "Tidpunkten har inte varit än." in text
    assert "Alla inlägg" in text
    assert not Disclosure.objects.exists()


def test_each_thing_noted_later_is_kept(client_of, registrar):
    request, colleague = asked(registrar), person("registrar")
    came = request.received_at.strftime("%Y-%m-%dT%H:%M")

    client_of.post(
        url("change", request.pk),
        {"asked_for": "Bara juni", "received_at": came, "channel": "phone", "name": "K", "contact": "k@example.org"},
    )
    client_of.post(url("fee", request.pk), {"fee_pages": "12", "fee_amount": "62,50", "fee_note": "Taxa 2026"})
    client_of.post(url("tell", request.pk), {"note": "Svar på onsdag"})
    client_of.post(url("assign", request.pk), {"handler": colleague.pk})

    request.refresh_from_db()
    assert (request.asked_for, request.channel, request.name, request.contact) == (
        "Bara juni",
        "phone",
        "K",
        "k@example.org",
    )
    assert (request.fee_pages, str(request.fee_amount), request.fee_note) == (12, "62.50", "Taxa 2026")
    assert request.told_at is not None
    assert request.handler == colleague


def test_the_question_who_and_why_opens_only_after_its_reason(client_of, registrar):
    request = asked(registrar)
    page = url("identity", request.pk)

    assert 'name="purpose"' not in client_of.get(page).content.decode()
    client_of.post(page, {"asked_because": "", "purpose": "en uppsats"})
    client_of.post(page, {"asked_because": "21 kap. 7 §", "purpose": "smugglat in"})
    request.refresh_from_db()
    assert (request.asked_because, request.purpose) == ("21 kap. 7 §", "")

    assert 'name="purpose"' in client_of.get(page).content.decode()
    client_of.post(page, {"asked_because": "21 kap. 7 §", "purpose": "en uppsats"})
    request.refresh_from_db()
    assert request.purpose == "en uppsats"


def test_records_are_found_and_added_from_the_request_and_from_their_own_page(client_of, registrar):
    request, first, second = asked(registrar), page_record(), page_record()

    found = client_of.get(url("find", request.pk)).content.decode()
    client_of.post(url("find", request.pk), {"handling": [first.pk]})
    shown = client_of.get(second.get_absolute_url()).content.decode()
    client_of.post(url("add", second.pk), {"begaran": request.pk})

    assert first.title in found
    assert url("add", second.pk) in shown
    assert set(request.chosen.values_list("record_id", flat=True)) == {first.pk, second.pk}


def test_a_closed_record_is_neither_offered_nor_named_nor_shown(signed_in):
    trusted = person("registrar")
    trusted.roles.update(secrecy=True)
    record = page_record(title="Hemlig titel")
    marking.mark(record, by=trusted, provision=PROVISION, authority=record.authority)
    record.refresh_from_db()
    request = asked(trusted)
    choosing.add(request, record, by=trusted)
    page, chosen = pages_of(request)[0], request.chosen.get()

    client = signed_in(person("registrar"))
    for name in ("show", "find", "preview"):
        text = client.get(url(name, request.pk)).content.decode()
        assert "Hemlig titel" not in text, name
        assert SECRET not in text, name
    assert "Sekretessmarkerad uppgift" in client.get(url("show", request.pk)).content.decode()
    for name, number in (("review", page.pk), ("copy", page.pk), ("choose", chosen.pk)):
        assert client.get(url(name, request.pk, number)).status_code == DENIED, name
    assert client.post(url("add", record.pk), {"begaran": request.pk}).status_code == DENIED
    assert "Hemlig titel" in signed_in(trusted).get(url("show", request.pk)).content.decode()


def test_a_review_keeps_each_field_and_goes_on_to_the_next_page(client_of, registrar):
    request = with_pages(2, by=registrar)
    first, second = pages_of(request)

    answer = client_of.post(
        url("review", request.pk, first.pk), {"verdict": "mask", "provision": PROVISION, "rectangles": "10 20 30 40"}
    )

    first.refresh_from_db()
    assert answer.url == url("review", request.pk, second.pk)
    assert (first.verdict, first.provision, first.rectangles) == ("mask", PROVISION, [[10, 20, 30, 40]])
    assert first.reviewed_by == registrar
    assert 'x="10" y="20" width="30" height="40"' in client_of.get(url("review", request.pk, first.pk)).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verdict": ""}, "Välj vad prövningen kom till."),
        ({"verdict": "withhold"}, "Ange vilken bestämmelse"),
        ({"verdict": "mask", "provision": PROVISION}, "Maska minst en yta"),
        ({"verdict": "hand_out", "rectangles": "1 1 9 9"}, "Sidan har maskade ytor"),
        ({"verdict": "mask", "provision": PROVISION, "rectangles": "9999 1 9 9"}, "är inte en yta på bilden"),
    ],
)
def test_a_review_that_contradicts_itself_is_refused(client_of, registrar, sent, said):
    request = with_pages(by=registrar)
    page = pages_of(request)[0]

    text = client_of.post(url("review", request.pk, page.pk), sent).content.decode()

    assert said in text
    page.refresh_from_db()
    assert page.verdict == ""


def test_words_are_masked_by_search(client_of, registrar):
    request = with_pages(2, by=registrar)
    page = pages_of(request)[0]

    missed = client_of.post(url("mask", request.pk, page.pk), {"words": "Bertil", "provision": PROVISION})
    client_of.post(url("mask", request.pk, page.pk), {"words": "cancer", "provision": PROVISION, "everywhere": "on"})

    assert "Orden finns inte i bildens text" in missed.content.decode()
    assert all(page.rectangles for page in pages_of(request))


def test_the_preview_shows_the_text_that_is_left_and_nothing_else(client_of, registrar):
    request = with_pages(by=registrar)
    review(pages_of(request)[0], "mask")

    text = client_of.get(url("preview", request.pk)).content.decode()

    assert "Välkommen in" in text
    assert SECRET not in text


def test_from_package_to_handed_out_each_step_is_logged(client_of, registrar):
    request = with_pages(by=registrar)
    review(pages_of(request)[0], "mask")

    client_of.post(url("package", request.pk), {"reasons": "Uppgiften rör någons hälsa."})
    package = packed(request)
    answer = read(client_of.get(url("download", request.pk, package.record.pk, "utlamnande.zip")))
    client_of.post(url("hand-out", request.pk), {"how": "picked_up"})

    request.refresh_from_db()
    package.refresh_from_db()
    assert answer.whole[:2] == b"PK"
    assert (request.status, request.answer_reasons) == ("handed_out", "Uppgiften rör någons hälsa.")
    assert (package.how, package.handed_by) == ("picked_up", registrar)
    logged = list(AuditEvent.objects.filter(object_id=request.pk).values_list("action", flat=True))
    for action in ("register", "add", "review", "package", "finish", "download", "hand_out"):
        assert f"disclosure.{action}" in logged


def test_only_what_belongs_to_the_request_is_downloaded_from_it(client_of, registrar):
    request, other = asked(registrar), page_record()

    assert client_of.get(url("download", request.pk, other.pk, "text.txt")).status_code == NO_SUCH


def test_a_decision_keeps_each_field(signed_in):
    request = in_state("decision", person("registrar"))
    sent = {
        "reasons": "Det står inte klart att uppgiften kan röjas.",
        "reference": "KS 2026/12",
        "delegation": "4.2",
        "court": "Kammarrätten i Sundsvall",
        "appeal": "Skriv till oss.",
    }

    answer = signed_in(person("manager")).post(url("decide", request.pk), sent)

    letter = request.letters.get()
    assert answer.status_code == 302
    assert (letter.reference, letter.delegation, letter.court) == ("KS 2026/12", "4.2", "Kammarrätten i Sundsvall")
    assert letter.record.text.text == sent["reasons"]


def test_the_handler_is_asked_about_the_own_case_and_refused_without_an_answer(signed_in):
    request = in_state("decision", handler := person("registrar"))
    sent = {"reasons": "x", "reference": "1", "delegation": "4.2", "court": "Kammarrätten i Sundsvall"}

    answer = signed_in(handler).post(url("decide", request.pk), sent)

    assert "Någon annan beslutar" in answer.content.decode()
    assert not request.letters.exists()


def test_a_list_asks_as_much_for_many_as_for_few(client_of, registrar):
    asked(registrar)
    few = _queries(client_of, url("list"))
    for _each in range(6):
        asked(person("registrar"), unit=UnitFactory())

    assert _queries(client_of, url("list")) == few


@pytest.mark.parametrize("name", ["show", "find"])
def test_a_page_asks_as_much_for_many_records_as_for_few(client_of, registrar, name):
    request = with_pages(by=registrar)
    few = _queries(client_of, url(name, request.pk))
    for _each in range(4):
        choosing.add(request, page_record(), by=registrar)

    assert _queries(client_of, url(name, request.pk)) == few


def test_the_preview_asks_as_much_for_many_pages_as_for_few(client_of, registrar):
    one, many = with_pages(1, by=registrar), with_pages(6, by=registrar)

    assert _queries(client_of, url("preview", one.pk)) == _queries(client_of, url("preview", many.pk))


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("?lage=oppna", 2), ("?lage=sena", 1), ("?lage=besvarade", 0), ("?lage=withdrawn", 1), ("?nr=0", 0)],
)
def test_the_list_is_narrowed(client_of, registrar, query, count):
    asked(registrar)
    in_state("withdrawn", registrar)
    late = asked(registrar)
    Disclosure.objects.filter(pk=late.pk).update(due_at="2026-01-02T12:00Z")

    page = client_of.get(url("list") + query).context["page"]

    assert page.paginator.count == count


def test_the_list_as_a_file_tells_nothing_of_whoever_asked(client_of, registrar):
    asked(registrar, name="Kalle Kula", contact="kalle@example.org", asked_for="Kulas hemlighet")

    text = read(client_of.get(url("list") + "?format=csv")).whole.decode()

    assert "Nummer" in text
    assert "Kula" not in text
    assert "kalle@" not in text


def _queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == SEE
    return len(captured)


def test_words_in_the_text_find_what_is_to_be_chosen(client_of, registrar):
    request, record = asked(registrar), page_record(text="Biblioteket har öppet")
    page_record(text="Badhuset är stängt")

    page = client_of.get(url("find", request.pk) + "?q=bibliotek").context["page"]

    assert list(page.object_list) == [record]


def test_a_list_of_records_leads_to_choosing_among_them(client_of, registrar, signed_in):
    page_record()
    shown = client_of.get(reverse("archive:record-list") + "?slag=snapshot").content.decode()
    none = client_of.get(url("find-for"))
    request = asked(registrar)
    one = client_of.get(url("find-for") + "?slag=snapshot")
    asked(registrar)
    several = client_of.get(url("find-for") + "?slag=snapshot").content.decode()

    assert url("find-for") + "?slag=snapshot" in shown
    assert "Ingen begäran handläggs" in none.content.decode()
    assert one.url == url("find", request.pk) + "?slag=snapshot"
    assert url("find", request.pk) + "?slag=snapshot" in several
    assert url("find-for") not in signed_in(person("auditor")).get(reverse("archive:record-list")).content.decode()


def test_what_somebody_handles_is_told_when_that_person_leaves(registrar):
    request = asked(registrar)

    assert request.get_absolute_url() in [row.url for row in holdings.of(registrar)]
