"""ARCH-1: a snapshot in every period that the policy promises, and somebody who mends a failed one."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import Duty
from archive.rules import snapshot_in_every_period
from governance import clock, rules
from governance.models import Finding
from tests.archive.factories import AccountFactory, SnapshotFactory
from tests.factories import UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def account():
    """Answer a function that founds a municipality with one open account, since a day."""

    def opened(key: str = "lekeberg", since: date = date(2025, 1, 2)):
        with time_machine.travel(datetime(since.year, since.month, since.day, 12, tzinfo=UTC), tick=False):
            adopted(key)
            return AccountFactory(active=True)

    return opened


def verdicts(account, at: datetime = NOW):
    """Answer what the rule says, by key."""
    with time_machine.travel(at, tick=False):
        return {verdict.key: verdict for verdict in snapshot_in_every_period(account, at)}


def day(moment: datetime) -> date:
    """Answer the day in Sweden."""
    return clock.local(moment).date()


@pytest.mark.parametrize(
    ("key", "due", "late", "clause", "basis"),
    [
        ("gullspang", date(2026, 10, 1), date(2027, 10, 1), "Gullspång avsnitt 10", "policy"),
        ("lekeberg", date(2026, 10, 1), date(2027, 4, 1), "Lekeberg 7", "policy"),
        ("lidingo", date(2026, 10, 1), date(2026, 11, 1), "Lidingö", "policy"),
        ("norsjo", date(2026, 10, 1), date(2027, 10, 1), "Norsjö", "policy"),
        ("valdemarsvik", date(2026, 10, 1), date(2027, 4, 1), "Valdemarsvik", "policy"),
    ],
)
def test_due_when_the_period_begins_and_late_when_the_promise_is_over(account, key, due, late, clause, basis):
    opened = account(key, since=date(2026, 8, 3))
    SnapshotFactory(account=opened, done=True, finished_at=datetime(2026, 9, 1, tzinfo=UTC))

    verdict = verdicts(opened)["period"]

    assert (day(verdict.due_at), day(verdict.breached_at)) == (due, late)
    assert verdict.clause.startswith(clause)
    assert verdict.basis == basis
    assert "oktober 2026" in verdict.text


def test_a_snapshot_in_the_period_puts_it_in_order_until_the_next():
    adopted("lekeberg")
    opened = AccountFactory(active=True, opened_at=datetime(2025, 1, 1, tzinfo=UTC))
    SnapshotFactory(account=opened, done=True, finished_at=datetime(2026, 10, 1, 2, 15, tzinfo=UTC))

    verdict = verdicts(opened)["period"]

    assert day(verdict.due_at) == date(2027, 4, 1)


def test_a_period_that_went_by_without_a_snapshot_stays_a_breach_until_one_is_taken(account):
    opened = account(since=date(2025, 5, 5))
    SnapshotFactory(account=opened, done=True, finished_at=datetime(2025, 5, 5, 12, tzinfo=UTC))

    verdict = verdicts(opened)["period"]

    assert day(verdict.due_at) == date(2025, 10, 1)
    assert day(verdict.breached_at) == date(2026, 4, 1)


def test_a_failed_snapshot_is_somebodys_to_mend_until_another_is_ordered(account):
    opened = account()
    failed = SnapshotFactory(account=opened, failed=True)

    verdict = verdicts(opened)["failed"]

    assert "blev inte klar i tid" in verdict.text
    assert verdict.url == failed.get_absolute_url()
    assert verdict.due_at == failed.finished_at
    SnapshotFactory(account=opened)
    assert "failed" not in verdicts(opened)


def test_a_cancelled_order_hides_no_failure(account):
    opened = account()
    SnapshotFactory(account=opened, failed=True)
    SnapshotFactory(account=opened, status="cancelled")

    assert "failed" in verdicts(opened)


def test_an_account_that_is_not_open_is_promised_nothing():
    adopted("lekeberg")

    assert verdicts(AccountFactory()) == {}


def test_nothing_is_promised_without_a_policy():
    assert verdicts(AccountFactory(active=True)) == {}


class TestWho:
    """Whom the policy makes responsible for snapshots (R-ARCH-3)."""

    def test_the_page_owner_where_the_policy_says_so(self, account):
        opened, owner = account("lekeberg"), UserFactory()
        Duty.objects.create(account=opened, person=owner, kind="page_owner", valid_from=date(2025, 1, 1))
        person("communications_officer")

        assert verdicts(opened)["period"].who == [owner]

    def test_the_communications_officers_where_the_named_duty_is_vacant(self, account):
        opened = account("lekeberg")
        officer = person("communications_officer", opened.unit)

        assert verdicts(opened)["period"].who == [officer]

    @pytest.mark.parametrize("key", ["lidingo", "valdemarsvik", "gullspang", "norsjo"])
    def test_the_communications_officers_for_central_offices_and_where_nobody_is_named(self, account, key):
        opened = account(key)
        officer = person("communications_officer", opened.unit)

        assert verdicts(opened)["period"].who == [officer]

    def test_those_nearest_the_account_before_those_above(self, account):
        opened = account("lidingo")
        near = person("communications_officer", opened.unit)
        person("communications_officer")
        person("communications_officer", UnitFactory())

        assert verdicts(opened)["period"].who == [near]


def test_a_finding_changes_by_itself_with_the_clock(account):
    opened = account(since=date(2026, 8, 3))
    SnapshotFactory(account=opened, done=True, finished_at=datetime(2026, 9, 1, tzinfo=UTC))

    with time_machine.travel(datetime(2026, 9, 2, tzinfo=UTC), tick=False):
        rules.evaluate(opened)
    finding = Finding.objects.get(rule="ARCH-1", key="period")

    assert finding.state(datetime(2026, 9, 3, tzinfo=UTC)) == "ok"
    assert finding.state(datetime(2026, 10, 2, tzinfo=UTC)) == "due"
    assert finding.state(datetime(2027, 4, 2, tzinfo=UTC)) == "breached"
