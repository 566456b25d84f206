"""What the document management plan says of snapshots, where the policy lets it differ (Lekeberg 7 and 9)."""

from datetime import date

import pytest

from accounts.models import Account
from archive.disposing import planning
from archive.disposing.retention_forms import PlanForm
from archive.models import SnapshotCampaign
from archive.snapshots import promised, schedule
from governance import clock, followups, rules
from governance.models import Finding, PolicyVersion
from tests.archive.factories import SnapshotFactory, run_at
from tests.factories import person

pytestmark = pytest.mark.django_db
DECIDED = {"body": "Nämnden", "decided_on": date(2025, 1, 3), "paragraph": "", "case_number": ""}


def planned(account: Account, months: int | None) -> None:
    registrar = person("registrar")
    plan = planning.begin(account.unit.authority, by=registrar)
    planning.describe(plan, by=registrar, note="", snapshot_months=months)
    planning.adopt(plan, by=registrar, is_decision=False, **DECIDED)


def rule_of(account: Account):
    version = PolicyVersion.objects.current()
    assert version is not None
    return promised.of(account, version.policy)


@pytest.mark.parametrize(("months", "times"), [(1, 12), (3, 4), (4, 3), (6, 2), (12, 1)])
def test_the_plans_interval_stands_where_the_policy_lets_it(municipality, months, times):
    account = municipality("lekeberg")[0]
    planned(account, months)

    rule = rule_of(account)

    assert (len(rule.months), rule.times_per_year) == (times, times)
    assert rule.origin("times_per_year").clause == "Lekeberg 7; Lekeberg 9"
    starts = [period.start for _turn, period in zip(range(times + 1), schedule.periods(rule, 2026), strict=False)]
    assert starts[0].month == starts[times].month and starts[times].year == 2027


@pytest.mark.parametrize("key", ["gullspang", "norsjo", "lidingo", "valdemarsvik"])
def test_the_policys_interval_stands_where_it_lets_nothing_differ(municipality, key):
    account = municipality(key)[0]
    before = rule_of(account)
    planned(account, 3)

    assert rule_of(account) == before


def test_a_plan_that_says_nothing_leaves_it_to_the_policy(municipality):
    account = municipality("lekeberg")[0]
    before = rule_of(account)
    planned(account, None)

    assert rule_of(account) == before


def test_a_plan_that_is_adopted_asks_anew_when_pictures_are_due(municipality, time_machine):
    time_machine.move_to("2026-02-01T12:00:00+01:00", tick=False)
    account = municipality("lekeberg", since=date(2025, 1, 2), accounts=1)[0]
    SnapshotFactory(account=account, done=True, ordered_at=clock.now())
    rules.evaluate(account)
    before = Finding.objects.get(rule="ARCH-1", subject_id=account.pk).due_at

    planned(account, 1)
    followups.run_owed()

    assert Finding.objects.get(rule="ARCH-1", subject_id=account.pk).due_at < before


def test_campaigns_follow_the_plan(municipality):
    account = municipality("lekeberg", since=date(2025, 1, 2), accounts=1)[0]
    planned(account, 3)

    for month in ("2026-04", "2026-07", "2026-10"):
        run_at(f"{month}-01")

    assert set(SnapshotCampaign.objects.values_list("period", flat=True)) == {"2026-04", "2026-07", "2026-10"}


@pytest.mark.parametrize(("typed", "taken"), [("6", 6), ("", None), ("5", False), ("24", False)])
def test_only_what_goes_evenly_into_a_year_is_taken(typed, taken):
    form = PlanForm({"note": "", "snapshot_months": typed})

    assert form.is_valid() is (taken is not False)
    assert taken is False or form.cleaned_data["snapshot_months"] == taken
