"""The public list: official accounts for anybody, and nothing about any person (R-REG-2)."""

import pytest

from tests.accounts import factories
from tests.factories import UnitFactory, root

URL = "/officiella-konton/"


def opened(town, **changed):
    plan = factories.written(town, factories.begun(town, **changed), people=None)
    plan = factories.signed(town, factories.submitted(town, plan))
    manager = town.director if changed.get("unit") == root() else town.manager
    if changed.get("unit") == town.department:
        manager = town.head
    plan = factories.actions.approve_plan(plan, by=manager, digest=factories.digest_of(plan))
    return factories.opened(town, plan, handle=changed["name"].lower())


def names(response) -> list[tuple[str, list[str]]]:
    return [(group.department, [account.name for account in group.accounts]) for group in response.context["groups"]]


def test_it_shows_open_accounts_only_and_needs_no_login(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Personalen", visibility="internal", visibility_reason="Bara för oss")
    opened(town, name="Skolan", visibility="locked", visibility_reason="Barn")
    factories.begun(town, name="Förslaget")
    factories.approved(town, factories.submitted(town, factories.written(town, factories.begun(town, name="Snart"))))
    factories.withdrawn(town)

    response = client.get(URL)

    assert response.status_code == 200
    assert names(response) == [("Kulturförvaltningen", ["Biblioteket", "Skolan"])]


def test_accounts_stand_under_their_department_the_municipalitys_own_first(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Kulturen", unit=town.department)
    opened(town, name="Kommunen", unit=root(), kind="municipality_wide")

    assert names(client.get(URL)) == [("", ["Kommunen"]), ("Kulturförvaltningen", ["Biblioteket", "Kulturen"])]


@pytest.mark.parametrize("words", ["bibl", "FACEBOOK", "biblioteket", "kulturförv"])
def test_one_finds_an_account_by_name_unit_department_or_platform(town, client, words):
    opened(town, name="Biblioteket")

    assert names(client.get(URL, {"q": words})) == [("Kulturförvaltningen", ["Biblioteket"])]
    assert names(client.get(URL, {"q": "finns inte"})) == []


def test_each_account_has_its_platform_its_link_and_its_purpose(town, client):
    account = opened(town, name="Biblioteket")

    page = client.get(URL).content.decode()

    for words in ("Facebook", f'href="{account.address}"', "facebook.com/biblioteket", "Tipsa om böcker"):
        assert words in page


def test_no_person_is_named(town, client):
    account = opened(town, name="Biblioteket")
    people = [duty.person for duty in account.duties.select_related("person")]

    page = client.get(URL).content.decode()

    for person in [*people, town.manager, town.officer]:
        assert person.name not in page
        assert person.email not in page


def kept(client) -> set[str]:
    return set(client.get(URL)["Cache-Control"].split(", "))


def test_a_visitor_may_keep_the_page_for_a_while_and_who_is_signed_in_sees_it_as_it_is(town, client):
    assert kept(client) == {"max-age=300", "private"}
    client.force_login(town.officer)

    assert kept(client) == {"max-age=0", "private"}


def test_it_asks_the_same_number_of_questions_whatever_there_is(town, client, django_assert_max_num_queries):
    for number in range(5):
        opened(town, name=f"Konto{number}")
    UnitFactory()

    with django_assert_max_num_queries(8):
        client.get(URL)


def test_an_empty_list_says_so(town, client):
    assert "inga officiella konton än" in client.get(URL).content.decode()
