"""Duties: what they give, from when to when, and that guardian's rows say the same."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import duties
from accounts.models import Account, AccountUserObjectPermission, Duty
from governance import access, clock
from governance.permissions import ACCOUNT_PERMISSIONS, DUTIES, NAMED_IN_DRAFT, ROLES
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import REASON

STATES = {
    "begun": lambda town: factories.begun(town).account,
    "written": lambda town: factories.written(town).account,
    "submitted": lambda town: factories.submitted(town).account,
    "approved": lambda town: factories.approved(town).account,
    "opened": factories.opened,
    "withdrawn": lambda town: factories.withdrawn(town).account,
    "recalled": lambda town: perform(factories.submitted(town), "recall", by=town.proposer, reason=REASON).account,
}


def held(user, account) -> set[str]:
    return {name for name in ACCOUNT_PERMISSIONS if access.can(user, name, account)}


@pytest.mark.parametrize("state", STATES)
def test_guardians_rows_equal_the_projection_of_the_duties(gullspang, state):
    STATES[state](gullspang)

    assert duties.differences() == (set(), set())


@pytest.mark.parametrize(
    ("state", "named", "proposer"),
    [
        ("begun", set(), DUTIES["proposer"]),
        ("written", set(), DUTIES["proposer"]),
        ("submitted", NAMED_IN_DRAFT, DUTIES["proposer"]),
        ("recalled", set(), DUTIES["proposer"]),
        ("approved", DUTIES["administrator"] | DUTIES["operator"], set()),
        ("opened", DUTIES["administrator"] | DUTIES["operator"], set()),
        ("withdrawn", set(), DUTIES["proposer"]),
    ],
)
def test_a_duty_gives_reading_and_signing_before_the_plan_is_in_force_and_all_of_it_after(
    gullspang, state, named, proposer
):
    account = STATES[state](gullspang)

    assert held(gullspang.staff[0], account) == named
    # What the proposer may as an employee anyway says nothing of the duty.
    assert held(gullspang.proposer, account) - ROLES["employee"] == proposer - ROLES["employee"]


def test_a_draft_is_not_seen_by_those_named_in_it(gullspang):
    plan = factories.written(gullspang)

    assert not access.can(gullspang.staff[0], "see_plan", plan)
    assert not access.can(gullspang.staff[0], "see_account", plan.account)


def test_a_duty_begins_when_the_plan_is_approved_and_says_who_gave_the_mission(gullspang):
    account = factories.opened(gullspang)

    begun = Duty.objects.in_force().filter(account=account)

    assert {(duty.valid_from, duty.mission_by) for duty in begun} == {(clock.today(), gullspang.manager)}
    assert account.duties.get(kind="proposer").valid_to == clock.today()


def test_a_person_who_has_left_may_nothing_on_the_account(gullspang):
    account = factories.opened(gullspang)
    leaver = gullspang.staff[0]
    leaver.is_active = False
    leaver.save()

    assert held(leaver, account) == set()


def test_the_command_says_that_all_is_well(gullspang):
    factories.opened(gullspang)
    out = StringIO()

    call_command("check_duties", stdout=out)

    assert "every permission follows from a duty" in out.getvalue()


def test_the_command_finds_and_mends_what_was_written_past_the_application(gullspang):
    account = factories.opened(gullspang)
    AccountUserObjectPermission.objects.assign_perm("watch", gullspang.outsider, account)
    AccountUserObjectPermission.objects.filter(user=gullspang.staff[0]).first().delete()

    with pytest.raises(CommandError, match="2 differences"):
        call_command("check_duties", stdout=StringIO())
    call_command("check_duties", "--mend", stdout=StringIO())

    assert duties.differences() == (set(), set())


def test_the_command_names_nobody(gullspang):
    account = factories.opened(gullspang)
    AccountUserObjectPermission.objects.assign_perm("watch", gullspang.outsider, account)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("check_duties", stdout=out)

    assert gullspang.outsider.name not in out.getvalue()
    assert f"beyond: account {account.pk}, person {gullspang.outsider.pk}, watch" in out.getvalue()


def test_every_kind_of_account_permission_is_known_to_guardian(db):
    assert {name for name, _label in Account._meta.permissions} == ACCOUNT_PERMISSIONS
