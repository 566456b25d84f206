"""A draft that saves itself: what makes sense is kept, the rest is named, and nobody writes over anybody."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.forms import PlanForm
from accounts.models import ActivityPlan
from accounts.plans import drafts
from governance.models import AuditEvent
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.test_plan_form import TYPED, as_posted, edit_url
from tests.factories import UserFactory


def url(plan: ActivityPlan) -> str:
    return reverse("accounts:plan-autosave", args=[plan.pk])


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, plan: ActivityPlan, **typed) -> dict:
    response = client.post(url(plan), {"revision": ActivityPlan.objects.get(pk=plan.pk).revision, **typed})
    return {"status": response.status_code, **json.loads(response.content)}


@pytest.mark.parametrize("name", TYPED)
def test_every_field_is_saved_by_itself_as_by_the_button(gullspang, name):
    plan = factories.begun(gullspang)
    typed, kept = TYPED[name]

    answer = sent(client_of(gullspang.proposer), plan, **{name: typed})

    plan.refresh_from_db()
    assert answer["status"] == 200
    assert getattr(plan, name) == kept
    assert (answer["revision"], answer["problems"]) == (plan.revision, [])


def test_what_makes_sense_is_saved_and_the_rest_is_named_and_keeps_what_was_saved_before(gullspang):
    plan = factories.written(gullspang)
    administrators = list(plan.duties.filter(kind="administrator").values_list("person", flat=True))
    data = as_posted(PlanForm(plan=plan)) | {
        "purpose": "Ett nytt syfte",
        "hours_per_week": "många",
        "administrator-1-person": "Ingen Alls",
        "goal-0-follow_up_on": "snart",
    }

    answer = sent(client_of(gullspang.proposer), plan, **data)

    plan.refresh_from_db()
    assert plan.purpose == "Ett nytt syfte"
    assert plan.hours_per_week == 4
    assert list(plan.duties.filter(kind="administrator").values_list("person", flat=True)) == administrators
    assert plan.goals.get().text == "Fler lån"
    assert {problem["id"] for problem in answer["problems"]} == {
        "id_hours_per_week",
        "id_administrator-1-person",
        "id_goal-0-follow_up_on",
    }
    assert all(problem["label"] and problem["text"] for problem in answer["problems"])


def test_the_answer_says_when_and_what_was_filled_in_by_itself(gullspang, time_machine):
    time_machine.move_to("2026-11-20 14:03", tick=False)
    plan = factories.begun(gullspang)
    person = gullspang.staff[0]

    answer = sent(
        client_of(gullspang.proposer),
        plan,
        **{"administrator-2-person": person.email, "goal-1-text": "Fler lån", "terms_of_use": "Lästa"},
    )

    assert answer["saved"] == "Sparat 14.03"
    assert answer["values"]["administrator-2-email"] == person.email
    assert answer["values"]["goal-1-series"] == str(plan.goals.get().series)
    assert answer["values"]["terms_of_use_on"] == "2026-11-20"
    assert gullspang.proposer.email in answer["values"]["terms_of_use_by"]


def test_saving_the_same_page_again_changes_nothing(gullspang):
    plan = factories.written(gullspang)
    client = client_of(gullspang.proposer)
    before = list(plan.duties.values_list("pk")), list(plan.goals.values_list("pk"))

    sent(client, plan, **as_posted(PlanForm(plan=plan)))

    assert (list(plan.duties.values_list("pk")), list(plan.goals.values_list("pk"))) == before


def test_a_sitting_is_one_event_in_the_log(gullspang, time_machine):
    plan = factories.begun(gullspang)
    client = client_of(gullspang.proposer)
    events = AuditEvent.objects.filter(action="activityplan.draft", object_id=plan.pk)

    for purpose in ("a", "ab", "abc"):
        sent(client, plan, purpose=purpose)
    assert events.count() == 1

    sent(client_of(gullspang.officer), plan, purpose="abcd")
    assert events.count() == 2


def test_who_saves_after_somebody_else_is_told_who_and_when_and_saves_nothing(gullspang, time_machine):
    time_machine.move_to("2026-11-20 14:03", tick=False)
    plan = factories.begun(gullspang)
    drafts.save(plan, by=gullspang.officer, fields={"purpose": "Hennes"}, people={})

    response = client_of(gullspang.proposer).post(url(plan), {"revision": 0, "purpose": "Mitt"})

    plan.refresh_from_db()
    assert response.status_code == 409
    assert "Kommunikatören sparade planen klockan 14.03" in json.loads(response.content)["refused"]
    assert plan.purpose == "Hennes"


def test_the_button_keeps_the_same_guard_shows_both_texts_and_saves_when_asked_again(gullspang):
    plan = factories.begun(gullspang)
    drafts.save(plan, by=gullspang.officer, fields={"purpose": "Hennes text", "mission": "Lika"}, people={})
    client = client_of(gullspang.proposer)

    response = client.post(edit_url(plan), {"revision": 0, "purpose": "Min text", "mission": "Lika", "watch_days": "7"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Kommunikatören sparade planen" in page
    assert "Hennes text" in page
    assert {both.label: (both.saved, both.typed) for both in response.context["both"]}.items() >= {
        ("Dagar då kontot bevakas", ("måndag–fredag och söndag", "söndag"))
    }
    assert "Lika" not in [both.typed for both in response.context["both"]]
    again = as_posted(response.context["form"])
    assert again["purpose"] == "Min text"
    assert client.post(edit_url(plan), again).status_code == 302
    plan.refresh_from_db()
    assert plan.purpose == "Min text"


def test_a_field_that_only_the_other_one_changed_takes_what_was_saved(gullspang):
    plan = factories.written(gullspang)
    client = client_of(gullspang.proposer)
    page = client.get(edit_url(plan))
    mine = as_posted(page.context["form"]) | {"opened": page.context["opened"], "purpose": "Min text"}
    drafts.save(
        plan,
        by=gullspang.officer,
        fields={"mission": "Hennes uppdrag", "watch_days": [7], "hours_per_week": 9, "watch_on_holidays": True},
        people={},
    )

    response = client.post(edit_url(plan), mine)

    assert [both.typed for both in response.context["both"]] == ["Min text"]
    again = as_posted(response.context["form"])
    assert client.post(edit_url(plan), again).status_code == 302
    plan.refresh_from_db()
    assert (plan.purpose, plan.mission, plan.watch_days) == ("Min text", "Hennes uppdrag", [7])
    assert (plan.hours_per_week, plan.watch_on_holidays) == (9, True)


@pytest.mark.parametrize("opened", ["", "{", "[]", "null", '{"purpose": 1}'])
def test_a_page_that_remembers_nonsense_shows_both_all_the_same(gullspang, opened):
    plan = factories.begun(gullspang)
    drafts.save(plan, by=gullspang.officer, fields={"purpose": "Hennes"}, people={})

    data = {"revision": 0, "purpose": "Mitt", "opened": opened}
    response = client_of(gullspang.proposer).post(edit_url(plan), data)

    assert ("Hennes", "Mitt") in [(both.saved, both.typed) for both in response.context["both"]]


def test_a_row_that_somebody_else_added_is_seen_by_the_second_writer(gullspang):
    plan = factories.begun(gullspang)
    new = UserFactory(name="Tillagd")
    drafts.save(plan, by=gullspang.officer, fields={}, people={"deputy": [(new, "", "")]})

    response = client_of(gullspang.proposer).post(edit_url(plan), {"revision": 0, "purpose": "Mitt"})

    assert "Tillagd" in [both.saved.split(" (")[0] for both in response.context["both"]]


def test_one_who_writes_in_two_windows_is_told_that_it_was_the_same_person(gullspang):
    plan = factories.begun(gullspang)
    drafts.save(plan, by=gullspang.proposer, fields={"purpose": "Här"}, people={})

    response = client_of(gullspang.proposer).post(url(plan), {"revision": 0, "purpose": "Där"})

    assert "Du sparade själv" in json.loads(response.content)["refused"]


def test_what_is_typed_when_the_plan_was_just_submitted_stays_on_the_page(gullspang):
    plan = factories.written(gullspang)
    perform(plan, "submit", by=gullspang.officer)
    client = client_of(gullspang.proposer)

    page = client.post(edit_url(plan), {"purpose": "En lång text som ingen vill skriva om"})

    assert "En lång text som ingen vill skriva om" in page.content.decode()
    assert "Ta tillbaka den först" in page.content.decode()
    assert client.post(url(plan), {"purpose": "x"}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("outsider", 404), ("registrar", 403)])
def test_only_who_may_write_the_plan_saves_it(gullspang, who, status):
    plan = factories.begun(gullspang)

    assert client_of(getattr(gullspang, who)).post(url(plan), {"purpose": "x"}).status_code == status


def test_looking_at_the_address_saves_nothing(gullspang):
    assert client_of(gullspang.proposer).get(url(factories.begun(gullspang))).status_code == 405


def test_the_page_says_where_it_saves_itself_and_when_it_was_saved(gullspang):
    plan = factories.written(gullspang)

    page = client_of(gullspang.proposer).get(edit_url(plan)).content.decode()

    assert f'data-autosave="{url(plan)}"' in page
    assert "Senast sparat" in page
    assert 'role="status"' in page
