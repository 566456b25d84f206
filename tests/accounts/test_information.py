"""What an account shows of itself: the checklist, its history, and what is to be done about it (R-INFO-1)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.information import checking, checklist
from accounts.information.checking import Said
from accounts.models import InformationAnswer
from governance import clock, rules
from governance.models import AuditEvent, Finding
from tests.accounts import factories
from tests.accounts.factories import FIVE
from tests.factories import person
from tests.login import sign_in

Answer = InformationAnswer.Answer


def url(account) -> str:
    return reverse("accounts:information-check", args=[account.pk])


def every(account, answer: str = Answer.OK, **other: Said) -> dict[str, Said]:
    return {line.key: other.get(line.key, Said(answer)) for line in checklist.lines(account)}


def findings(account) -> dict[str, Finding]:
    rules.evaluate(account)
    found = Finding.objects.filter(rule="INFO-1", account_id=account.pk)
    return {finding.key: finding for finding in found}


@pytest.mark.parametrize("key", FIVE)
def test_the_checklist_is_the_policys_own_and_the_laws(db, key):
    town = factories.town(key)
    account = factories.opened(town)

    found = [line.key for line in checklist.lines(account)]

    assert found == [item.key for item in town.policy.policy.information.all_items]
    assert found[-2:] == ["law_provider", "law_visibility"]


def test_all_items_are_saved_in_one_form_and_shown_as_they_were_said(client, db):
    town = factories.town("lidingo")
    account = factories.opened(town)
    sign_in(client, town.staff[0])
    data = {f"svar-{line.key}": "ok" for line in checklist.lines(account)}
    data |= {"svar-logo": "exempt", "skal-logo": "Ungdomar är målgruppen", "svar-purpose": "missing"}
    data |= {"svar-graphic_profile": "not_possible", "skal-graphic_profile": "Plattformen har ingen plats"}

    response = client.post(url(account), data)

    assert response.status_code == 302
    kept = {row.item: (row.answer, row.reason, row.checked_by) for row in InformationAnswer.objects.all()}
    me = town.staff[0]
    assert kept["logo"] == ("exempt", "Ungdomar är målgruppen", me)
    assert kept["graphic_profile"] == ("not_possible", "Plattformen har ingen plats", me)
    assert kept["purpose"] == ("missing", "", me)
    assert len(kept) == len(checklist.lines(account))
    form = client.get(url(account)).context["form"]
    shown = {row.line.key: (row.answer.value(), row.reason.value() if row.reason else "") for row in form.rows()}
    assert shown == {key: (answer, reason) for key, (answer, reason, _by) in kept.items()}


@pytest.mark.parametrize(
    ("item", "answer"),
    [("purpose", "not_possible"), ("purpose", "exempt"), ("logo", "not_possible"), ("law_provider", "exempt")],
)
def test_an_answer_that_the_policy_does_not_allow_is_refused(client, db, item, answer):
    town = factories.town("lekeberg")
    account = factories.opened(town)

    page = sign_in(client, town.officer).post(url(account), {f"svar-{item}": answer, f"skal-{item}": "x"})

    assert page.status_code == 200
    assert not InformationAnswer.objects.exists()


def test_an_exemption_asks_for_its_reason_and_keeps_what_was_chosen(client, db):
    town = factories.town("lidingo")
    account = factories.opened(town)

    page = sign_in(client, town.officer).post(url(account), {"svar-logo": "exempt", "svar-contact": "ok"})

    assert "Skriv varför kontot är undantaget." in page.content.decode()
    assert page.context["form"]["svar-logo"].value() == "exempt"
    assert not InformationAnswer.objects.exists()


def test_an_empty_form_is_not_a_check(client, db):
    town = factories.town("lekeberg")
    account = factories.opened(town)

    page = sign_in(client, town.officer).post(url(account), {})

    assert "Svara på minst en punkt." in page.content.decode()


def test_history_is_kept_and_the_latest_answer_counts(town):
    account = factories.opened(town)
    checking.check(account, by=town.officer, said={"logo": Said("missing")})
    checking.check(account, by=town.staff[0], said={"logo": Said("ok")})

    line = next(line for line in checklist.lines(account) if line.key == "logo")

    assert InformationAnswer.objects.filter(item="logo").count() == 2
    assert (line.answer.answer, line.answer.checked_by) == ("ok", town.staff[0])


def test_no_answer_is_ever_changed_or_taken_away(town):
    account = factories.opened(town)
    checking.check(account, by=town.officer, said={"logo": Said("ok")})

    for act in (lambda: InformationAnswer.objects.update(answer="missing"), InformationAnswer.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_check_stands_in_the_log(town):
    account = factories.opened(town)

    checking.check(account, by=town.officer, said=every(account, purpose=Said("missing")))

    event = AuditEvent.objects.filter(action="account.check_information").get()
    total = len(checklist.lines(account))
    assert event.data == {"settled": total - 1, "total": total}


def test_an_account_that_nobody_has_looked_at_is_to_be_done_and_late_after_two_weeks(town):
    account = factories.opened(town)

    found = findings(account)["check"]

    assert (found.basis, found.due_at) == ("default", account.opened_at)
    assert found.breached_at == account.opened_at + timedelta(days=14)
    assert set(found.responsible.all()) == {town.staff[0]}


def test_what_must_be_there_and_is_missing_is_a_breach_for_the_page_owner(town):
    account = factories.opened(town)
    checking.check(account, by=town.officer, said=every(account, logo=Said("missing"), purpose=Said("missing")))

    found = findings(account)

    assert found["missing-must"].clause == "Lekeberg 2.2"
    assert found["missing-must"].breached_at is not None
    assert "Kommunens logotyp" in found["missing-must"].text
    assert (found["missing-should"].strength, found["missing-should"].breached_at) == ("bör", None)
    assert found["missing-should"].clause == "Lekeberg 5.3"
    assert set(found["missing-must"].responsible.all()) == {town.staff[0]}


def test_a_breach_stands_since_it_was_first_seen(town):
    account = factories.opened(town)
    with time_machine.travel(clock.now() - timedelta(days=3), tick=False):
        checking.check(account, by=town.officer, said={"logo": Said("missing")})
        first = clock.now()
    checking.check(account, by=town.officer, said={"logo": Said("missing")})

    assert findings(account)["missing-must"].breached_at == first


def test_a_complete_checklist_is_in_order_for_a_year(town):
    account = factories.opened(town)
    checking.check(account, by=town.officer, said=every(account))

    found = findings(account)

    assert set(found) == {"check"}
    assert found["check"].due_at > clock.now() + timedelta(days=364)
    assert found["check"].breached_at is None


def test_monitoring_shows_nothing_and_is_not_asked(town):
    account = factories.opened(town)
    type(account).objects.filter(pk=account.pk).update(kind="monitoring")
    account.refresh_from_db()

    assert findings(account) == {}


@pytest.mark.parametrize(
    ("role", "reads", "checks"),
    [
        ("named", 200, 302),
        ("manager", 200, 302),
        ("officer", 200, 302),
        ("auditor", 200, 403),
        ("registrar", 200, 403),
        ("outsider", 404, 404),
        ("it", 404, 404),
    ],
)
def test_who_reads_the_checklist_and_who_answers_it(client, town, role, reads, checks):
    account = factories.opened(town)
    user = {
        "named": town.staff[0],
        "manager": town.manager,
        "officer": town.officer,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "outsider": town.outsider,
    }.get(role) or person("system_administrator")
    sign_in(client, user)

    assert client.get(url(account)).status_code == reads
    assert client.post(url(account), {"svar-logo": "ok"}).status_code == checks


def test_the_page_takes_no_more_questions_with_a_long_history(client, town):
    account = factories.opened(town)
    sign_in(client, town.officer)
    checking.check(account, by=town.officer, said=every(account))
    client.get(url(account))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url(account))
    for _turn in range(5):
        checking.check(account, by=town.staff[0], said=every(account))

    with CaptureQueriesContext(connection) as many:
        client.get(url(account))

    assert len(many) == len(few)


def test_the_accounts_page_shows_how_far_the_checklist_has_come(client, town):
    account = factories.opened(town)
    checking.check(account, by=town.officer, said=every(account, logo=Said("missing")))

    page = sign_in(client, town.officer).get(account.get_absolute_url()).content.decode()

    total = len(checklist.lines(account))
    assert f"{total - 1} av {total} punkter i ordning" in page
    assert "Kommunens logotyp" in page
