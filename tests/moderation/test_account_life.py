"""Oversight through an account's life: paused and closing ones are watched, closed and lost ones are not."""

from datetime import timedelta

import pytest

from accounts.life import lost, pausing
from accounts.models import Account
from governance import clock, followups
from governance.models import Finding, PolicyVersion
from governance.workflow import perform
from moderation import planning, today
from moderation.models import Round
from tests.accounts.test_lost import worked_on
from tests.factories import UserFactory, adopted, person
from tests.moderation.factories import RoundFactory, looked, watched_by

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def watcher():
    adopted()
    return UserFactory()


@pytest.fixture
def account(watcher) -> Account:
    return watched_by(watcher)


def test_a_paused_account_is_still_watched_for_others_can_comment(account, watcher):
    pausing.pause(account, by=person("communications_officer"), until=clock.today() + DAY, reason="Sommar")

    planning.plan_all(clock.now())
    looked(account, watcher)

    assert today.watched(watcher) == [account]
    assert Round.objects.coming(clock.now()).filter(account=account).exists()
    assert Finding.objects.filter(rule="OVER-1", account_id=account.pk).exists()


@pytest.mark.parametrize("step", ["report_lost"])
def test_rounds_to_come_end_with_a_loss_and_what_was_missed_stays(account, watcher, step):
    missed = RoundFactory(account=account, missed=True)
    RoundFactory(account=account)
    planning.plan_account(account, PolicyVersion.objects.current(), clock.now())
    assert Round.objects.coming(clock.now()).exists()

    perform(account, step, by=watcher, reason="Kapat")
    followups.run_owed()

    assert list(Round.objects.filter(account=account)) == [missed]
    assert today.watched(watcher) == []
    assert not Finding.objects.filter(rule__startswith="OVER", account_id=account.pk).exists()
    assert planning.plan_all(clock.now()) == 0


def test_the_rounds_of_an_account_that_is_closed_end_and_do_so_once(account, watcher):
    RoundFactory(account=account)
    version = PolicyVersion.objects.current()
    planning.plan_account(account, version, clock.now())
    closed = watched_by(watcher, status="closed", closed_at=clock.now())
    RoundFactory(account=closed)

    assert planning.end_rounds(closed, clock.now()) == 1
    assert planning.end_rounds(closed, clock.now()) == 0
    assert planning.end_rounds(account, clock.now()) == 0
    assert not Round.objects.filter(account=closed).exists()


def test_an_account_that_is_taken_back_is_watched_again_at_once(account, watcher):
    officer = person("communications_officer")
    planning.plan_all(clock.now())
    perform(account, "report_lost", by=watcher, reason="Kapat")
    followups.run_owed()
    assert not Round.objects.coming(clock.now()).filter(account=account).exists()

    lost.recover(worked_on(account, officer), by=officer, how="Plattformen hjälpte oss")
    followups.run_owed()

    assert Round.objects.coming(clock.now()).filter(account=account).exists()
    assert today.watched(watcher) == [account]
    assert planning.plan_all(clock.now()) == 0
