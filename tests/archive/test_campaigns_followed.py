"""Starting a campaign of snapshots by hand, and following how complete each is."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from archive.models import SnapshotCampaign
from archive.snapshots import actions, completeness
from governance import access
from governance.workflow import Refused
from tests.archive.factories import AccountFactory, run_at
from tests.factories import UnitFactory, UserFactory, adopted, person

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("key", "source"), [("norsjo", "Uppsikts grundinställning"), ("lidingo", "Lidingö, Dokumentation")]
)
def test_the_months_are_said_to_be_the_policys_or_the_products_own(key, source):
    adopted(key)

    assert completeness.source() == source
