"""The list of plans: narrowed, ordered and paged, with what the reader may see and no more, in few questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ActivityPlan
from governance import clock
from tests.accounts import factories
from tests.factories import adopted

URL = reverse("accounts:plan-list")


@pytest.fixture
def four(gullspang):
    """A plan in force, one that waits, one draft elsewhere, one under another policy."""
    factories.opened(gullspang)
    factories.submitted(gullspang, factories.written(gullspang, factories.begun(gullspang, name="Arkivet")))
    factories.begun(gullspang, name="Teatern", unit=gullspang.department)
    adopted("lekeberg")
    factories.begun(gullspang, name="Museet")
    return gullspang


def names(response) -> list[str]:
    return [plan.account.name for plan in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Arkivet", "Biblioteket", "Museet", "Teatern"]),
        ("ordning=-konto", ["Teatern", "Museet", "Biblioteket", "Arkivet"]),
        ("lage=signing", ["Arkivet"]),
        ("lage=approved", ["Biblioteket"]),
        ("q=teat", ["Teatern"]),
        ("q=tipsa om", ["Arkivet", "Biblioteket"]),
        ("ordning=-godkand&lage=approved", ["Biblioteket"]),
        ("q=finns inte", []),
    ],
)
def test_the_list_is_narrowed_and_ordered_as_asked(four, client, query, expected):
    client.force_login(four.officer)

    assert names(client.get(f"{URL}?{query}")) == expected


def test_a_unit_stands_for_all_below_it_and_a_policy_for_its_plans(four, client):
    client.force_login(four.officer)
    newest = ActivityPlan.objects.get(account__name="Museet").policy_version

    assert names(client.get(URL, {"enhet": four.library.pk})) == ["Arkivet", "Biblioteket", "Museet"]
    assert len(names(client.get(URL, {"enhet": four.department.pk}))) == 4
    assert names(client.get(URL, {"policy": newest.pk})) == ["Museet"]


def test_one_sees_only_what_one_may(four, client):
    client.force_login(four.outsider)
    assert names(client.get(URL)) == []

    client.force_login(four.staff[0])
    assert names(client.get(URL)) == ["Arkivet", "Biblioteket"]


def test_nothing_found_says_how_to_go_on(four, client):
    client.force_login(four.officer)

    assert "Ingen plan stämmer med filtret" in client.get(f"{URL}?q=finns inte").content.decode()


def test_the_navigation_leads_there_for_those_who_see_plans(four, client):
    link = f'href="{URL}"'
    client.force_login(four.auditor)
    assert link in client.get("/").content.decode()

    client.force_login(four.outsider)
    assert link not in client.get("/").content.decode()


def test_the_list_asks_the_same_number_of_questions_for_few_and_for_many(four, client):
    client.force_login(four.officer)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(20):
        plan = factories.written(four, factories.begun(four, name=f"Konto {number}"))
        if number % 2:
            factories.submitted(four, plan)

    with CaptureQueriesContext(connection) as many:
        client.get(URL)

    assert len(many) == len(few)


def test_what_has_waited_since_a_moment_is_found_oldest_first(gullspang, time_machine):
    time_machine.move_to("2026-06-01 10:00", tick=False)
    first = factories.submitted(gullspang)
    time_machine.move_to("2026-08-01 10:00", tick=False)
    second = factories.submitted(gullspang, factories.written(gullspang, factories.begun(gullspang, name="Arkivet")))
    factories.begun(gullspang, name="Teatern")

    assert list(ActivityPlan.objects.pending_since(clock.now())) == [first, second]
    assert list(ActivityPlan.objects.pending_since(clock.now() - timedelta(days=1))) == [first]
