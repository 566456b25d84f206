"""Entering people, giving them roles, and letting them go again: each in the log, with names only where they can go."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from governance import access, audit, clock, followups, people
from governance.models import AuditEvent, AuditPersonal, Letter, Notice, RoleAssignment, User
from tests.factories import RoleFactory, UnitFactory, UserFactory, adopted, person, root

pytestmark = pytest.mark.django_db


def last_said() -> str:
    event = AuditEvent.objects.first()
    return audit.sentence(event, AuditPersonal.objects.get(event_id=event.pk))


def test_whoever_is_entered_has_one_address_which_needs_no_confirmation():
    user = people.enter(email="Anna@Kommunen.se", name="Anna Ek")

    address = EmailAddress.objects.get()
    assert (address.user, address.email) == (user, "anna@kommunen.se")
    assert address.verified and address.primary


def test_another_address_takes_the_place_of_the_first_and_is_told_without_addresses():
    officer, user = UserFactory(name="Sara Lind"), people.enter(email="anna@kommunen.se", name="Anna Ek")

    people.change_email(user, "Anna.Ek@Kommunen.se", by=officer)

    assert User.objects.get(pk=user.pk).email == user.email == "anna.ek@kommunen.se"
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("anna.ek@kommunen.se", True, True)
    assert last_said() == "Sara Lind ändrade e-postadressen för Anna Ek."
    event = AuditEvent.objects.first()
    assert "@" not in f"{event.data} {event.object_label}"


def test_another_address_is_told_at_the_old_one_and_to_the_other_officers_where_the_person_has_power():
    officer, other, keeper = (person(role) for role in (*["communications_officer"] * 2, "system_administrator"))
    ordinary = UserFactory()
    before = officer.email

    people.change_email(officer, "kapad@kommunen.se", by=keeper)
    people.change_email(ordinary, "ny@kommunen.se", by=keeper)
    followups.run_owed()

    letter = Letter.objects.get(email=before)
    assert "kapad" not in letter.body
    assert [notice.user for notice in Notice.objects.filter(kind="role")] == [other]


def test_an_address_that_somebody_has_is_refused_and_nothing_is_changed():
    people.enter(email="eva@kommunen.se", name="Eva Å")
    user = people.enter(email="anna@kommunen.se", name="Anna Ek")

    with pytest.raises(IntegrityError):
        people.change_email(user, "eva@kommunen.se", by=None)


def test_a_left_over_row_of_the_address_gives_way_to_the_person_who_has_it_now():
    other, user = UserFactory(), UserFactory(email="anna@kommunen.se")
    EmailAddress.objects.create(user=other, email="anna@kommunen.se", verified=True)
    EmailAddress.objects.create(user=user, email="gammal@kommunen.se", verified=True, primary=True)

    people.keep_address(user)

    assert [(row.user, row.email) for row in EmailAddress.objects.all()] == [(user, "anna@kommunen.se")]


@pytest.mark.parametrize(("starts", "ends"), [(-9, None), (-9, 0), (0, None), (0, 5), (3, None)])
def test_an_ended_role_holds_no_more_from_now(starts, ends):
    today = clock.today()
    role = RoleFactory(
        role="manager",
        user__name="Eva Å",
        valid_from=today + timedelta(days=starts),
        valid_to=None if ends is None else today + timedelta(days=ends),
    )

    people.end_role(role, by=None)

    assert not access.holds(role.user, "see_findings")
    assert role.valid_from <= role.valid_to < today
    assert last_said() == "Uppsikt avslutade rollen Chef, Kommunen för Eva Å."


def test_a_role_that_has_ended_is_left_as_it_is():
    long_ago = clock.today() - timedelta(days=9)
    role = RoleFactory(valid_to=long_ago)

    people.end_role(role, by=None)

    assert RoleAssignment.objects.get().valid_to == role.valid_to == long_ago
    assert not AuditEvent.objects.exists()


def test_whoever_is_deactivated_is_signed_out_at_once_and_holds_nothing(client):
    adopted()
    manager = person("manager", name="Eva Å")
    client.force_login(manager)

    people.deactivate(manager, by=None)
    people.deactivate(manager, by=None)

    assert client.get(reverse("governance:start-show")).url.startswith(reverse("account_login"))
    assert not access.holds(manager, "see_findings")
    assert last_said() == "Uppsikt avslutade inloggningen för Eva Å."
    assert AuditEvent.objects.filter(action="user.deactivate").count() == 1


def test_a_role_is_ended_from_the_terminal_on_one_unit_or_everywhere():
    user, unit = UserFactory(email="eva@kommunen.se"), UnitFactory(name="Biblioteket")
    for where in (root(), unit):
        RoleFactory(user=user, role="manager", unit=where)

    call_command("end_role", "eva@kommunen.se", role="manager", unit="Biblioteket")
    assert [role.unit for role in RoleAssignment.objects.in_force(clock.today())] == [root()]

    call_command("end_role", "Eva@kommunen.se", role="manager")
    assert not RoleAssignment.objects.in_force(clock.today()).exists()
    with pytest.raises(CommandError, match="no such role"):
        call_command("end_role", "eva@kommunen.se", role="manager")


def test_a_person_is_deactivated_from_the_terminal():
    UserFactory(email="eva@kommunen.se")

    call_command("deactivate_person", "Eva@kommunen.se")

    assert not User.objects.get().is_active
    with pytest.raises(CommandError, match="Nobody"):
        call_command("deactivate_person", "ingen@kommunen.se")


def test_an_address_is_changed_from_the_terminal():
    people.enter(email="eva@kommunen.se", name="Eva Å")
    UserFactory(email="upptagen@kommunen.se")

    call_command("change_email", "Eva@kommunen.se", "Eva.A@kommunen.se")

    assert User.objects.filter(email="eva.a@kommunen.se").exists()
    for old, new, why in [
        ("ingen@kommunen.se", "x@kommunen.se", "Nobody"),
        ("eva.a@kommunen.se", "upptagen@kommunen.se", "Somebody else"),
        ("eva.a@kommunen.se", "ingen adress", "no e-mail"),
    ]:
        with pytest.raises(CommandError, match=why):
            call_command("change_email", old, new)
