"""Rounds made ahead: from the account's opening, two weeks, once; what has begun is never rewritten."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from governance import clock, followups
from governance.models import PolicyVersion
from governance.workflow import perform
from moderation import planning, tasks
from moderation.models import Round
from tests.factories import UserFactory, adopted, person
from tests.moderation.factories import (
    DAY,
    HOUR,
    AccountFactory,
    RoundFactory,
    looked,
    plan_in_force,
    watch,
    watched_by,
)

pytestmark = pytest.mark.django_db


def due_days(account) -> list[str]:
    rounds = Round.objects.planned().filter(account=account).order_by("due_at")
    return [f"{clock.local(round.due_at):%m-%d}" for round in rounds]


def plan(account, at=None) -> bool:
    return planning.plan_account(account, PolicyVersion.objects.current(), at or clock.now())


def test_rounds_are_made_two_weeks_ahead_from_the_next_one_that_begins(account, friday):
    plan(account)

    assert due_days(account) == [f"11-{day}" for day in (23, 24, 25, 26, 27, 30)] + ["12-01", "12-02", "12-03", "12-04"]


def test_a_round_keeps_the_rule_it_was_promised_by(account, friday, policy):
    plan(account)

    round = Round.objects.earliest("due_at")
    assert (round.clause, round.basis, round.strength) == ("Lekeberg 5.2; Lekeberg 6.2", "policy", "ska")
    assert (round.policy_version, round.unit, round.authority) == (policy, account.unit, account.authority)
    assert f"{clock.local(round.escalate_at):%m-%d %H:%M}" == "11-24 17:00"


def test_a_default_is_said_to_be_one(friday, time_machine):
    adopted("norsjo")
    account = AccountFactory()

    plan(account)

    assert due_days(account) == ["11-23", "11-30"]
    assert {(r.clause, r.basis) for r in Round.objects.all()} == {("Uppsikts grundinställning", "default")}


def test_the_plan_in_force_names_the_days_where_the_policy_lets_it(friday):
    adopted("gullspang")
    account = AccountFactory()
    plan_in_force(account, [2, 7])

    plan(account)

    assert due_days(account) == ["11-22", "11-24", "11-29", "12-01"]
    assert {r.clause for r in Round.objects.all()} == {"Gullspång Bilaga 1 punkt 7"}


def test_an_account_opened_during_a_round_begins_with_the_next(policy, friday):
    account = AccountFactory(opened_at=friday + 3 * DAY)

    plan(account, friday)

    assert due_days(account)[0] == "11-24"


def test_planning_again_changes_nothing(account, friday):
    plan(account)
    before = set(Round.objects.values_list("pk", flat=True))

    assert plan(account) is False
    assert set(Round.objects.values_list("pk", flat=True)) == before


def test_only_accounts_in_use_have_rounds(policy):
    for status in ("proposed", "approved", "withdrawn"):
        AccountFactory(status=status, address="", opened_at=None)

    tasks.plan_rounds()

    assert not Round.objects.exists()


def test_without_a_policy_nothing_is_due(db):
    AccountFactory()

    assert planning.plan_all(clock.now()) == 0


def test_each_day_adds_the_day_that_comes_into_sight(account, friday):
    plan(account)

    assert plan(account, friday + 3 * DAY) is True
    assert due_days(account)[-1] == "12-07"


def test_a_new_policy_replaces_what_has_not_begun_and_leaves_what_has(account, watcher, friday, time_machine):
    plan(account)
    done = Round.objects.earliest("due_at")
    time_machine.move_to(friday + 3 * DAY, tick=False)
    looked(account, watcher)
    time_machine.move_to(friday + 4 * DAY, tick=False)

    adopted("norsjo")
    followups.run_owed()

    assert due_days(account) == ["11-23", "11-24", "11-30", "12-07"]
    done.refresh_from_db()
    assert (done.status, done.clause) == ("logged", "Lekeberg 5.2; Lekeberg 6.2")
    begun = Round.objects.get(due_from__lt=clock.now(), status="due")
    assert begun.clause == "Lekeberg 5.2; Lekeberg 6.2"
    assert {r.basis for r in Round.objects.coming(clock.now())} == {"default"}


def test_a_missed_round_survives_every_change_of_schedule(account, friday):
    missed = RoundFactory(account=account, missed=True)

    plan(account)
    adopted("valdemarsvik")
    followups.run_owed()

    missed.refresh_from_db()
    assert missed.status == "missed"


def test_a_round_that_has_begun_keeps_its_due_time_under_a_denser_schedule(account, friday, monkeypatch):
    plan(account, friday - DAY)
    rule = PolicyVersion.objects.current().policy.oversight
    object.__setattr__(rule, "per_day", 2)

    try:
        plan(account)
    finally:
        object.__setattr__(rule, "per_day", 1)

    today = Round.objects.filter(due_at__lte=friday + 10 * HOUR).order_by("due_at")
    assert [f"{clock.local(round.due_from):%H:%M}" for round in today] == ["00:00"]
    assert Round.objects.filter(due_at__lt=friday + 4 * DAY).count() == 3


def test_opening_an_account_makes_its_rounds_at_once(policy, friday, time_machine):
    account = AccountFactory(status="approved", opened_at=friday)
    watch(account, UserFactory())
    perform(account, "open", by=person("communications_officer"), data={"address": account.address})

    followups.run_owed()

    assert due_days(account)[0] == "11-23"


def test_many_accounts_are_planned_and_each_by_its_own_rule(policy, friday):
    watcher = UserFactory()
    accounts = [watched_by(watcher) for _number in range(3)]
    plan_in_force(accounts[0], [6])

    tasks.plan_rounds(at=friday.isoformat())

    assert len(due_days(accounts[0])) == len(due_days(accounts[1])) + 2


def test_one_account_that_fails_holds_no_other_up(policy, friday, monkeypatch, caplog):
    broken, sound = AccountFactory(), AccountFactory()
    promised = planning.promised

    def fail(account, *args):
        if account == broken:
            raise RuntimeError("broken")
        return promised(account, *args)

    monkeypatch.setattr(planning, "promised", fail)

    assert planning.plan_all(friday) == 1
    assert due_days(sound)
    assert f"the rounds of account {broken.pk} could not be planned" in caplog.text


def test_a_moment_without_an_offset_is_a_mistake(policy):
    with pytest.raises(ValueError, match="no offset"):
        tasks.plan_rounds(at="2026-11-20T09:00:00")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_round_once(account):
    at, both, failures = clock.now(), Barrier(2), []

    def run():
        try:
            both.wait()
            planning.plan_all(at)
        except Exception as error:  # shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert due_days(account) == sorted(set(due_days(account)))
    assert Round.objects.filter(due_at__gt=at + timedelta(days=10)).exists()
