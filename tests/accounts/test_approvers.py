"""Who approves: the nearest manager without a duty in the plan, else the next one up, else whom the policy names."""

from datetime import timedelta

import pytest

from accounts import actions
from accounts.signatures import signing
from governance import clock
from governance.models import RoleAssignment
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import digest_of, policy_with
from tests.factories import RoleFactory, UserFactory, root

FALLBACK = ('fallback_role = "not stated"', 'fallback_role = "communications_officer"')


def with_duty(town, *managers):
    """A written plan in which these people hold a duty."""
    plan = factories.begun(town)
    people = factories.team(plan, town.staff)
    editors = [*people["editor"], *((user, "", "") for user in managers)]
    return factories.written(town, plan, people={**people, "editor": editors})


def test_the_units_own_manager_approves(town):
    assert signing.approvers(factories.written(town)) == [town.manager]


def test_two_managers_of_the_unit_may_both(town):
    second = RoleFactory(role="manager", unit=town.library, user=UserFactory(name="Andra chefen")).user

    assert set(signing.approvers(factories.written(town))) == {town.manager, second}


def test_a_manager_with_a_duty_never_approves_and_the_next_one_up_does(town):
    plan = factories.submitted(town, with_duty(town, town.manager))

    with pytest.raises(Refused, match="Du har själv ett ansvar i planen"):
        actions.approve_plan(plan, by=town.manager, digest=digest_of(plan))
    actions.approve_plan(plan, by=town.head, digest=digest_of(plan))

    assert plan.sealed.signatures.first().capacity == "Närmaste chef, Kulturförvaltningen"


def test_where_both_hold_a_duty_the_municipalitys_manager_approves(town):
    plan = with_duty(town, town.manager, town.head)

    assert signing.approvers(plan) == [town.director]


def test_a_manager_above_does_not_approve_past_the_nearest(town):
    plan = factories.submitted(town)

    with pytest.raises(Refused, match="närmaste chef"):
        actions.approve_plan(plan, by=town.head, digest=digest_of(plan))


def test_where_nobody_is_left_the_plan_is_not_laid_before_its_signers(town):
    plan = with_duty(town, town.manager, town.head, town.director)

    with pytest.raises(Refused, match="ingen som kan godkänna"):
        perform(plan, "submit", by=town.proposer)


def test_where_every_manager_holds_a_duty_the_role_that_the_policy_names_approves(db, tmp_path):
    town = factories.town(policy=policy_with(tmp_path, "lekeberg", fallback=FALLBACK))
    plan = factories.submitted(town, with_duty(town, town.manager, town.head, town.director))
    officers = set(signing.approvers(plan))

    actions.approve_plan(plan, by=town.officer, digest=digest_of(plan))

    assert town.officer in officers
    assert plan.sealed.signatures.first().capacity == "Kommunikatör, Kommunen"


def test_the_role_that_the_policy_names_does_not_approve_while_a_manager_can(db, tmp_path):
    town = factories.town(policy=policy_with(tmp_path, "lekeberg", fallback=FALLBACK))
    plan = factories.submitted(town)

    with pytest.raises(Refused, match="närmaste chef"):
        actions.approve_plan(plan, by=town.officer, digest=digest_of(plan))


def test_a_manager_whose_time_has_ended_or_who_has_left_does_not_approve(town):
    plan = factories.written(town)
    RoleAssignment.objects.filter(user=town.manager).update(valid_to=clock.today() - timedelta(days=1))
    assert signing.approvers(plan) == [town.head]
    town.head.is_active = False
    town.head.save()

    assert signing.approvers(plan) == [town.director]


def test_a_municipality_wide_account_is_approved_by_the_municipalitys_manager(town):
    plan = factories.begun(town, unit=root(), kind="municipality_wide")

    assert signing.approvers(plan) == [town.director]


def test_approval_waits_until_everyone_has_signed(gullspang):
    plan = factories.submitted(gullspang)

    with pytest.raises(Refused, match="väntar på underskrift av Utsedd 0, Utsedd 1"):
        actions.approve_plan(plan, by=gullspang.manager, digest=digest_of(plan))


def test_who_has_no_place_on_the_plan_signs_nothing(gullspang):
    plan = factories.submitted(gullspang)

    with pytest.raises(Refused, match="ingen plats"):
        actions.sign_plan(plan, by=gullspang.staff[-1], digest=digest_of(plan))


def test_nobody_signs_twice(gullspang):
    plan = factories.submitted(gullspang)
    actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))

    with pytest.raises(Refused, match="ingen plats"):
        actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))
