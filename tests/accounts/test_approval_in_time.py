"""Who approves when the manager is away, or lets it wait: the stand-in, and in time the next one up (R-PLAN-12)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.signatures import escalation, signing
from governance import clock, followups, rules, standing_in
from governance.models import AuditEvent, Finding, Notice, RoleAssignment
from governance.workflow import Refused
from tests.accounts import factories
from tests.accounts.factories import digest_of
from tests.factories import UserFactory, root
from tests.login import sign_in

MONDAY = datetime.fromisoformat("2026-11-16T09:00:00+01:00")
ON_TIME = datetime.fromisoformat("2026-11-23T16:59:00+01:00")  # the fifth working day, before closing
TOO_LATE = datetime.fromisoformat("2026-11-23T17:00:00+01:00")


def stands_in(town, away, unit, **changed):
    """Somebody who stands in for a manager for a month from today."""
    today = clock.today()
    facts = {"role": "manager", "unit": unit, "valid_from": today, "valid_to": today + timedelta(days=30)}
    return standing_in.stand_in(away, UserFactory(name="Ersättaren"), by=town.officer, **(facts | changed)).user


def waiting(town):
    """A plan that has waited for its approval since Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        plan = factories.submitted(town)
        followups.run_owed()
    return plan


# --- Stand-ins -------------------------------------------------------------------------------------------
def test_a_stand_in_approves_beside_the_manager_and_the_capacity_says_for_whom(town):
    stand_in = stands_in(town, town.manager, town.library)
    plan = factories.submitted(town)

    assert signing.approvers(plan) == [town.manager, stand_in]
    actions.approve_plan(plan, by=stand_in, digest=digest_of(plan))

    capacity = plan.sealed.signatures.first().capacity
    assert capacity == "Ställföreträdande närmaste chef för Bibliotekschefen, Biblioteket"


def test_a_stand_in_approves_neither_before_nor_after_the_days(town):
    stand_in = stands_in(town, town.manager, town.library, valid_from=clock.today() + timedelta(days=1))
    plan = factories.submitted(town)

    assert stand_in not in signing.approvers(plan)
    RoleAssignment.objects.filter(user=stand_in).update(
        valid_from=clock.today() - timedelta(days=9), valid_to=clock.today() - timedelta(days=1)
    )
    with pytest.raises(PermissionDenied):
        actions.approve_plan(plan, by=stand_in, digest=digest_of(plan))


def test_a_stand_in_approves_nothing_in_the_place_of_one_with_a_duty_in_the_plan(town):
    stand_in = stands_in(town, town.manager, town.library)
    plan = factories.begun(town)
    people = factories.team(plan, town.staff)
    people["editor"] = [*people["editor"], (town.manager, "", "")]
    plan = factories.submitted(town, factories.written(town, plan, people=people))

    assert signing.approvers(plan) == [town.head]
    with pytest.raises(Refused, match="närmaste chef"):
        actions.approve_plan(plan, by=stand_in, digest=digest_of(plan))


def test_a_stand_in_with_a_duty_in_the_plan_approves_nothing(town):
    stand_in = stands_in(town, town.manager, town.library)
    plan = factories.begun(town)
    people = factories.team(plan, [stand_in, *town.staff])
    plan = factories.submitted(town, factories.written(town, plan, people=people))

    assert signing.approvers(plan) == [town.manager]


def test_a_stand_in_is_told_of_what_waits(town):
    plan = factories.submitted(town)
    followups.run_owed()
    stand_in = stands_in(town, town.manager, town.library)
    followups.run_owed()

    assert Notice.objects.filter(user=stand_in, key__startswith=f"plan:{plan.pk}:").exists()


# --- One step up -----------------------------------------------------------------------------------------
def test_after_five_working_days_the_next_manager_up_may_approve_too(town):
    plan = waiting(town)

    with time_machine.travel(ON_TIME, tick=False):
        assert signing.approvers(plan) == [town.manager]
        with pytest.raises(Refused, match="närmaste chef"):
            actions.approve_plan(plan, by=town.head, digest=digest_of(plan))
    with time_machine.travel(TOO_LATE, tick=False):
        assert signing.approvers(plan) == [town.manager, town.head]
        actions.approve_plan(plan, by=town.head, digest=digest_of(plan))

    capacity = plan.sealed.signatures.first().capacity
    assert capacity == "Närmaste chef, Kulturförvaltningen, i stället för Bibliotekschefen"


def test_it_goes_one_step_and_no_further(town):
    plan = waiting(town)

    with time_machine.travel(TOO_LATE + timedelta(days=60), tick=False):
        assert town.director not in signing.approvers(plan)


def test_the_wait_begins_when_everybody_else_has_signed(gullspang):
    plan = waiting(gullspang)
    with time_machine.travel(TOO_LATE, tick=False):
        assert signing.approvers(plan) == [gullspang.manager]
        factories.signed(gullspang, plan)
        assert signing.approvers(plan) == [gullspang.manager]
    with time_machine.travel(TOO_LATE + timedelta(days=9), tick=False):
        assert signing.approvers(plan) == [gullspang.manager, gullspang.head]


def test_above_the_municipality_itself_there_is_nobody(town):
    with time_machine.travel(MONDAY, tick=False):
        plan = factories.submitted(town, factories.written(town, factories.begun(town, unit=root())))

    with time_machine.travel(TOO_LATE, tick=False):
        assert signing.approvers(plan) == [town.director]


def test_the_next_one_up_is_told_once_and_it_stands_in_the_log(town):
    plan = waiting(town)

    with time_machine.travel(ON_TIME, tick=False):
        assert escalation.pass_all_up() == 0
    with time_machine.travel(TOO_LATE, tick=False):
        assert [escalation.pass_all_up(), escalation.pass_all_up()] == [1, 0]
        followups.run_owed()

    notice = Notice.objects.get(key__contains=":up:")
    assert notice.user == town.head
    assert notice.url == reverse("accounts:plan-approve", args=[plan.pk])
    assert AuditEvent.objects.filter(action="activityplan.pass_up").count() == 1


def test_the_finding_names_the_next_one_up_too_when_it_is_late(town):
    plan = waiting(town)

    with time_machine.travel(TOO_LATE, tick=False):
        rules.evaluate_due(clock.now())
        found = Finding.objects.get(rule="PLAN-3", subject_id=plan.pk, key="approve")

    assert set(found.responsible.all()) == {town.manager, town.head}


def test_the_next_one_up_approves_on_the_page(town):
    plan = waiting(town)
    url = reverse("accounts:plan-approve", args=[plan.pk])

    with time_machine.travel(ON_TIME, tick=False):
        early = sign_in(Client(), town.head).get(url)
    with time_machine.travel(TOO_LATE, tick=False):
        late = sign_in(Client(), town.head).get(url)

    assert early.status_code == 302
    assert "i stället för Bibliotekschefen" in late.content.decode()
