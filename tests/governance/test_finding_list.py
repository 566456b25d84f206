"""The list of findings: what I may see, narrowed, ordered, paged, with a bounded number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import clock
from tests.factories import UnitFactory, UserFactory, adopted, person
from tests.governance.factories import FindingFactory

pytestmark = pytest.mark.django_db
LIST = "governance:finding-list"


@pytest.fixture
def library():
    return UnitFactory(name="Biblioteket")


@pytest.fixture
def officer(client):
    user = person("communications_officer")
    client.force_login(user)
    return user


def listed(client, **query):
    response = client.get(reverse(LIST), query)
    return [row.finding.text for row in response.context["rows"]]


def test_a_manager_sees_the_own_unit_and_below_and_nothing_beside_it(client, library):
    below = UnitFactory(name="Filialen", parent=library)
    FindingFactory(late=True, text="Här", unit=library)
    FindingFactory(late=True, text="Under", unit=below)
    FindingFactory(late=True, text="Bredvid", unit=UnitFactory())
    client.force_login(person("manager", unit=library))

    assert sorted(listed(client)) == ["Här", "Under"]


def test_an_employee_sees_only_what_the_employee_must_act_on(client, library):
    employee = person("employee", unit=library)
    FindingFactory(late=True, text="Mitt", unit=library, responsible=[employee])
    FindingFactory(late=True, text="Någon annans", unit=library)
    client.force_login(employee)

    assert listed(client) == ["Mitt"]


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        ("", ["Sen", "Att göra"]),
        ("brist", ["Sen"]),
        ("att-gora", ["Att göra"]),
        ("i-ordning", ["I ordning"]),
        ("alla", ["Sen", "Att göra", "I ordning"]),
    ],
)
def test_the_list_is_narrowed_by_state_and_begins_with_what_is_late(client, officer, state, texts):
    FindingFactory(text="I ordning")
    FindingFactory(due=True, text="Att göra")
    FindingFactory(late=True, text="Sen")

    assert listed(client, **({"lage": state} if state else {})) == texts


def test_what_becomes_late_later_stands_after_what_is_to_be_done_now(client, officer):
    FindingFactory(text="I ordning än så länge", breached_at=clock.now() + timedelta(hours=1))
    FindingFactory(due=True, text="Att göra", breached_at=clock.now() + timedelta(days=9))

    assert listed(client, lage="alla") == ["Att göra", "I ordning än så länge"]


def test_the_list_is_narrowed_by_unit_rule_words_and_me(client, officer, library):
    FindingFactory(late=True, text="Uppsikt", unit=library)
    FindingFactory(late=True, text="Underskrift", rule="PLAN-3", responsible=[officer])

    assert listed(client, enhet=library.pk) == ["Uppsikt"]
    assert listed(client, regel="PLAN-3") == ["Underskrift"]
    assert listed(client, q="upps") == ["Uppsikt"]
    assert listed(client, vem="jag") == ["Underskrift"]


def test_the_list_is_ordered_as_asked_and_an_unknown_order_is_the_usual_one(client, officer):
    FindingFactory(late=True, text="Beta")
    FindingFactory(late=True, text="Alfa")

    assert listed(client, ordning="vad") == ["Alfa", "Beta"]
    assert listed(client, ordning="-vad") == ["Beta", "Alfa"]
    assert listed(client, ordning="; drop table") == listed(client)


def test_a_page_that_does_not_exist_shows_the_last_one(client, officer):
    FindingFactory.create_batch(30, late=True)

    assert len(listed(client, sida="99")) == 5
    assert len(listed(client, sida="alfa")) == 25


def test_an_empty_list_says_what_to_do_next(client, officer):
    unfiltered = client.get(reverse(LIST)).content.decode()
    filtered = client.get(reverse(LIST), {"q": "finns inte"}).content.decode()

    assert "Allt är i ordning" in unfiltered
    assert "Inget stämmer med filtret" in filtered


def test_thirty_findings_take_as_many_queries_as_three(client, officer):
    adopted()
    FindingFactory.create_batch(3, late=True, responsible=[UserFactory(), UserFactory()])
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(LIST))
    FindingFactory.create_batch(27, late=True, responsible=[UserFactory()])

    with CaptureQueriesContext(connection) as thirty:
        client.get(reverse(LIST))

    assert len(thirty) == len(three)
