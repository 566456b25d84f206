"""Fewer people than the policy demands is a finding that names who must act (R-PLAN-2): each policy, each state."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import duties
from accounts.models import Account, ActivityPlan, Duty
from governance import clock, people, rules
from governance.models import Finding, RoleAssignment
from tests.accounts import factories
from tests.accounts.factories import FIVE

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def monday(time_machine):
    """A moment that stands still."""
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


def found(account: Account) -> list[Finding]:
    rules.evaluate(account)
    subject = {"subject_type": account._meta.label_lower, "subject_id": account.pk}
    return list(Finding.objects.filter(rule="PLAN-2", **subject).order_by("key"))


def demanded(account: Account) -> set[str]:
    plan = account.plans.first()
    return {rule.kind for rule in plan.rules.duties if rule.minimum}


@pytest.mark.parametrize("key", FIVE)
def test_nobody_left_is_a_finding_for_every_duty_the_policy_demands(key):
    town = factories.town(key)
    account = factories.opened(town)
    assert found(account) == []
    for duty in account.duties.in_force().filter(valid_to=None).select_related("person"):
        people.deactivate(duty.person, by=None)

    late = found(account)

    assert {finding.key for finding in late} == demanded(account)
    for finding in late:
        assert set(finding.responsible.all()) == {town.manager}
        assert finding.state(clock.now()) == Finding.State.BREACHED


@pytest.mark.parametrize("status", ["active", "paused", "closing"])
def test_an_account_that_runs_is_held_to_it_whether_paused_or_closing(town, status):
    account = factories.opened(town)
    account.duties.update(valid_to=clock.today())
    _stand(account, status)

    assert found(account) != []


def test_an_account_that_does_not_run_is_not_held_to_it(town):
    account = factories.opened(town)
    account.duties.update(valid_to=clock.today())
    _stand(account, "lost")

    assert found(account) == []


@pytest.mark.parametrize("key", FIVE)
def test_an_inherited_account_without_a_plan_is_held_to_the_policy_in_force(key):
    town = factories.town(key)
    plan = factories.begun(town)
    account = plan.account
    Duty.objects.filter(account=account).update(valid_to=clock.today())
    Account.objects.filter(pk=account.pk).update(
        address="https://www.facebook.com/arvet", opened_at=clock.now(), plan_due_on=clock.today()
    )
    Account.objects.filter(pk=account.pk).update(status="approved")
    Account.objects.filter(pk=account.pk).update(status="active")
    account.refresh_from_db()
    assert {finding.key for finding in found(account)} == demanded(account)

    for kind, named in factories.team(plan, town.staff).items():
        for person, _email, _phone in named:
            Duty.objects.create(account=account, person=person, kind=kind, valid_from=clock.today())
    duties.project(account)

    assert found(account) == []


def test_a_coming_last_day_warns_ahead_and_is_late_the_day_after(town, monday):
    account = factories.opened(town)
    last = clock.today() + timedelta(days=40)
    for user in town.staff:
        user.leaves_on = last
        user.save()

    coming = found(account)

    assert {finding.key for finding in coming} == demanded(account)
    for finding in coming:
        assert finding.state(clock.now()) == Finding.State.OK
        assert clock.local(finding.due_at).date() == last - timedelta(days=30)
        assert clock.local(finding.breached_at).date() == last + timedelta(days=1)
        assert "efter den 26 december 2026" in finding.text


def test_where_there_is_no_manager_communications_must_act_and_else_whoever_keeps_the_organisation(town):
    account = factories.opened(town)
    account.duties.update(valid_to=clock.today())
    RoleAssignment.objects.filter(role="manager").update(valid_to=clock.today() - timedelta(days=1))

    officers = set(RoleAssignment.objects.filter(role="communications_officer").values_list("user", flat=True))
    for finding in found(account):
        assert {user.pk for user in finding.responsible.all()} == officers


def test_enough_people_in_a_later_version_ends_the_finding(town):
    account = factories.opened(town)
    assert account.plans.filter(status=ActivityPlan.Status.APPROVED).exists()
    gone = account.duties.in_force().get(kind="editor")
    Duty.objects.filter(pk=gone.pk).update(valid_to=clock.today())
    assert found(account) != []

    Duty.objects.create(account=account, person=town.staff[2], kind="editor", valid_from=clock.today())

    assert found(account) == []


def _stand(account: Account, status: str) -> None:
    """Put an active account in a state that it can go to."""
    if status != "active":
        Account.objects.filter(pk=account.pk).update(status=status)
    account.refresh_from_db()
