"""The website first and the terms of use: who assessed it, and when (R-PLAN-5, R-PLAN-6)."""

import json
from datetime import date

import pytest

from accounts.forms import PlanForm
from accounts.forms.people import label
from accounts.models.plan import ASSESSED
from accounts.plans import drafts
from tests.accounts import factories
from tests.accounts.test_plan_form import as_posted, edit_url
from tests.factories import UserFactory

LONG_AGO = date(2026, 1, 2)


def save(plan, by, **fields):
    return drafts.save(plan, by=by, fields=fields, people={})


@pytest.mark.parametrize("name", ASSESSED)
def test_a_text_that_is_another_is_assessed_by_its_writer_today(gullspang, name, time_machine):
    time_machine.move_to("2026-11-20 10:00")
    plan = save(factories.begun(gullspang), gullspang.proposer, **{name: "Villkoren är lästa och godtagbara"})
    assert (getattr(plan, f"{name}_by"), getattr(plan, f"{name}_on")) == (gullspang.proposer, date(2026, 11, 20))

    time_machine.move_to("2026-11-25 10:00")
    plan = save(plan, gullspang.officer, **{name: "Villkoren har ändrats sedan dess"})

    assert (getattr(plan, f"{name}_by"), getattr(plan, f"{name}_on")) == (gullspang.officer, date(2026, 11, 25))


def test_a_spelling_put_right_is_no_new_assessment(gullspang):
    plan = save(factories.begun(gullspang), gullspang.proposer, terms_of_use="Vilkoren är lästa och godtagbara")

    plan = save(plan, gullspang.officer, terms_of_use="Villkoren är lästa och godtagbara")

    assert plan.terms_of_use_by == gullspang.proposer


@pytest.mark.parametrize("name", ASSESSED)
def test_who_and_when_can_be_written_and_make_a_round_trip(gullspang, client, name):
    plan = factories.begun(gullspang)
    lawyer = UserFactory(name="Juristen")
    client.force_login(gullspang.proposer)

    client.post(edit_url(plan), {name: "Läst", f"{name}_by": lawyer.email, f"{name}_on": "2026-01-02"})

    plan.refresh_from_db()
    assert (getattr(plan, name), getattr(plan, f"{name}_by"), getattr(plan, f"{name}_on")) == ("Läst", lawyer, LONG_AGO)
    shown = as_posted(PlanForm(plan=plan))
    assert (shown[f"{name}_by"], shown[f"{name}_on"]) == (label(lawyer), "2026-01-02")
    assert "Juristen, 2 januari 2026" in client.get(plan.get_absolute_url()).content.decode()


def test_who_has_left_stays_the_one_who_assessed(gullspang, client):
    plan = save(factories.begun(gullspang), gullspang.staff[0], terms_of_use="Läst")
    gullspang.staff[0].is_active = False
    gullspang.staff[0].save()
    client.force_login(gullspang.proposer)

    response = client.post(edit_url(plan), as_posted(PlanForm(plan=plan)) | {"purpose": "Nytt"})

    plan.refresh_from_db()
    assert response.status_code == 302
    assert plan.terms_of_use_by == gullspang.staff[0]


def test_an_assessment_that_is_taken_away_was_made_by_nobody(gullspang, client):
    plan = save(factories.begun(gullspang), gullspang.proposer, terms_of_use="Läst")
    client.force_login(gullspang.proposer)

    client.post(edit_url(plan), as_posted(PlanForm(plan=plan)) | {"terms_of_use": ""})

    plan.refresh_from_db()
    assert (plan.terms_of_use, plan.terms_of_use_by, plan.terms_of_use_on) == ("", None, None)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"terms_of_use_by": "ingen@alls.example", "terms_of_use": "x"}, "Ingen person i Uppsikt"),
        ({"terms_of_use_on": "2999-01-01", "terms_of_use": "x"}, "framåt i tiden"),
        ({"terms_of_use_on": "2026-01-02"}, "Skriv bedömningen"),
    ],
)
def test_a_wrong_assessment_says_why(gullspang, client, typed, text):
    plan = factories.begun(gullspang)
    client.force_login(gullspang.proposer)

    assert text in client.post(edit_url(plan), typed).content.decode()


def test_who_and_when_are_sealed_and_printed(gullspang):
    plan = factories.submitted(gullspang)
    content = json.loads(plan.sealed.content)

    assert content["assessed_by"] == dict.fromkeys(ASSESSED, gullspang.proposer.name)
    assert content["points"]["terms_of_use_on"]
