"""What somebody outside writes in: received with a number, taken care of by communications, answered, and emptied."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail, signing

from accounts import people
from accounts.forms.public import SALT
from accounts.models import PublicReport
from accounts.public import limits, reports
from accounts.tasks import clean_reports
from governance import clock, followups, letters, rules
from governance.models import AuditEvent, AuditPersonal, Finding, Letter, Notice
from governance.workflow import Refused, perform
from tests.accounts.public import opened
from tests.factories import person

NEW, ENGLISH, FEEDBACK = "/officiella-konton/anmal/", "/en/official-accounts/report/", "/tillganglighet/synpunkt/"
WORDS = {
    "kind": "false_account",
    "about": "facebook.com/falsk",
    "text": "De ber om pengar",
    "email": "anna@example.org",
}


def begun(seconds: float = 30) -> str:
    return signing.dumps(int(time.time() - seconds), salt=SALT)


def written(client, url: str = NEW, **changed):
    return client.post(url, {**WORDS, "begun": begun(), **changed})


@pytest.fixture
def report(town) -> PublicReport:
    """A report that nobody has looked at."""
    return reports.receive(**WORDS, language="sv")


def test_what_is_written_is_what_is_kept(town, client):
    account = opened(town, name="Biblioteket")

    response = written(client, f"{ENGLISH}?konto={account.pk}", text="They ask for money")

    kept = PublicReport.objects.get()
    assert response.status_code == 302
    assert response.url == f"/en/official-accounts/receipt/{kept.number}/?ny=1"
    assert (kept.kind, kept.about, kept.text, kept.email) == (
        *list(WORDS.values())[:2],
        "They ask for money",
        WORDS["email"],
    )
    assert (kept.language, kept.account, kept.unit.parent, kept.status) == ("en", account, None, "new")


def test_the_feedback_on_accessibility_lands_in_the_same_place(town, client):
    response = written(client, FEEDBACK)

    kept = PublicReport.objects.get()
    assert response.status_code == 302
    assert (kept.kind, kept.about, kept.text, kept.email) == ("accessibility", *list(WORDS.values())[1:])


def test_the_statement_leads_to_the_feedback(town, client):
    assert FEEDBACK in client.get("/tillganglighet/").content.decode()
    assert "/en/accessibility/feedback/" in client.get("/en/accessibility/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "Välj vad det gäller"),
        ({"kind": "accessibility"}, "Välj ett giltigt alternativ"),
        ({"text": " "}, "Berätta vad det gäller"),
        ({"about": ""}, "Skriv kontots adress eller namn"),
        ({"email": "inte en adress"}, "giltig e-postadress"),
        ({"website": "https://spam.example"}, "Töm fältet och skicka igen"),
        ({"text": "x" * 4001}, "4000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(town, client, changed, said):
    response = written(client, **changed)

    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "De ber om pengar" in page or "text" in changed
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize("begins", ["", "forged", "now", "yesterday"])
def test_a_program_is_told_to_wait_and_a_person_loses_nothing(town, client, begins):
    token = {"now": begun(0), "yesterday": begun(86400)}.get(begins, begins)

    page = written(client, begun=token).content.decode()

    assert not PublicReport.objects.exists()
    assert "De ber om pengar" in page
    again = re.search(r'name="begun" value="([^"]+)"', page)[1]
    assert begins == "now" or signing.loads(again, salt=SALT) == pytest.approx(time.time(), abs=60)


def test_whoever_writes_in_very_often_must_wait_and_keeps_the_text(town, client, monkeypatch):
    monkeypatch.setitem(limits.BOUNDS, "report", ((1, 600),))
    written(client)

    response = written(client, text="En gång till")

    assert response.status_code == 429
    assert "En gång till" in response.content.decode()
    assert PublicReport.objects.count() == 1


def test_the_number_cannot_be_guessed_and_tells_how_it_stands_but_not_what_was_written(client, report):
    other = reports.receive(**WORDS, language="sv")

    page = client.get(f"/officiella-konton/kvitto/{report.number}/").content.decode()

    assert re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}", report.number)
    assert other.number != report.number
    assert "Ny" in page
    assert not [words for words in list(WORDS.values())[1:] if words in page]
    assert client.get("/officiella-konton/kvitto/2222-2222-2222-2222/").status_code == 404


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_one_finds_the_matter_by_its_number_however_it_is_typed(client, report, typed):
    number = typed.format(report.number, report.number.lower(), report.number.replace("-", " "))

    response = client.post("/officiella-konton/kvitto/", {"number": number})

    assert response.url == f"/officiella-konton/kvitto/{report.number}/"
    assert "Vi hittar ingen" in client.post("/officiella-konton/kvitto/", {"number": "xyz"}).content.decode()


def test_communications_is_told_without_what_was_written(town, report):
    followups.run_owed()

    notice = Notice.objects.get(kind="publicreport", user=town.officer)
    assert notice.url == f"/anmalningar/{report.pk}/"
    assert WORDS["text"] not in notice.body + notice.subject


def test_the_log_says_that_something_came_in_and_nothing_of_what(report):
    event = AuditEvent.objects.get(action="publicreport.receive")
    personal = AuditPersonal.objects.get(event_id=event.pk)

    said = f"{event.object_label} {event.data} {personal.payload}"
    assert not [words for words in list(WORDS.values())[1:] if words in said]
    assert report.number not in said


ROLES = ["manager", "employee", "registrar", "auditor", "system_administrator", "security_coordinator"]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_communications_sees_the_reports(client, report, role):
    client.force_login(person(role))

    assert client.get("/anmalningar/").status_code == 403
    assert client.get(f"/anmalningar/{report.pk}/").status_code == 404
    assert client.post(f"/anmalningar/{report.pk}/", {"text": "Svar"}).status_code == 404
    assert client.post(f"/steg/accounts.publicreport/{report.pk}/take/").status_code == 404


def test_communications_of_a_department_does_not_see_what_came_to_the_municipality(client, town, report):
    client.force_login(person("communications_officer", town.department))

    assert report.number not in client.get("/anmalningar/?lage=").content.decode()
    assert client.get(f"/anmalningar/{report.pk}/").status_code == 404


def test_the_page_shows_what_was_written_and_what_the_register_says_of_it(town, client, report):
    client.force_login(town.officer)

    listed, page = (
        client.get("/anmalningar/").content.decode(),
        client.get(f"/anmalningar/{report.pk}/").content.decode(),
    )

    assert f"/anmalningar/{report.pk}/" in listed
    for words in list(WORDS.values())[1:]:
        assert words in page
    assert "Vad registret säger" in page


def test_an_answer_goes_by_mail_and_to_whoever_has_the_number(town, client, report):
    client.force_login(town.officer)

    client.post(f"/anmalningar/{report.pk}/", {"text": "Tack, det är anmält."}, follow=True)
    letters.deliver()

    report.refresh_from_db()
    assert (report.status, report.handler, report.answer) == ("answered", town.officer, "Tack, det är anmält.")
    [sent] = mail.outbox
    assert sent.to == [WORDS["email"]]
    assert report.number in sent.subject
    assert "Tack, det är anmält." in sent.body
    assert town.officer.name not in sent.body + sent.subject
    assert "Tack, det är anmält." in client.get(f"/officiella-konton/kvitto/{report.number}/").content.decode()


def test_without_an_address_the_answer_is_read_with_the_number_alone(town):
    report = reports.receive(**{**WORDS, "email": ""}, language="sv")

    reports.answer(report, by=town.officer, text="Svar")

    assert not Letter.objects.exists()
    assert report.answer == "Svar"


def test_the_mail_is_in_the_language_of_whoever_wrote(town):
    report = reports.receive(**WORDS, language="en")

    reports.answer(report, by=town.officer, text="Thank you")

    assert report.number in Letter.objects.get().subject


def test_an_empty_answer_is_no_answer(town, client, report):
    client.force_login(town.officer)

    assert "Skriv ett svar" in client.post(f"/anmalningar/{report.pk}/", {"text": ""}).content.decode()
    report.refresh_from_db()
    assert report.status == "new"


def test_what_one_has_answered_another_is_told(town, report):
    reports.answer(report, by=town.officer, text="Svar")

    with pytest.raises(Refused):
        reports.answer(report, by=person("communications_officer"), text="Ett annat svar")

    assert PublicReport.objects.get().answer == "Svar"


def test_it_is_taken_on_ended_with_a_reason_and_taken_up_again(town, report):
    taken = perform(report, "take", by=town.officer)
    assert (taken.status, taken.handler) == ("under_way", town.officer)

    with pytest.raises(Refused):
        perform(report, "dismiss", by=town.officer)
    ended = perform(report, "dismiss", by=town.officer, reason="Gäller en annan kommun")
    assert (ended.status, ended.ended_at is not None) == ("no_action", True)

    again = perform(report, "reopen", by=town.officer, reason="Ny uppgift")
    assert (again.status, again.ended_at) == ("under_way", None)


@time_machine.travel(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), tick=False)
def test_what_waits_is_late_after_five_working_days(town):
    report = reports.receive(**WORDS, language="sv")

    rules.evaluate(report)

    finding = Finding.objects.get(rule="REP-1")
    assert set(finding.responsible.all()) == set(people.officers(report.unit))
    assert finding.breached_at == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert (finding.basis, finding.url) == ("default", f"/anmalningar/{report.pk}/")
    reports.answer(report, by=town.officer, text="Svar")
    rules.evaluate(report)
    assert not Finding.objects.filter(rule="REP-1").exists()


def test_personal_data_goes_a_year_after_the_matter_has_ended(town, report):
    reports.answer(report, by=town.officer, text="Svar till Anna")
    letters.deliver()
    waiting = reports.receive(**WORDS, language="sv")
    assert reports.clean(clock.now() + timedelta(days=364)) == 0

    with time_machine.travel(clock.now() + timedelta(days=366)):
        clean_reports()
        clean_reports()

    report.refresh_from_db()
    waiting.refresh_from_db()
    assert (report.about, report.text, report.email, report.answer, report.status) == ("", "", "", "", "answered")
    assert (Letter.objects.get().email, Letter.objects.get().body) == ("", "")
    assert waiting.text == WORDS["text"]
    assert AuditEvent.objects.filter(action="publicreport.clean").count() == 1
    with pytest.raises(Refused):
        perform(report, "reopen", by=town.officer, reason="x")


def test_how_long_it_is_kept_is_told_where_one_writes(town, client):
    for url in (NEW, FEEDBACK):
        assert "12 månader" in client.get(url).content.decode()


def test_the_list_shows_what_is_open_and_is_narrowed(town, client, report):
    reports.answer(reports.receive(**{**WORDS, "kind": "missing"}, language="sv"), by=town.officer, text="Svar")
    client.force_login(town.officer)

    def shown(**asked) -> int:
        return len(client.get("/anmalningar/", asked).context["page"].object_list)

    assert (shown(), shown(lage=""), shown(lage="answered"), shown(slag="missing")) == (1, 2, 1, 0)
    assert (shown(q="pengar"), shown(q=report.number), shown(q="finns inte")) == (1, 1, 0)


def test_the_list_asks_the_same_number_of_questions_whatever_there_is(
    town, client, report, django_assert_max_num_queries
):
    client.force_login(town.officer)
    client.get("/anmalningar/")
    with django_assert_max_num_queries(20) as few:
        client.get("/anmalningar/")
    for _time in range(5):
        reports.receive(**WORDS, language="sv", account=opened(town, name=f"Konto{_time}"))

    with django_assert_max_num_queries(len(few)):
        client.get("/anmalningar/")
