"""An account's archive over the years: the calendar, the strip, and two to compare."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from archive.browsing import years
from archive.shielding import marking
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import RoleFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def taken(account, year: int, month: int, **fields):
    """Keep a picture of the account that was taken that month."""
    return kept(
        SnapshotFactory(done=True, account=account), made_at=datetime(year, month, 15, 12, tzinfo=UTC), **fields
    )


def states(user, account, year: int) -> str:
    """Answer the year's months, a letter each: taken, missed, due, or - for nothing."""
    months = next(each for each in years.calendar(user, account) if each.number == year).months
    return "".join({"taken": "T", "missed": "M", "due": "D", "none": "-"}[month.state] for month in months)


@pytest.fixture
def account(municipality):
    """An account that is open since January 2025, under a policy with pictures in certain months."""
    return municipality(accounts=1)[0]


@pytest.fixture
def registrar(account):
    """A registrar who sees everything but what is secret."""
    return person("registrar")


class TestCalendar:
    """Which months have pictures, and which were promised and missed."""

    @pytest.fixture(autouse=True)
    def today(self, account):
        """It is 20 November 2026."""
        with time_machine.travel("2026-11-20 12:00:00+01:00", tick=False):
            yield

    def test_a_month_says_how_many_and_leads_there(self, account, registrar):
        one = taken(account, 2025, 3)
        taken(account, 2025, 6), taken(account, 2025, 6)

        months = next(each for each in years.calendar(registrar, account) if each.number == 2025).months

        assert (months[2].state, months[2].count, months[2].url) == ("taken", 1, one.get_absolute_url())
        assert (months[5].count, months[5].url) == (2, "?manad=2025-06#remsan")

    def test_a_promise_that_no_picture_kept_is_missed_and_one_that_still_can_be_is_due(self, account, registrar):
        kept_before = states(registrar, account, 2025) + states(registrar, account, 2026)
        assert "T" not in kept_before
        first = kept_before.index("M")

        taken(account, 2025 + first // 12, first % 12 + 1)

        assert (states(registrar, account, 2025) + states(registrar, account, 2026))[first] == "T"

    def test_a_picture_that_the_reader_may_not_see_is_no_lack(self, account, registrar):
        record = taken(account, 2025, 3)
        marking.mark(record, by=registrar, provision="OSL 21:1", authority=record.authority)

        month = next(each for each in years.calendar(registrar, account) if each.number == 2025).months[2]

        assert (month.state, month.count, month.url) == ("taken", 0, "")

    def test_nothing_is_missed_of_the_time_before_the_account_opened_or_after_it_closed(self, account, registrar):
        account.opened_at = datetime(2026, 11, 1, 12, tzinfo=UTC)
        assert "M" not in states(registrar, account, 2026)

        account.opened_at, account.closed_at = datetime(2025, 1, 2, tzinfo=UTC), datetime(2025, 1, 20, tzinfo=UTC)
        every = "".join(states(registrar, account, year.number) for year in years.calendar(registrar, account))
        assert set(every) == {"-"}

    def test_an_account_without_anything_has_this_year(self, registrar, account):
        account.opened_at = None

        assert [year.number for year in years.calendar(registrar, account)] == [2026]


class TestPage:
    """The page itself."""

    def url(self, account) -> str:
        """Answer where it is."""
        return reverse("archive:account-archive", args=[account.pk])

    def test_the_strip_shows_each_picture_of_the_years_the_latest_first(self, signed_in, account, registrar):
        records = [taken(account, 2025, 3), taken(account, 2026, 3), taken(account, 2026, 5)]

        page = signed_in(registrar).get(self.url(account))

        assert list(page.context["page"].object_list) == records[::-1]
        assert all(record.get_absolute_url() in page.content.decode() for record in records)

    def test_a_month_narrows_the_strip(self, signed_in, account, registrar):
        _other, one = taken(account, 2025, 3), taken(account, 2026, 3)
        client = signed_in(registrar)

        assert list(client.get(self.url(account), {"manad": "2026-03"}).context["page"].object_list) == [one]
        for wrong in ("x", "2026-13", "0", "99999-01"):
            assert len(client.get(self.url(account), {"manad": wrong}).context["page"].object_list) == 2

    def test_what_is_secret_is_neither_shown_nor_offered(self, signed_in, account, registrar):
        _open, record = taken(account, 2025, 3), taken(account, 2026, 3)
        marking.mark(record, by=registrar, provision="OSL 21:1", authority=record.authority)

        page = signed_in(registrar).get(self.url(account))
        cleared = signed_in(RoleFactory(role="registrar", unit=account.unit, secrecy=True).user).get(self.url(account))

        assert record.get_absolute_url() not in page.content.decode()
        assert [len(answer.context["choices"]) for answer in (page, cleared)] == [1, 2]

    def test_it_is_reached_from_the_account_and_from_the_record(self, signed_in, account, registrar):
        record = taken(account, 2026, 3)
        client = signed_in(registrar)

        for page in (account, record):
            assert self.url(account) in client.get(page.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("role", "status"), [("registrar", 404), ("employee", 403), ("system_administrator", 403)])
    def test_others_have_no_such_page(self, signed_in, account, role, status):
        assert signed_in(person(role, UnitFactory())).get(self.url(account)).status_code == status

    def test_the_number_of_queries_does_not_grow(self, signed_in, account, registrar, django_assert_max_num_queries):
        client = signed_in(registrar)
        taken(account, 2025, 3), taken(account, 2025, 4)
        with django_assert_max_num_queries(60) as few:
            client.get(self.url(account))
        for month in range(1, 13):
            taken(account, 2024, month)

        with django_assert_max_num_queries(len(few)):
            client.get(self.url(account))
