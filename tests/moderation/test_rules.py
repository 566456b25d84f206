"""Findings: when an account must be looked at, since when it is late, who must act, and by what rule."""

import pytest

from governance import clock, followups, rules
from governance.models import Finding
from moderation import planning, reminders
from moderation.models import Round
from tests.factories import RoleFactory, UserFactory, adopted
from tests.moderation.factories import DAY, HOUR, AccountFactory, RoundFactory, looked, watched_by

pytestmark = pytest.mark.django_db


def finding(account, rule="OVER-1") -> Finding | None:
    rules.evaluate(account)
    return Finding.objects.filter(rule=rule, subject_id=account.pk).first()


def state(account, rule="OVER-1") -> str:
    return str(finding(account, rule).state(clock.now()))


@pytest.fixture
def manager(account):
    return RoleFactory(role="manager", unit=account.unit).user


class TestOver1:
    def test_a_round_that_can_be_logged_is_to_be_done(self, account, watcher, friday):
        round = RoundFactory(account=account)

        found = finding(account)

        assert found.state(friday) == "due"
        assert (found.due_at, found.breached_at) == (round.due_from, round.due_at)
        assert found.text == "Uppsikt över Biblioteket (Facebook)"
        assert (found.clause, found.basis, found.strength) == ("Lekeberg 5.2; Lekeberg 6.2", "policy", "ska")
        assert list(found.responsible.all()) == [watcher]
        assert found.url == f"/uppsikt/#konto-{account.pk}"

    def test_it_becomes_late_by_the_clock_alone(self, account, friday):
        RoundFactory(account=account)

        found = finding(account)

        assert found.state(friday + 2 * HOUR) == "breached"
        assert found.next_change_at == found.breached_at

    def test_a_round_that_has_not_begun_is_in_order(self, account):
        RoundFactory(account=account, coming=True)

        assert state(account) == "ok"

    @pytest.mark.parametrize("trait", ["missed", "overdue"])
    def test_a_missed_round_is_late_since_its_time(self, account, trait):
        round = RoundFactory(account=account, **{trait: True})
        RoundFactory(account=account)

        found = finding(account)

        assert found.breached_at == round.due_at
        assert found.text == "Missad uppsikt över Biblioteket (Facebook), och ingen har loggat sedan dess"

    def test_several_missed_in_a_row_are_late_since_the_first(self, account, friday):
        first = RoundFactory(account=account, missed=True, due_at=friday - 2 * DAY)
        RoundFactory(account=account, missed=True)

        assert finding(account).breached_at == first.due_at

    def test_any_later_look_mends_it_and_the_log_keeps_the_miss(self, account, watcher):
        missed = RoundFactory(account=account, missed=True)

        looked(account, watcher)

        assert finding(account) is None
        missed.refresh_from_db()
        assert missed.status == "missed"

    def test_a_look_before_the_missed_round_mends_nothing(self, account, watcher, friday):
        looked(account, watcher, at=friday - 2 * DAY)
        RoundFactory(account=account, missed=True)

        assert state(account) == "breached"

    def test_logging_puts_the_next_round_in_its_place(self, account, watcher, friday):
        planning.plan_all(friday - DAY)
        today, following = Round.objects.filter(account=account).order_by("due_at")[:2]
        assert finding(account).breached_at == today.due_at

        looked(account, watcher)
        followups.run_owed()

        assert Finding.objects.get(rule="OVER-1").breached_at == following.due_at

    def test_the_manager_must_act_too_once_told(self, account, watcher, manager, friday):
        RoundFactory(account=account, missed=True, escalate_at=friday)

        assert set(finding(account).responsible.all()) == {watcher, manager}

    def test_the_manager_is_left_alone_until_then(self, account, watcher, manager):
        RoundFactory(account=account, missed=True)

        assert list(finding(account).responsible.all()) == [watcher]

    def test_being_told_re_evaluates_the_account(self, account, manager, friday, time_machine):
        round = RoundFactory(account=account, missed=True)
        rules.evaluate(account)
        time_machine.move_to(round.escalate_at, tick=False)

        reminders.remind(round.escalate_at)
        followups.run_owed()

        assert manager in Finding.objects.get(rule="OVER-1").responsible.all()

    def test_where_nobody_watches_the_manager_must_act(self, policy):
        account = AccountFactory()
        manager = RoleFactory(role="manager", unit=account.unit).user
        RoundFactory(account=account)

        assert list(finding(account).responsible.all()) == [manager]

    def test_a_default_is_named_as_such(self, account):
        RoundFactory(account=account, clause="Uppsikts grundinställning", basis="default", strength="bör")

        found = finding(account)
        assert (found.clause, found.basis, found.strength) == ("Uppsikts grundinställning", "default", "bör")

    def test_an_account_that_is_not_in_use_has_none(self, policy):
        assert finding(AccountFactory(status="approved", address="", opened_at=None)) is None


class TestOver3:
    def test_an_account_that_somebody_watches_is_in_order(self, account):
        assert state(account, "OVER-3") == "ok"

    def test_an_account_that_nobody_watches_is_a_breach_for_the_manager(self, policy):
        account = AccountFactory(name="Skolan")
        manager = RoleFactory(role="manager", unit=account.unit).user

        found = finding(account, "OVER-3")

        assert found.text == "Ingen kan hålla uppsikt över Skolan (Facebook)"
        assert found.breached_at == account.opened_at
        assert list(found.responsible.all()) == [manager]
        assert found.url == account.get_absolute_url()

    def test_the_one_who_left_does_not_count(self, account, watcher):
        watcher.is_active = False
        watcher.save()

        assert state(account, "OVER-3") == "breached"

    def test_it_is_a_breach_since_the_last_duty_ended(self, account, watcher, friday):
        account.duties.update(valid_to=clock.today() - DAY)
        from accounts import duties

        duties.project(account)

        assert finding(account, "OVER-3").breached_at.date() == (friday - DAY).date()

    @pytest.mark.parametrize(
        ("key", "clause", "basis"),
        [
            ("gullspang", "Gullspång avsnitt 3; Gullspång avsnitt 5", "policy"),
            ("lekeberg", "Lekeberg 5.2", "policy"),
            ("norsjo", "Uppsikts grundinställning", "default"),
            ("valdemarsvik", "Uppsikts grundinställning", "default"),
        ],
    )
    def test_the_clause_is_the_policys_own_or_said_to_be_a_default(self, key, clause, basis, db):
        adopted(key)

        found = finding(watched_by(UserFactory()), "OVER-3")

        assert (found.clause, found.basis) == (clause, basis)


def test_the_nightly_run_finds_nothing_to_change(account, watcher, friday):
    planning.plan_all(friday - 3 * DAY)
    looked(account, watcher, at=friday - DAY)
    reminders.remind(friday)
    followups.run_owed()
    columns = ("rule", "subject_id", "text", "due_at", "breached_at", "next_change_at", "clause", "url")
    before = sorted(map(str, Finding.objects.values_list(*columns)))

    rules.evaluate_all()

    assert sorted(map(str, Finding.objects.values_list(*columns))) == before
