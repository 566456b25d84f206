"""The demo's register: a year's life of accounts, made through the real verbs for every policy, and made once."""

from datetime import UTC, datetime

import pytest

from accounts import demo
from accounts.life import pending
from accounts.models import Account, AccountChange, ActivityPlan, Closing, Duty, Loss, PublicReport
from governance.demo import organisation
from governance.models import AuditEvent, User
from tests.accounts.factories import FIVE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", FIVE)
def test_it_shows_accounts_in_every_state_that_a_year_brings(key):
    organisation.load(key)

    demo.load()

    assert sorted(Account.objects.values_list("platform__key", "status")) == [
        ("instagram", "proposed"),
        ("tiktok", "proposed"),
        ("torget", "active"),
        ("torget", "active"),
        ("torget", "active"),
        ("torget", "closing"),
        ("torget", "closing"),
        ("torget", "lost"),
        ("torget", "paused"),
    ]
    assert AuditEvent.objects.filter(action="activityplan.approve").count() == 6
    assert ActivityPlan.objects.filter(status="signing", amends=None).count() == 1
    assert Closing.objects.going_on().count() == 2
    assert Loss.objects.going_on().get().entries.count() == 2
    assert PublicReport.objects.get().status == "new"


@pytest.mark.parametrize("key", FIVE)
def test_an_account_that_is_run_waits_for_a_signature_and_for_communications(key):
    organisation.load(key)

    demo.load()

    amended = ActivityPlan.objects.get(status="signing", amends__isnull=False)
    assert amended.amends.status == "approved"
    assert AccountChange.objects.get(status="waiting").account == amended.account
    officer = User.objects.get(email="kommunikator@kommun.example")
    assert pending.rows(officer, only_long=False, at=datetime.max.replace(tzinfo=UTC)).count() >= 3


@pytest.mark.parametrize("key", FIVE)
def test_somebody_has_left_who_still_answers_for_an_account(key):
    organisation.load(key)

    demo.load()

    [left] = User.objects.filter(is_active=False)
    assert Duty.objects.filter(person=left, valid_to=None, plan__status="approved", account__status="paused").exists()


@pytest.mark.parametrize("key", FIVE)
def test_an_inherited_account_has_somebody_who_answers_and_no_plan_in_force(key):
    organisation.load(key)

    demo.load()

    account = Account.objects.get(plan_due_on__isnull=False)
    assert account.status == "active"
    assert not account.plans.in_force().exists()
    assert Duty.objects.in_force().of_plan().filter(account=account).exists()


@pytest.mark.parametrize("day", [datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 12, 24, 8, tzinfo=UTC)])
def test_the_account_with_a_season_rests_whatever_the_day(time_machine, day):
    time_machine.move_to(day)
    organisation.load("lekeberg")

    demo.load()

    assert Account.objects.exclude(season_from="").get().status == "paused"


def test_loading_it_again_changes_nothing():
    organisation.load("lekeberg")
    demo.load()
    before = AuditEvent.objects.count()

    demo.load()

    assert AuditEvent.objects.count() == before


def test_another_policy_on_the_same_data_leaves_the_accounts_as_they_are():
    organisation.load("lekeberg")
    demo.load()
    count = Account.objects.count()
    organisation.load("gullspang")

    demo.load()

    assert Account.objects.count() == count
    assert set(ActivityPlan.objects.values_list("policy_version__key", flat=True)) == {"lekeberg"}


def test_before_a_policy_holds_only_the_platforms_are_there():
    demo.load()

    assert not Account.objects.exists()
