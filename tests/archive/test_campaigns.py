"""Campaigns of snapshots: opened by the policy's months with a moved clock, each account once, never twice."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.models import Account
from archive import actions, bell, completeness, tasks
from archive.models import Snapshot, SnapshotCampaign
from governance import access
from governance.models import AuditEvent
from governance.workflow import Refused
from tests.archive.factories import AccountFactory, SnapshotFactory
from tests.factories import UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db

NIGHT = "04:10:00+02:00"
# policy -> the months of a year in which a campaign begins
MONTHS = {
    "gullspang": [10],
    "lekeberg": [4, 10],
    "lidingo": [3, 10],
    "norsjo": [10],
    "valdemarsvik": [4, 10],
}


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """What the capture worker was told."""
    told: list[int] = []
    monkeypatch.setattr(bell.app, "send_task", lambda name, args, **options: told.extend(args))
    return told


@pytest.fixture
def municipality():
    """Answer a function that founds a municipality with a policy and open accounts, all since a day."""

    def found(key: str = "lekeberg", since: date = date(2025, 1, 2), accounts: int = 2) -> list[Account]:
        with time_machine.travel(datetime(since.year, since.month, since.day, 12, tzinfo=UTC), tick=False):
            adopted(key)
            return AccountFactory.create_batch(accounts, active=True)

    return found


def run_at(day: str, time: str = NIGHT) -> None:
    """Run beat's job as if it were that night."""
    with time_machine.travel(datetime.fromisoformat(f"{day}T{time}"), tick=False):
        tasks.open_snapshot_campaign()


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


def test_each_active_account_has_one_snapshot_in_a_campaign(municipality, rung, django_capture_on_commit_callbacks):
    accounts = municipality()
    AccountFactory(status="proposed")
    AccountFactory(status="withdrawn")

    with django_capture_on_commit_callbacks(execute=True):
        run_at("2026-10-01")

    campaign = SnapshotCampaign.objects.get()
    assert list(campaign.snapshots.order_by("pk").values_list("account", flat=True)) == [a.pk for a in accounts]
    assert sorted(rung) == sorted(campaign.snapshots.values_list("pk", flat=True))
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


class TestByHand:
    """The communications officer starts a campaign."""

    NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)

    def test_what_the_policy_has_due_comes_first(self, municipality):
        municipality()
        officer = person("communications_officer")

        campaign = actions.start_campaign(by=officer, at=self.NOW)

        assert (campaign.period, campaign.opened_by) == ("2026-10", officer)

    def test_where_nothing_is_due_it_is_a_campaign_of_this_month(self, municipality):
        municipality()
        run_at("2026-10-01")
        officer = person("communications_officer")

        campaign = actions.start_campaign(by=officer, at=self.NOW)

        assert campaign.period == "2026-12"
        assert campaign.snapshots.count() == 2
        assert {snapshot.requested_by for snapshot in campaign.snapshots.all()} == {officer}

    def test_a_second_time_in_the_month_is_refused(self, municipality):
        municipality()
        run_at("2026-10-01")
        officer = person("communications_officer")
        actions.start_campaign(by=officer, at=self.NOW)

        with pytest.raises(Refused, match="december 2026 är redan startad"):
            actions.start_campaign(by=officer, at=self.NOW)

    def test_it_covers_the_accounts_of_the_units_where_the_role_is_held(self, municipality):
        municipality()
        run_at("2026-10-01")
        unit = UnitFactory()
        with time_machine.travel(self.NOW - timedelta(days=1)):
            mine = AccountFactory(active=True, unit=unit)

        campaign = actions.start_campaign(by=person("communications_officer", unit), at=self.NOW)

        assert [snapshot.account for snapshot in campaign.snapshots.all()] == [mine]

    @pytest.mark.parametrize("role", ["manager", "registrar", "auditor", "employee", "system_administrator"])
    def test_others_may_not(self, municipality, role):
        municipality()

        with pytest.raises(access.PermissionDenied):
            actions.start_campaign(by=person(role), at=self.NOW)

    def test_without_a_policy_it_is_refused(self):
        with pytest.raises(Refused, match="Ingen policy är antagen"):
            actions.start_campaign(by=person("communications_officer"), at=self.NOW)

    def test_without_accounts_it_is_refused(self, municipality):
        municipality(accounts=0)

        with pytest.raises(Refused, match="inga öppnade konton"):
            actions.start_campaign(by=person("communications_officer"), at=self.NOW)


def test_completeness_counts_what_the_reader_sees(municipality, django_assert_num_queries):
    accounts = municipality(accounts=4)
    run_at("2026-10-01")
    campaign = SnapshotCampaign.objects.get()
    rows = list(campaign.snapshots.order_by("pk"))
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for row, status in zip(rows, ["done", "failed", "cancelled", "ordered"], strict=True):
            cursor.execute(
                "update archive_snapshot set status = %s, failure_code = 'dns' where id = %s", [status, row.pk]
            )
        cursor.execute("set local session_replication_role = origin")

    registrar = person("registrar")

    with django_assert_num_queries(1):
        [whole] = completeness.of([campaign], registrar)
    [part] = completeness.of([campaign], person("registrar", accounts[0].unit))
    [none] = completeness.of([campaign], UserFactory())

    assert (whole.total, whole.done, whole.failed, whole.cancelled, whole.waiting, whole.percent) == (4, 1, 1, 1, 1, 25)
    assert (part.total, part.done, part.percent) == (1, 1, 100)
    assert (none.total, none.percent) == (0, 0)


def test_the_next_campaign_is_known(municipality):
    municipality()

    with time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC)):
        assert completeness.coming() == date(2027, 4, 1)


def test_without_a_policy_none_is_coming():
    assert completeness.coming() is None
