"""Access: one query decides, for one object and for a list, by unit roles and by duties on an account."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from governance import access, clock, people
from governance.models import AuditEvent, Finding, PolicyVersion, RoleAssignment, Unit
from governance.permissions import DUTIES, PERMISSIONS, ROLES
from tests.factories import RoleFactory, UnitFactory, UserFactory, adopted, person, root

pytestmark = pytest.mark.django_db


def finding(unit: Unit) -> Finding:
    return Finding.objects.create(
        rule="TEST-1", subject_type="x", subject_id=unit.pk, unit=unit, text="x", evaluated_at=clock.now()
    )


def test_a_role_reaches_its_unit_and_all_below_and_nothing_beside():
    department, beside = UnitFactory(), UnitFactory()
    school = UnitFactory(parent=department)
    manager = person("manager", department)

    seen = access.visible(
        manager, Finding.objects.filter(pk__in=[finding(u).pk for u in (school, beside)]), "see_findings"
    )

    assert [f.unit for f in seen] == [school]


def test_a_role_does_not_reach_upwards():
    department = UnitFactory()
    manager = person("manager", department)

    assert not access.can(manager, "see_findings", finding(root()))


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(0, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)]
)
def test_a_role_holds_between_its_dates_only(starts, ends, holds):
    today = clock.today()
    role = RoleFactory(
        role="manager",
        valid_from=today + timedelta(days=starts),
        valid_to=None if ends is None else today + timedelta(days=ends),
    )

    assert access.can(role.user, "see_findings", finding(root())) is holds


def test_a_person_who_has_left_may_nothing():
    manager = person("manager")
    manager.is_active = False
    manager.save()

    assert not access.can(manager, "see_findings", finding(root()))


def test_who_is_not_signed_in_sees_nothing():
    found = finding(root())

    assert not access.can(AnonymousUser(), "see_findings", found)
    assert not access.visible(AnonymousUser(), Finding.objects.all(), "see_findings").exists()


def test_an_object_that_may_not_be_seen_is_not_there():
    stranger, found = UserFactory(), finding(root())

    with pytest.raises(Http404):
        access.get_or_deny(stranger, Finding.objects.all(), pk=found.pk)


def test_an_object_that_may_be_seen_but_not_acted_on_is_forbidden():
    auditor, found = person("auditor"), finding(root())

    with pytest.raises(PermissionDenied):
        access.get_or_deny(auditor, Finding.objects.all(), act="approve_plan", pk=found.pk)


def test_a_permission_that_is_not_in_the_catalogue_is_a_mistake_in_the_code():
    with pytest.raises(ValueError, match="unknown permission"):
        access.can(person("manager"), "fly", finding(root()))


def test_an_ended_unit_is_reached_through_its_successor():
    old, new = UnitFactory(), UnitFactory()
    school = UnitFactory(parent=old)
    old.valid_to, old.successor = clock.today() - timedelta(days=1), new
    old.save()
    manager = person("manager", new)

    assert access.can(manager, "see_findings", finding(old))
    assert access.can(manager, "see_findings", finding(school))


def test_secrecy_is_a_second_gate_after_the_first():
    found = finding(root())
    trusted = RoleFactory(role="registrar", secrecy=True).user
    registrar = person("registrar")

    assert access.may_see_secret(trusted, found)
    assert not access.may_see_secret(registrar, found)


def test_one_query_answers_for_a_list_of_any_length(django_assert_num_queries):
    manager = person("manager")
    for _ in range(20):
        finding(UnitFactory())

    with django_assert_num_queries(1):
        assert len(access.visible(manager, Finding.objects.all(), "see_findings")) == 20


def test_roles_and_duties_give_only_what_the_catalogue_knows():
    given = frozenset().union(*ROLES.values(), *DUTIES.values())

    assert given == set(PERMISSIONS)


def test_the_system_administrator_sees_no_content():
    assert ROLES["system_administrator"] == {"see_policy", "manage_organisation"}


def test_a_unit_cannot_be_deleted_and_there_is_one_root():
    from django.db import IntegrityError, InternalError, transaction

    root()
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFactory(parent=None)
    with pytest.raises(InternalError), transaction.atomic():
        UnitFactory().delete()
    assert RoleAssignment.objects.count() == 0


def test_what_belongs_to_no_unit_is_seen_by_whoever_may_see_it_anywhere():
    version = adopted()

    assert access.can(person("employee", UnitFactory()), "see_policy", version)
    assert not access.can(UserFactory(), "see_policy", version)


def test_what_belongs_to_no_unit_is_acted_on_for_the_whole_municipality_only():
    version = adopted()
    above, below = person("communications_officer"), person("communications_officer", UnitFactory())

    assert access.can(above, "adopt_policy", version)
    assert not access.can(below, "adopt_policy", version)
    assert access.holds(below, "adopt_policy")
    assert access.holds_for_all(above, "adopt_policy")
    assert not access.holds_for_all(below, "adopt_policy")
    assert not access.holds_for_all(AnonymousUser(), "adopt_policy")


def test_one_query_answers_for_what_belongs_to_no_unit_and_for_the_log(django_assert_num_queries):
    adopted()
    officer = person("communications_officer", UnitFactory())

    with django_assert_num_queries(2):
        assert not access.visible(officer, PolicyVersion.objects.all(), "adopt_policy").exists()
        assert not access.visible(officer, AuditEvent.objects.all(), "see_audit").exists()


def test_a_reader_of_the_log_sees_the_events_of_the_units_reached_and_no_others():
    department, beside = UnitFactory(), UnitFactory()
    school = UnitFactory(parent=department)
    given = [
        people.give_role(UserFactory(), role="manager", unit=unit, by=None) for unit in (department, school, beside)
    ]
    reader = person("auditor", department)

    seen = access.visible(reader, AuditEvent.objects.all(), "see_audit")

    assert {event.object_id for event in seen} == {role.pk for role in given[:2]}


def test_events_of_no_unit_and_of_units_that_are_gone_are_for_readers_of_the_whole_log():
    adopted()
    gone = AuditEvent.objects.create(
        at=clock.now(), action="unit.found", object_type="x", object_label="x", unit_id=0, personal_sha256="x"
    )
    above, below = person("auditor"), person("auditor", UnitFactory())

    assert gone in access.visible(above, AuditEvent.objects.all(), "see_audit")
    assert access.visible(above, AuditEvent.objects.all(), "see_audit").count() == AuditEvent.objects.count()
    assert not access.visible(below, AuditEvent.objects.all(), "see_audit").exists()


def test_a_permission_that_is_unknown_is_a_mistake_for_what_belongs_to_no_unit_too():
    with pytest.raises(ValueError, match="unknown permission"):
        access.can(person("manager"), "fly", adopted())
