"""When a round is due: the five policies as they are written, what a plan adds, and what holds for any policy."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import clock, workingdays
from governance.policy.base import DEFAULT_CLAUSE, Deadline
from governance.policy.reader import read, shipped
from governance.policy.watching import Season
from moderation.schedule import PlanDays, due_rounds, spread

KEYS = ["gullspang", "lekeberg", "lidingo", "norsjo", "valdemarsvik"]
WEEKDAYS = (1, 2, 3, 4, 5)
EXAMPLE = PlanDays((1, 2, 3, 4, 5, 7), name="Kontots plan, version 1")  # Gullspång Bilaga 1 p. 7
MIDSUMMER = (date(2026, 6, 15), date(2026, 6, 28))
CHRISTMAS = (date(2026, 12, 21), date(2027, 1, 3))
EASTER = (date(2026, 3, 30), date(2026, 4, 12))

DAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))
SOME_DAYS = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(tuple)
CLOSINGS = st.one_of(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.just(time(17)), st.just(time(0)))


def oversight(key: str, **changed):
    path = shipped()[key]
    rule = read(path.read_text(encoding="utf-8"), path.name).rule("oversight")
    return rule.model_copy(update=changed)


def days(rounds) -> list[str]:
    return [f"{clock.local(due.due_at):%m-%d}" for due in rounds]


def dates(rounds) -> list[date]:
    return [clock.local(due.due_at).date() for due in rounds]


VARDAGAR_MIDSUMMER = "06-15 06-16 06-17 06-18 06-22 06-23 06-24 06-25 06-26"
VARDAGAR_CHRISTMAS = "12-21 12-22 12-23 12-28 12-29 12-30"
VARDAGAR_EASTER = "03-30 03-31 04-01 04-02 04-07 04-08 04-09 04-10"


@pytest.mark.parametrize(
    ("key", "plan", "span", "expected"),
    [
        # The plan's weekdays and Sundays; midsommardagen, Christmas Day and Easter Sunday are holidays.
        ("gullspang", EXAMPLE, MIDSUMMER, "06-15 06-16 06-17 06-18 06-21 06-22 06-23 06-24 06-25 06-26 06-28"),
        ("gullspang", EXAMPLE, CHRISTMAS, "12-21 12-22 12-23 12-27 12-28 12-29 12-30 01-03"),
        ("gullspang", EXAMPLE, EASTER, "03-30 03-31 04-01 04-02 04-07 04-08 04-09 04-10 04-12"),
        ("lekeberg", PlanDays(), MIDSUMMER, VARDAGAR_MIDSUMMER),
        ("lekeberg", PlanDays(), CHRISTMAS, VARDAGAR_CHRISTMAS),
        ("lekeberg", PlanDays(), EASTER, VARDAGAR_EASTER),
        ("lidingo", PlanDays(), MIDSUMMER, VARDAGAR_MIDSUMMER),
        ("lidingo", PlanDays(), CHRISTMAS, VARDAGAR_CHRISTMAS),
        ("lidingo", PlanDays(), EASTER, VARDAGAR_EASTER),
        # Silent: the product's default, Mondays; after Easter the week's round comes on the Tuesday.
        ("norsjo", PlanDays(), MIDSUMMER, "06-15 06-22"),
        ("norsjo", PlanDays(), CHRISTMAS, "12-21 12-28"),
        ("norsjo", PlanDays(), EASTER, "03-30 04-07"),
        ("valdemarsvik", PlanDays(), MIDSUMMER, "06-15 06-22"),
        ("valdemarsvik", PlanDays(), CHRISTMAS, "12-21 12-28"),
        ("valdemarsvik", PlanDays(), EASTER, "03-30 04-07"),
    ],
)
def test_the_five_policies_over_a_fortnight_of_holidays(key, plan, span, expected):
    assert days(due_rounds(oversight(key), plan, *span)) == expected.split()


@pytest.mark.parametrize(
    ("key", "plan", "clause", "basis"),
    [
        ("gullspang", EXAMPLE, "Gullspång Bilaga 1 punkt 7", "policy"),
        ("gullspang", PlanDays(), DEFAULT_CLAUSE, "default"),
        ("lekeberg", PlanDays(), "Lekeberg 5.2; Lekeberg 6.2", "policy"),
        ("norsjo", PlanDays(), DEFAULT_CLAUSE, "default"),
        ("norsjo", EXAMPLE, EXAMPLE.name, "plan"),
        ("valdemarsvik", PlanDays(), DEFAULT_CLAUSE, "default"),
    ],
)
def test_each_round_names_what_it_was_promised_by(key, plan, clause, basis):
    sources = {(due.source.clause, due.source.basis) for due in due_rounds(oversight(key), plan, *MIDSUMMER)}

    assert sources == {(clause, basis)}


def test_lidingo_names_its_own_clause():
    (source,) = {due.source for due in due_rounds(oversight("lidingo"), PlanDays(), *MIDSUMMER)}

    assert source.clause.startswith("Lidingö")
    assert source.basis == "policy"


def test_a_plan_may_promise_more_than_the_policy_and_is_then_the_source():
    saturdays_too = PlanDays((6,), on_holidays=True, name="Kontots plan, version 2")

    rounds = due_rounds(oversight("lekeberg"), saturdays_too, *MIDSUMMER)

    by_plan = [due for due in rounds if due.source.basis == "plan"]
    assert days(by_plan) == ["06-20", "06-27"]
    assert {due.source.clause for due in by_plan} == {"Kontots plan, version 2"}


def test_a_plan_that_watches_on_holidays_fills_the_holes_of_the_policy():
    rounds = due_rounds(oversight("lekeberg"), PlanDays(WEEKDAYS, on_holidays=True, name="Plan"), *CHRISTMAS)

    assert days(due for due in rounds if due.source.basis == "plan") == ["12-24", "12-25", "12-31", "01-01"]


def test_a_promise_of_holidays_too_knows_no_holidays():
    rounds = due_rounds(oversight("lekeberg", on_holidays=True), PlanDays(), *CHRISTMAS)

    assert len(rounds) == 10


def test_a_season_thins_the_rounds_out_whatever_the_plan_says():
    summer = Season(first="06-22", last="08-10", days=(1, 4), per_day=1, clause="Exempel 3", strength="ska")

    rounds = due_rounds(oversight("lekeberg", seasons=(summer,)), PlanDays(WEEKDAYS, name="Plan"), *MIDSUMMER)

    assert days(rounds) == ["06-15", "06-16", "06-17", "06-18", "06-22", "06-25"]
    assert {due.source.clause for due in rounds[-2:]} == {"Exempel 3"}


def test_a_season_may_run_over_new_year_and_be_denser_a_day():
    winter = Season(first="12-28", last="01-06", days=WEEKDAYS, per_day=2, clause="Exempel 4", strength="ska")

    rounds = due_rounds(oversight("lekeberg", seasons=(winter,)), PlanDays(), *CHRISTMAS)

    assert days(rounds) == ["12-21", "12-22", "12-23", "12-28", "12-28", "12-29", "12-29", "12-30", "12-30"]


def test_a_weekly_round_that_falls_on_one_holiday_after_another_moves_each_time():
    fridays = oversight("lekeberg", days=(5,))

    assert days(due_rounds(fridays, PlanDays(), date(2026, 12, 14), date(2027, 1, 10))) == [
        "12-18",
        "12-28",
        "01-04",
        "01-08",
    ]


def test_several_rounds_a_day_are_spread_until_closing():
    windows = spread(date(2026, 11, 20), 3, time(17))

    assert [f"{clock.local(a):%H:%M}-{clock.local(b):%H:%M}" for a, b in windows] == [
        "00:00-11:00",
        "11:00-14:00",
        "14:00-17:00",
    ]


@pytest.mark.parametrize("closing", [time(6), time(8), time(0)])
def test_a_closing_time_before_the_morning_or_at_midnight_still_has_its_rounds(closing):
    windows = spread(date(2026, 11, 20), 2, closing)

    assert windows[0][0] == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert clock.local(windows[-1][1]).time() == closing


@pytest.mark.parametrize(
    ("missed", "told"),
    [("11-19", "11-20"), ("11-20", "11-23"), ("11-22", "11-23"), ("12-23", "12-28"), ("06-18", "06-22")],
)
def test_the_manager_is_told_at_closing_time_of_the_next_working_day(missed, told):
    day = date.fromisoformat(f"2026-{missed}")
    rule = oversight("lekeberg", days=(1, 2, 3, 4, 5, 6, 7), on_holidays=True)

    (due,) = due_rounds(rule, PlanDays(), day, day)

    assert f"{clock.local(due.escalate_at):%m-%d %H:%M}" == f"{told} 17:00"


def test_a_policy_may_count_hours_to_the_manager():
    day = date(2026, 11, 20)
    rule = oversight("lekeberg", escalate_after=Deadline(count=6, unit="hours", weekends="count"))

    (due,) = due_rounds(rule, PlanDays(), day, day)

    assert due.escalate_at - due.due_at == timedelta(hours=6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), DAYS, st.integers(0, 40), SOME_DAYS, st.booleans())
def test_a_plan_never_takes_away_what_the_policy_promises(key, first, length, plan_days, on_holidays):
    rule, last = oversight(key), first + timedelta(days=length)

    found = {
        clock.local(due.due_at).date() for due in due_rounds(rule, PlanDays(plan_days, on_holidays, "P"), first, last)
    }

    if not rule.is_default("days"):
        alone = {clock.local(due.due_at).date() for due in due_rounds(rule, PlanDays(), first, last)}
        assert alone <= found
    for day in (first + timedelta(days=n) for n in range(length + 1)):
        if day.isoweekday() in plan_days and (on_holidays or not workingdays.is_holiday(day)):
            assert day in found


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), DAYS, st.integers(0, 40))
def test_every_day_that_the_policy_counts_has_its_rounds(key, first, length):
    rule, last = oversight(key), first + timedelta(days=length)
    found = dates(due_rounds(rule, PlanDays(), first, last))

    for day in (first + timedelta(days=n) for n in range(length + 1)):
        promised = rule.rounds_on(day, holiday=workingdays.is_holiday(day))
        assert found.count(day) >= promised


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 20), st.integers(0, 20), SOME_DAYS, st.booleans())
def test_a_span_is_the_sum_of_its_parts(first, one, other, own, on_holidays):
    rule = oversight("lekeberg", days=own, on_holidays=on_holidays)
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other + 1)

    whole = due_rounds(rule, PlanDays(), first, last)

    parts = due_rounds(rule, PlanDays(), first, middle) + due_rounds(rule, PlanDays(), middle + timedelta(days=1), last)
    assert whole == parts


@settings(max_examples=60, deadline=None)
@given(DAYS, SOME_DAYS, st.booleans())
def test_no_fortnight_is_left_without_a_round(first, own, on_holidays):
    rule = oversight("lekeberg", days=own, on_holidays=on_holidays)

    assert due_rounds(rule, PlanDays(), first, first + timedelta(days=13))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 1000), CLOSINGS)
def test_the_rounds_of_a_day_follow_one_another_and_end_at_closing(day, count, closing):
    windows = spread(day, count, closing)

    assert len(windows) == count
    assert all(start < end for start, end in windows)
    assert all(windows[n][1] == windows[n + 1][0] for n in range(count - 1))
    assert windows[0][0] == clock.at(day, time(0))
    assert clock.local(windows[-1][1]).date() - day <= timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS), DAYS, st.integers(0, 40))
def test_due_times_are_each_their_own_and_in_order(key, first, length):
    rounds = due_rounds(oversight(key), EXAMPLE, first, first + timedelta(days=length))

    times = [due.due_at for due in rounds]
    assert times == sorted(set(times))
    assert all(due.due_from < due.due_at < due.escalate_at for due in rounds)
