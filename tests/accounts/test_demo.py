"""The demo's register: made through the real verbs for every policy, and made once."""

import pytest

from accounts import demo
from accounts.models import Account, ActivityPlan
from governance.demo import organisation
from governance.models import AuditEvent
from tests.accounts.factories import FIVE


@pytest.mark.django_db
@pytest.mark.parametrize("key", FIVE)
def test_it_has_two_open_accounts_a_plan_that_waits_and_a_draft(key):
    organisation.load(key)

    demo.load()

    assert sorted(Account.objects.values_list("platform__key", "status")) == [
        ("instagram", "proposed"),
        ("tiktok", "proposed"),
        ("torget", "active"),
        ("torget", "active"),
    ]
    assert sorted(ActivityPlan.objects.values_list("status", flat=True)) == ["approved", "approved", "draft", "signing"]
    assert AuditEvent.objects.filter(action="activityplan.approve").count() == 2


@pytest.mark.django_db
def test_loading_it_again_changes_nothing():
    organisation.load("lekeberg")
    demo.load()
    before = AuditEvent.objects.count()

    demo.load()

    assert AuditEvent.objects.count() == before


@pytest.mark.django_db
def test_another_policy_on_the_same_data_leaves_the_accounts_as_they_are():
    organisation.load("lekeberg")
    demo.load()
    organisation.load("gullspang")

    demo.load()

    assert Account.objects.count() == 4
    assert set(ActivityPlan.objects.values_list("policy_version__key", flat=True)) == {"lekeberg"}


@pytest.mark.django_db
def test_before_a_policy_holds_only_the_platforms_are_there():
    demo.load()

    assert not Account.objects.exists()
