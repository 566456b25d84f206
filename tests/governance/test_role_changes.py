"""Who must act follows the roles: given, ended or of people who have left, without waiting for the night."""

from datetime import timedelta

import pytest

from governance import clock, people, rules
from governance.followups import run_owed
from governance.models import Finding, RoleAssignment, Unit
from governance.rules import Verdict
from governance.tasks import refresh_role_dates
from tests.factories import RoleFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(monkeypatch):
    """Answer a unit over which a rule asks its managers to act."""

    def managers(unit: Unit, at) -> list[Verdict]:
        held = RoleAssignment.objects.in_force(clock.today()).filter(unit=unit, role="manager")
        return [Verdict(text="x", clause="x", url="/", due_at=at, who=[each.user for each in held])]

    monkeypatch.setattr(rules, "_rules", {})
    rules.rule("TEST-1", Unit)(managers)
    return UnitFactory()


def responsible(unit: Unit) -> set[str]:
    return {user.name for user in Finding.objects.get(subject_id=unit.pk).responsible.all()}


def test_a_new_manager_has_what_waits_at_once(unit):
    people.give_role(UserFactory(name="Ny Chef"), role="manager", unit=unit, by=None)

    run_owed()

    assert responsible(unit) == {"Ny Chef"}


def test_a_manager_whose_role_has_ended_has_it_no_more(unit):
    role = RoleFactory(role="manager", unit=unit)
    rules.evaluate(unit)
    people.end_role(role, by=None)

    run_owed()

    assert responsible(unit) == set()


def test_somebody_who_has_left_has_it_no_more(unit):
    role = RoleFactory(role="manager", unit=unit)
    rules.evaluate(unit)
    people.deactivate(role.user, by=None)

    run_owed()

    assert responsible(unit) == set()


def test_a_role_that_begins_by_its_date_is_followed_after_midnight(unit):
    rules.evaluate(unit)
    RoleFactory(role="manager", unit=unit, valid_from=clock.today(), user=UserFactory(name="Ny Chef"))

    refresh_role_dates()

    assert responsible(unit) == {"Ny Chef"}


def test_a_role_that_ended_by_its_date_is_followed_after_midnight(unit):
    role = RoleFactory(role="manager", unit=unit)
    rules.evaluate(unit)
    RoleAssignment.objects.filter(pk=role.pk).update(valid_to=clock.today() - timedelta(days=1))

    refresh_role_dates()

    assert responsible(unit) == set()
