"""Standing in: the same role beside it, between two dates, and never more than that."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from governance import access, clock, followups, standing_in
from governance.models import AuditEvent, RoleAssignment
from governance.workflow import Refused
from tests.factories import RoleFactory, UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="Biblioteket")


@pytest.fixture
def manager(unit):
    return person("manager", unit, name="Chefen")


def given(manager, unit, **changed) -> RoleAssignment:
    today = clock.today()
    facts = {"role": "manager", "unit": unit, "valid_from": today, "valid_to": today + timedelta(days=14), "by": None}
    facts |= changed
    return standing_in.stand_in(facts.pop("for_user", manager), facts.pop("by_user", None) or UserFactory(), **facts)


def test_a_stand_in_holds_the_same_role_between_the_days(manager, unit):
    role = given(manager, unit)

    assert (role.role, role.unit, role.standing_in_for, role.secrecy) == ("manager", unit, manager, False)
    assert access.can(role.user, "manage_organisation", unit) == access.can(manager, "manage_organisation", unit)
    in_force = RoleAssignment.objects.in_force
    assert role in in_force(role.valid_to)
    assert role not in in_force(role.valid_to + timedelta(days=1))


def test_it_is_in_the_log_with_the_names_in_the_personal_part(manager, unit):
    given(manager, unit, by=person("communications_officer"))

    event = AuditEvent.objects.get(action="roleassignment.stand_in")
    assert set(event.data) == {"role", "first_day", "last_day"}
    assert "Chefen" not in event.object_label


def test_a_stand_in_may_begin_later(manager, unit):
    later = clock.today() + timedelta(days=30)

    role = given(manager, unit, valid_from=later, valid_to=later)

    assert role not in RoleAssignment.objects.in_force(clock.today())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_to": date(2020, 1, 1)}, "sista dagen"),
        ({"valid_from": clock.today() + timedelta(days=20)}, "sista dagen"),
        ({"role": "registrar"}, "har inte den rollen"),
    ],
)
def test_what_makes_no_sense_is_refused(manager, unit, changed, said):
    with pytest.raises(Refused, match=said):
        given(manager, unit, **changed)


def test_nobody_stands_in_for_oneself_nor_twice_nor_when_gone_nor_for_a_stand_in(manager, unit):
    role = given(manager, unit)
    gone = UserFactory(is_active=False)

    for facts, said in (
        ({"by_user": manager}, "sin egen"),
        ({"by_user": gone}, "har slutat"),
        ({"by_user": role.user}, "redan ersättare"),
        ({"for_user": role.user}, "har inte den rollen"),
    ):
        with pytest.raises(Refused, match=said):
            given(manager, unit, **facts)


def test_nobody_takes_a_role_with_more_power_by_standing_in(manager, unit):
    keeper = RoleFactory(role="system_administrator").user

    with pytest.raises(Refused, match="dig själv"):
        given(manager, unit, by_user=keeper, by=keeper)


def test_the_rules_are_asked_anew_about_the_unit(manager, unit):
    given(manager, unit)

    event = AuditEvent.objects.get(action="roleassignment.stand_in")
    owed = {name for name, each in followups.subscribers.items() if each.wants(event.action)}
    assert {"governance.roles", "accounts.tell"} <= owed


def test_the_list_of_stand_ins_asks_as_little_for_many_as_for_few(client, manager, unit, django_assert_max_num_queries):
    adopted()
    client.force_login(person("communications_officer"))
    url = reverse("governance:stand-in-list")
    given(manager, unit)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for _number in range(20):
        other = UnitFactory()
        given(person("manager", other), other)

    with assertNumQueries(len(few)):
        page = client.get(url)

    assert page.context["page"].paginator.count == 21
