"""The periods in which a policy promises a snapshot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.snapshots import schedule
from governance.policy.defaults import SNAPSHOT
from governance.policy.reader import read, shipped
from governance.policy.schema import Policy

MONTHS = {
    "gullspang": (10,),
    "lekeberg": (4, 10),
    "lidingo": (3, 10),
    "norsjo": (10,),
    "valdemarsvik": (4, 10),
}


def policy(key: str) -> Policy:
    """Answer a shipped policy."""
    path = shipped()[key]
    return read(path.read_text(encoding="utf-8"), path.name)


def stating(*months: int):
    """Answer a rule that names its months itself."""
    return SNAPSHOT.model_copy(update={"months": months, "times_per_year": len(months)})


@pytest.mark.parametrize(("key", "months"), MONTHS.items())
def test_each_source_municipality_has_its_months(key, months):
    assert policy(key).rule("snapshot").months == months


def test_a_period_lasts_from_its_month_until_the_next_one_begins():
    period = schedule.current(policy("lekeberg").rule("snapshot"), date(2026, 11, 20))

    assert (period.start, period.end, period.label) == (date(2026, 10, 1), date(2027, 4, 1), "2026-10")


def test_a_period_goes_on_over_new_year():
    period = schedule.current(policy("lekeberg").rule("snapshot"), date(2027, 1, 1))

    assert period.label == "2026-10"


def test_months_that_the_policy_names_are_kept_in_those_months():
    period = schedule.current(policy("lidingo").rule("snapshot"), date(2026, 3, 15))

    assert (period.start, period.late_from, period.end) == (date(2026, 3, 1), date(2026, 4, 1), date(2026, 10, 1))


def test_months_that_only_spread_a_number_may_be_kept_late_in_the_period():
    period = schedule.current(policy("valdemarsvik").rule("snapshot"), date(2026, 4, 15))

    assert period.late_from == period.end == date(2026, 10, 1)


def test_no_month_means_no_period():
    rule = stating()

    assert schedule.current(rule, date(2026, 1, 1)) is None
    assert schedule.unmet(rule, last=None, since=date(2026, 1, 1)) is None
    assert schedule.unmet(rule, last=date(2025, 1, 1), since=date(2024, 1, 1)) is None


def test_what_is_unmet_is_the_first_period_after_the_last_snapshot():
    rule = policy("lekeberg").rule("snapshot")

    assert schedule.unmet(rule, last=date(2026, 10, 1), since=date(2020, 1, 1)).label == "2027-04"
    assert schedule.unmet(rule, last=date(2026, 9, 30), since=date(2020, 1, 1)).label == "2026-10"
    assert schedule.unmet(rule, last=date(2024, 5, 1), since=date(2020, 1, 1)).label == "2024-10"


def test_an_account_without_any_snapshot_is_promised_one_in_the_period_it_began_in():
    rule = policy("lekeberg").rule("snapshot")

    assert schedule.unmet(rule, last=None, since=date(2026, 11, 20)).label == "2026-10"


def test_an_account_that_began_after_the_named_months_is_promised_one_in_the_next():
    rule = policy("lidingo").rule("snapshot")

    assert schedule.unmet(rule, last=None, since=date(2026, 4, 1)).label == "2026-10"


@given(
    st.sets(st.integers(1, 12), min_size=1).map(sorted).map(tuple),
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
)
def test_every_day_lies_in_exactly_one_period(months, day):
    rule = stating(*months)

    found = [p for p, _next in zip(schedule.periods(rule, day.year - 1), range(40), strict=False)]
    holding = [p for p in found if p.start <= day < p.end]

    assert holding == [schedule.current(rule, day)]
    assert holding[0].start.month in months
