"""Campaigns of snapshots: opened by the policy's months with a moved clock, each account once, never twice."""

import threading
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction

from archive import tasks
from archive.models import Snapshot, SnapshotCampaign
from governance.models import AuditEvent
from tests.archive.factories import AccountFactory, SnapshotFactory, run_at
from tests.factories import adopted

pytestmark = pytest.mark.django_db

# policy -> the months of a year in which a campaign begins
MONTHS = {
    "gullspang": [10],
    "lekeberg": [4, 10],
    "lidingo": [3, 10],
    "norsjo": [10],
    "valdemarsvik": [4, 10],
}


def periods() -> list[str]:
    """Answer the periods that have a campaign, in order."""
    return list(SnapshotCampaign.objects.order_by("period").values_list("period", flat=True))


@pytest.mark.parametrize(("key", "months"), MONTHS.items())
def test_a_year_of_nights_opens_the_campaigns_of_the_policy_and_no_other(municipality, key, months):
    municipality(key, since=date(2025, 12, 15))

    for month in range(1, 13):
        run_at(f"2026-{month:02}-01")
        run_at(f"2026-{month:02}-15")

    assert periods() == [f"2026-{month:02}" for month in months]
    assert Snapshot.objects.count() == 2 * len(months)


def test_each_active_account_has_one_snapshot_in_a_campaign(
    municipality, rung, settings, django_capture_on_commit_callbacks
):
    accounts = municipality()
    AccountFactory(status="proposed")
    AccountFactory(status="withdrawn")

    with django_capture_on_commit_callbacks(execute=True):
        run_at("2026-10-01")

    campaign = SnapshotCampaign.objects.get()
    assert sorted(campaign.snapshots.values_list("account", flat=True)) == sorted(a.pk for a in accounts)
    assert sorted(rung) == sorted(campaign.snapshots.values_list("pk", flat=True))[: settings.CAPTURE_WORKERS]
    assert {s.occasion for s in campaign.snapshots.all()} == {"campaign"}
    assert campaign.opened_by is None
    assert AuditEvent.objects.get(action="snapshotcampaign.open").data["count"] == 2


def test_the_next_night_does_nothing_more(municipality):
    municipality()

    run_at("2026-10-01")
    run_at("2026-10-02")
    run_at("2027-03-31")

    assert Snapshot.objects.count() == 2


def test_whoever_was_down_when_the_period_began_opens_it_later(municipality):
    municipality()

    run_at("2027-01-13")

    assert periods() == ["2026-10"]


def test_nothing_happens_before_a_policy_is_adopted():
    AccountFactory(active=True)

    tasks.open_snapshot_campaign("2026-10-01T04:10:00+02:00")

    assert not SnapshotCampaign.objects.exists()


def test_a_period_before_the_first_policy_was_never_promised(municipality):
    municipality(since=date(2026, 11, 20))

    run_at("2026-11-21")
    assert periods() == []
    run_at("2027-04-01")
    assert periods() == ["2027-04"]


def test_the_month_in_which_the_first_policy_is_adopted_counts(municipality):
    municipality(since=date(2026, 10, 20))

    run_at("2026-10-21")

    assert periods() == ["2026-10"]


def test_an_account_opened_after_the_campaign_has_its_first_picture_from_its_opening(municipality):
    municipality()
    run_at("2026-10-01")
    with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC)):
        AccountFactory(active=True)

    run_at("2026-10-06")

    assert Snapshot.objects.count() == 2


def test_the_clock_on_the_wall_in_sweden_decides_which_month_it_is(municipality):
    municipality()

    run_at("2026-09-30", "23:30:00+02:00")
    assert periods() == ["2026-04"]
    run_at("2026-10-01", "00:30:00+02:00")
    assert periods() == ["2026-04", "2026-10"]


def test_the_moment_can_be_given(municipality):
    municipality()

    tasks.open_snapshot_campaign("2026-04-01T04:10:00+02:00")
    tasks.open_snapshot_campaign("2026-10-01T04:10:00")

    assert periods() == ["2026-04", "2026-10"]


def test_a_rule_for_some_accounts_gives_them_their_own_months(municipality, monkeypatch):
    first, _second = municipality()
    policy = type(adopted("lekeberg").policy)
    really = policy.rule

    def rule(self, section, scope=None):
        found = really(self, section, scope) if scope else really(self, section)
        often = scope is not None and section == "snapshot" and scope.account == first.name
        return found.model_copy(update={"months": (1, 4, 7, 10)}) if often else found

    monkeypatch.setattr(policy, "rule", rule)
    run_at("2027-07-01")

    assert periods() == ["2027-04", "2027-07"]
    assert Snapshot.objects.get(campaign__period="2027-07").account == first


def test_the_database_refuses_a_second_campaign_of_a_period_and_a_second_snapshot_in_it(municipality):
    accounts = municipality()
    run_at("2026-10-01")
    campaign = SnapshotCampaign.objects.get()

    with pytest.raises(IntegrityError, match="period"), transaction.atomic():
        SnapshotCampaign.objects.create(
            period="2026-10",
            starts_on=date(2026, 10, 1),
            policy_version=campaign.policy_version,
            opened_at=campaign.opened_at,
        )
    with pytest.raises(IntegrityError, match="snapshot_once_per_campaign"), transaction.atomic():
        SnapshotFactory(account=accounts[0], campaign=campaign)


@pytest.mark.parametrize("sql", ["delete from archive_snapshotcampaign", "truncate archive_snapshotcampaign cascade"])
def test_a_campaign_is_never_removed(municipality, sql):
    municipality()
    run_at("2026-10-01")

    with pytest.raises(InternalError, match=r"Cannot|kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_run_many_times_at_once_it_does_nothing_twice(municipality):
    municipality(accounts=5)
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            start.wait(10)
            tasks.open_snapshot_campaign("2026-10-01T04:10:00+02:00")
        except BaseException as error:  # a thread's failure is the test's
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert failures == []
    assert periods() == ["2026-10"]
    assert Snapshot.objects.count() == 5
    assert AuditEvent.objects.filter(action="snapshotcampaign.open").count() == 1
    assert AuditEvent.objects.filter(action="snapshot.order").count() == 5
