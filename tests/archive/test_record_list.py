"""Finding a record: narrowed, ordered, paged, with a bounded number of queries."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.archive.factories import SnapshotFactory, kept
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Three records of different accounts, kinds, units and years."""
    library = UnitFactory(name="Kultur")
    below = UnitFactory(name="Filialen", parent=library)
    return [
        kept(SnapshotFactory(done=True, account__name="Äppelbo"), made_at=datetime(2025, 5, 1, tzinfo=UTC)),
        kept(
            SnapshotFactory(done=True, account__name="Biblioteket", account__unit=below),
            made_at=datetime(2026, 5, 1, tzinfo=UTC),
        ),
        kept(SnapshotFactory(done=True, account__name="Åvik"), made_at=datetime(2026, 6, 1, tzinfo=UTC), kind="plan"),
    ]


@pytest.fixture
def found(signed_in, three):
    """Answer a function that asks for the list and answers the accounts in it, in order."""
    client = signed_in(person("registrar"))

    def ask(**query) -> list[str]:
        page = client.get(reverse("archive:record-list"), query).context["page"]
        return [record.account.name for record in page]

    return ask


def test_the_latest_comes_first(found):
    assert found() == ["Åvik", "Biblioteket", "Äppelbo"]


def test_in_swedish_order_of_title(found):
    assert found(ordning="titel") == ["Biblioteket", "Åvik", "Äppelbo"]
    assert found(ordning="-titel") == ["Äppelbo", "Åvik", "Biblioteket"]


def test_by_words_in_title_or_account(found):
    assert found(q="äppel") == ["Äppelbo"]
    assert found(q="ögonblicksbild") == ["Åvik", "Biblioteket", "Äppelbo"]


def test_by_kind_year_and_unit_with_what_is_below_it(found, three):
    assert found(slag="plan") == ["Åvik"]
    assert found(ar="2025") == ["Äppelbo"]
    assert found(enhet=three[1].unit.parent.pk) == ["Biblioteket"]
    assert found(enhet=three[0].unit.pk) == ["Äppelbo"]


def test_a_wrong_choice_finds_what_it_would_without_it(found):
    assert len(found(ar="x", slag="?", sida="99", ordning="; drop table")) == 3


def test_the_number_of_queries_does_not_grow_with_the_list(signed_in, django_assert_max_num_queries):
    client = signed_in(person("registrar"))
    for _n in range(3):
        kept()
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("archive:record-list"))
    for _n in range(22):
        kept()

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("archive:record-list"))


def test_an_empty_archive_says_what_comes_here(signed_in):
    page = signed_in(person("registrar")).get(reverse("archive:record-list"))

    assert "Arkivet är tomt" in page.content.decode()
