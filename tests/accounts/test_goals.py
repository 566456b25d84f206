"""Measurable goals: written in rows, sealed with the plan, followed up on their day (R-PLAN-7)."""

import json
from datetime import date

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.models import Goal, GoalFollowUp
from accounts.plans import amendment, completeness, drafts, goals
from governance import rules
from governance.models import Finding
from tests.accounts import factories
from tests.accounts.factories import GOAL
from tests.accounts.test_plan_form import edit_url

DAY = date(2027, 3, 1)


@pytest.fixture
def lidingo(db) -> factories.Town:
    return factories.town("lidingo")


def test_every_field_of_a_goals_row_makes_a_round_trip(lidingo, client):
    plan = factories.begun(lidingo)
    client.force_login(lidingo.proposer)
    row = {"text": "Fler <lån>", "measure": "Statistik", "target": "10 procent", "follow_up_on": "2027-03-01"}

    client.post(edit_url(plan), {f"goal-1-{name}": value for name, value in row.items()})

    goal = plan.goals.get()
    assert (goal.text, goal.measure, goal.target, goal.follow_up_on) == ("Fler <lån>", "Statistik", "10 procent", DAY)
    page = client.get(edit_url(plan)).content.decode()
    for shown in ("Fler &lt;lån&gt;", "Statistik", "10 procent", "2027-03-01", str(goal.series)):
        assert shown in page
    assert "Målvärde: 10 procent" in client.get(plan.get_absolute_url()).content.decode()


def test_several_goals_are_kept_in_their_order_and_an_emptied_row_goes(lidingo, client):
    plan = factories.begun(lidingo)
    client.force_login(lidingo.proposer)

    client.post(edit_url(plan), {"goal-0-text": "A", "goal-1-text": "B", "goal-2-text": "C"})
    kept = {goal.text: goal.series for goal in plan.goals.all()}
    client.post(
        edit_url(plan), {"goal-0-text": "A", "goal-0-series": kept["A"], "goal-2-text": "C", "goal-2-series": kept["C"]}
    )

    assert {goal.text: goal.series for goal in plan.goals.all()} == {"A": kept["A"], "C": kept["C"]}


def test_a_row_without_a_goal_says_so_and_the_series_of_others_is_nobodys(lidingo, client):
    plan = factories.begun(lidingo)
    other = factories.written(lidingo, factories.begun(lidingo, name="Ett annat"))
    client.force_login(lidingo.proposer)

    response = client.post(edit_url(plan), {"goal-0-measure": "Räknas"})
    assert "Skriv vad målet är." in response.content.decode()

    client.post(edit_url(plan), {"goal-0-text": "A", "goal-0-series": other.goals.get().series})
    assert plan.goals.get().series != other.goals.get().series


def test_where_goals_are_demanded_each_can_be_measured_and_has_its_day(lidingo):
    plan = factories.written(lidingo, goals=[drafts.GoalRow("Fler lån")])

    [gap] = [gap for gap in completeness.blocking(plan) if gap.key == "goals"]

    assert "1 mål saknar" in gap.text
    assert gap.origin.clause == "Lidingö, Innan du startar"
    drafts.save(plan, by=lidingo.proposer, fields={}, people={}, goals=[])
    assert "är inte ifyllt" in next(gap.text for gap in completeness.blocking(plan) if gap.key == "goals")


def test_goals_are_sealed_and_do_not_change_under_a_signature(lidingo):
    plan = factories.submitted(lidingo)
    assert json.loads(plan.sealed.content)["goals"][0]["target"] == GOAL["target"]

    for change in (
        lambda: plan.goals.update(target="mindre"),
        lambda: plan.goals.all().delete(),
        lambda: Goal.objects.create(plan=plan, text="Ett till"),
    ):
        with pytest.raises(InternalError, match="goals of a plan"), transaction.atomic():
            change()


def follow_up(plan, **changed) -> GoalFollowUp:
    facts = {"followed_up_on": DAY, "outcome": "partly", "result": "Halvvägs"}
    return goals.follow_up(plan.goals.get(), by=plan.drafted_by, **{**facts, **changed})


def findings(plan):
    rules.evaluate(plan)
    return list(Finding.objects.filter(rule="PLAN-7", subject_id=plan.pk))


def test_a_goal_is_to_be_followed_up_on_its_day_and_late_ten_working_days_after(lidingo):
    plan = factories.opened(lidingo).plans.get()

    [finding] = findings(plan)

    assert finding.due_at.date() == date(2027, 2, 28)  # midnight in Sweden, in UTC
    assert finding.breached_at.date() == date(2027, 3, 15)
    assert finding.clause == "Lidingö, Innan du startar; tidsgränsen: Uppsikts grundinställning"
    assert lidingo.staff[0] in finding.responsible.all()
    assert finding.url == reverse("accounts:goal-follow-up", args=[plan.goals.get().pk])


def test_a_goal_that_was_followed_up_is_due_again_only_where_somebody_said_so(lidingo):
    plan = factories.opened(lidingo).plans.get()
    follow_up(plan, next_on=date(2027, 9, 1))
    assert findings(plan)[0].due_at.date() == date(2027, 8, 31)

    follow_up(plan, followed_up_on=date(2027, 9, 1), outcome="reached")

    assert findings(plan) == []


def test_no_goal_is_asked_for_where_the_policy_demands_none(gullspang):
    plan = factories.opened(gullspang).plans.get()

    assert findings(plan) == []


def test_what_became_of_a_goal_is_seen_in_the_next_version_too(lidingo):
    account = factories.opened(lidingo)
    follow_up(account.plans.get(), next_on=date(2027, 9, 1))

    [standing] = goals.standings(amendment.begin(account, by=lidingo.officer))

    assert [each.result for each in standing.follow_ups] == ["Halvvägs"]
    assert standing.due_on == date(2027, 9, 1)


def test_a_follow_up_is_written_on_its_page_shown_on_the_plan_and_never_changed(lidingo, client, time_machine):
    time_machine.move_to("2027-03-02 10:00")
    plan = factories.opened(lidingo).plans.get()
    goal = plan.goals.get()
    client.force_login(lidingo.staff[0])
    typed = {"followed_up_on": "2027-03-01", "outcome": "partly", "result": "3 procent fler", "next_on": "2027-09-01"}

    response = client.post(reverse("accounts:goal-follow-up", args=[goal.pk]), typed)

    assert response.status_code == 302
    row = GoalFollowUp.objects.get()
    assert (row.followed_up_on, row.outcome, row.result, row.next_on) == (
        DAY,
        "partly",
        "3 procent fler",
        date(2027, 9, 1),
    )
    assert row.by == lidingo.staff[0]
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "3 procent fler" in page
    assert "Delvis nått" in page
    with pytest.raises(InternalError), transaction.atomic():
        GoalFollowUp.objects.update(result="annat")


@pytest.mark.parametrize(
    ("name", "typed", "text"),
    [
        ("followed_up_on", "2999-01-01", "framåt i tiden"),
        ("followed_up_on", "", "Ange dagen."),
        ("outcome", "", "Välj hur långt ni har nått."),
        ("result", "", "Skriv vad mätningen visar."),
        ("next_on", "2020-01-01", "måste ligga framåt"),
    ],
)
def test_a_wrong_follow_up_says_why_and_saves_nothing(lidingo, client, name, typed, text):
    plan = factories.opened(lidingo).plans.get()
    client.force_login(lidingo.officer)
    right = {"followed_up_on": "2026-01-01", "outcome": "reached", "result": "Bra"}

    response = client.post(reverse("accounts:goal-follow-up", args=[plan.goals.get().pk]), {**right, name: typed})

    assert text in response.content.decode()
    assert not GoalFollowUp.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("outsider", 404), ("officer", 200), ("manager", 200)])
def test_who_may_write_the_plan_follows_up_its_goals(lidingo, client, who, status):
    plan = factories.opened(lidingo).plans.get()
    client.force_login(getattr(lidingo, who))

    assert client.get(reverse("accounts:goal-follow-up", args=[plan.goals.get().pk])).status_code == status
