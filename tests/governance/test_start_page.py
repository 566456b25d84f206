"""The start page: what waits for me, in numbers that lead to exactly the rows they count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.permissions import ROLES
from tests.factories import UnitFactory, UserFactory, adopted, person
from tests.governance.factories import FindingFactory, NoticeFactory

pytestmark = pytest.mark.django_db
START = "governance:start-show"


def open_as(client, user):
    client.force_login(user)
    return client.get(reverse(START))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_has_a_start_page_with_its_own_navigation(client, role):
    adopted()

    response = open_as(client, person(role))

    labels = {entry["label"] for entry in response.context["navigation"]}
    assert response.status_code == 200
    assert ("Logg" in labels) == ("see_audit" in ROLES[role])
    assert ("Regelutfall" in labels) == ("see_findings" in ROLES[role])


def test_somebody_with_nothing_to_do_is_told_what_comes_here(client):
    adopted()

    response = open_as(client, UserFactory())

    assert "Inget att göra just nu" in response.content.decode()


def test_mine_are_shown_the_latest_first_and_others_are_not(client):
    user = UserFactory()
    FindingFactory(due=True, text="En plan att underteckna", responsible=[user])
    FindingFactory(late=True, text="En uppsikt som uteblev", responsible=[user])
    FindingFactory(late=True, text="Någon annans sak", responsible=[UserFactory()])
    FindingFactory(text="Något som är i ordning", responsible=[user])

    page = open_as(client, user).content.decode()

    assert page.index("En uppsikt som uteblev") < page.index("En plan att underteckna")
    assert "Någon annans sak" not in page
    assert "Något som är i ordning" not in page


def test_a_number_leads_to_exactly_the_rows_it_counts(client):
    library = UnitFactory(name="Biblioteket")
    manager = person("manager", unit=library)
    FindingFactory.create_batch(3, late=True, unit=library)
    FindingFactory.create_batch(2, late=True, unit=library, responsible=[manager])
    FindingFactory.create_batch(4, due=True, unit=library, responsible=[manager])
    FindingFactory(late=True, unit=UnitFactory(name="Kulturskolan"))

    start = open_as(client, manager)

    groups = [*start.context["mine"], *start.context["others"]]
    assert [group.count for group in groups] == [2, 4, 5, 4]
    for group in groups:
        assert client.get(group.url).context["page"].paginator.count == group.count


def test_the_start_page_shows_the_first_ten_and_leads_to_all(client):
    user = UserFactory()
    FindingFactory.create_batch(12, late=True, responsible=[user])

    page = open_as(client, user)

    assert len(page.context["mine"][0].rows) == 10
    assert "Visa alla 12" in page.content.decode()


def test_each_act_is_one_click_away_and_says_its_clause(client):
    user = UserFactory()
    FindingFactory(late=True, clause="Lekeberg 6.2", url="/policy/", responsible=[user])

    page = open_as(client, user).content.decode()

    assert 'href="/policy/"' in page
    assert "Lekeberg 6.2" in page


def test_the_products_own_setting_is_never_shown_as_a_clause_of_the_policy(client):
    user = UserFactory()
    FindingFactory(late=True, basis="default", clause="Lekeberg 6.2", responsible=[user])

    page = open_as(client, user).content.decode()

    assert "Uppsikts grundinställning" in page
    assert "Lekeberg 6.2" not in page


def test_the_latest_messages_to_me_are_shown_and_no_one_elses(client):
    mine, other = NoticeFactory(), NoticeFactory()

    page = open_as(client, mine.user).content.decode()

    assert mine.subject in page
    assert other.subject not in page


def test_without_a_policy_the_communications_officer_is_led_to_adopt_one(client):
    page = open_as(client, person("communications_officer")).content.decode()

    assert "Ingen policy gäller än" in page
    assert "Välj och anta en policy" in page


def test_the_start_page_asks_as_much_of_the_database_for_thirty_findings_as_for_three(client):
    adopted()
    user = person("manager")
    FindingFactory.create_batch(3, late=True, responsible=[user])
    client.force_login(user)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(START))
    FindingFactory.create_batch(27, late=True, responsible=[user])

    with CaptureQueriesContext(connection) as thirty:
        client.get(reverse(START))

    assert 0 < len(thirty) <= len(three)
