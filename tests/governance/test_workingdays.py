"""Working days and deadlines: they hold over Midsummer, Christmas, Easter, both clock changes and a Friday at 16:30."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from governance import clock
from governance.workingdays import add_working_days, deadline, is_holiday, is_working_day

MORNING, AFTERNOON = time(9, 0), time(16, 30)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))
COUNTS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("what", "start", "count", "ends"),
    [
        ("a Friday afternoon", "2026-11-20", 1, "2026-11-23"),
        ("the day before midsommarafton", "2026-06-18", 1, "2026-06-22"),
        ("midsommardagen itself", "2026-06-20", 1, "2026-06-22"),
        ("the day before julafton", "2026-12-23", 1, "2026-12-28"),
        ("the day before nyårsafton", "2026-12-30", 1, "2027-01-04"),
        ("skärtorsdagen", "2026-04-02", 1, "2026-04-07"),
        ("five days over Christmas and New Year", "2026-12-23", 5, "2027-01-05"),
        ("six days reach past the Epiphany", "2026-12-23", 6, "2027-01-07"),
        ("the Saturday before the clocks go forward", "2026-03-28", 1, "2026-03-30"),
        ("the Friday before the clocks go back", "2026-10-23", 1, "2026-10-26"),
        ("the day before Ascension Day", "2026-05-13", 1, "2026-05-15"),
        ("the day before the national day on a Saturday", "2026-06-05", 1, "2026-06-08"),
    ],
)
@pytest.mark.parametrize("begun", [time(0, 0), MORNING, AFTERNOON, time(23, 59)])
def test_the_table_of_deadlines(what, start, count, ends, begun):
    start = clock.at(date.fromisoformat(start), begun)

    end = clock.local(deadline(start, count))

    assert (end.date().isoformat(), end.time()) == (ends, time(17, 0)), what


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (datetime(2026, 3, 27, 15, 30, tzinfo=UTC), datetime(2026, 3, 30, 15, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 14, 30, tzinfo=UTC), datetime(2026, 10, 26, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_deadline_over_a_clock_change_ends_when_the_clock_on_the_wall_says_so(start, ends):
    assert deadline(start, 1) == ends


def test_the_day_of_the_start_is_the_day_in_sweden():
    late_on_thursday_in_utc = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)

    assert clock.local(deadline(late_on_thursday_in_utc, 1)).date() == date(2026, 11, 23)


def test_a_deadline_ends_at_the_closing_time_of_the_policy():
    end = deadline(clock.at(date(2026, 11, 16), MORNING), 1, closing=time(15, 30))

    assert clock.local(end).time() == time(15, 30)


def test_local_free_days_are_no_working_days():
    start, day_off = clock.at(date(2026, 11, 16), MORNING), date(2026, 11, 17)

    end = deadline(start, 1, free_days=[day_off])

    assert clock.local(end).date() == date(2026, 11, 18)
    assert is_holiday(day_off, [day_off])


@pytest.mark.parametrize("eve", [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)])
def test_the_three_eves_are_free(eve):
    assert not is_working_day(eve)


@pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 4, 30), date(2027, 1, 5), date(2026, 10, 30)])
def test_the_half_days_before_holidays_are_working_days(day):
    assert is_working_day(day)


def test_an_ordinary_sunday_is_no_holiday_and_no_working_day():
    sunday = date(2026, 11, 22)

    assert not is_holiday(sunday)
    assert not is_working_day(sunday)


@pytest.mark.parametrize("count", [0, -1])
def test_a_deadline_of_no_days_is_a_mistake(count):
    with pytest.raises(ValueError, match="at least one day"):
        add_working_days(date(2026, 11, 20), count)


def test_a_moment_without_a_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="naive"):
        deadline(datetime(2026, 11, 20, 9, 0), 1)


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_exactly_as_many_working_days_lie_in_the_time_as_were_given(day, count):
    end = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]

    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == count


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_one_more_day_ends_on_the_next_working_day(day, count):
    assert add_working_days(day, count + 1) == add_working_days(add_working_days(day, count), 1)


@settings(deadline=None)
@given(MOMENTS, MOMENTS, COUNTS)
def test_what_begins_later_never_ends_earlier(one, other, count):
    earlier, later = sorted((one, other))

    assert deadline(earlier, count) <= deadline(later, count)


@settings(deadline=None)
@given(MOMENTS, COUNTS, st.times())
def test_a_deadline_lies_after_its_beginning_on_a_working_day_at_closing_time(start, count, closing):
    assume(closing.hour not in (2, 3))  # an hour that a clock change may skip or repeat
    closing = closing.replace(fold=0)

    end = clock.local(deadline(start, count, closing))

    assert end > start
    assert is_working_day(end.date())
    assert end.time() == closing


@settings(deadline=None)
@given(DAYS)
def test_no_free_time_is_longer_than_five_days(day):
    """What the schedule of rounds builds on when it moves a round to the next working day."""
    assert (add_working_days(day, 1) - day).days <= 6


@settings(deadline=None)
@given(DAYS, st.times())
def test_a_time_on_the_wall_stays_on_its_day(day, time_of_day):
    moment = clock.at(day, time_of_day)

    assert clock.local(moment).date() == day
    assert moment.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def test_the_clock_shows_sweden_summer_and_winter():
    assert clock.local(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)).hour == 14
    assert clock.local(datetime(2026, 12, 1, 12, 0, tzinfo=UTC)).hour == 13


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_today_is_the_calendar_day_in_sweden(time_machine, utc, day):
    time_machine.move_to(utc, tick=False)

    assert clock.today() == day
    assert clock.now() == utc
