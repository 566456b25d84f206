"""The public list: official accounts for anybody, and nothing about any person (R-REG-2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from accounts.public.search import stem
from governance import clock
from tests.accounts import factories
from tests.accounts.public import became, opened
from tests.factories import UnitFactory, root

URL, CLOSED, ENGLISH = "/officiella-konton/", "/officiella-konton/avslutade/", "/en/official-accounts/"
FRAGMENT = "/officiella-konton/fragment.html"


def names(response) -> list[tuple[str, list[str]]]:
    return [(group.department, [account.name for account in group.accounts]) for group in response.context["groups"]]


def test_it_shows_open_accounts_only_and_needs_no_login(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Personalen", visibility="internal", visibility_reason="Bara för oss")
    opened(town, name="Spaningen", kind="monitoring")
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


@pytest.mark.parametrize("words", ["bibl", "FACEBOOK", "biblioteken", "kulturförv", "böcker", "bibl facebook"])
def test_one_finds_an_account_by_name_unit_department_platform_or_purpose(town, client, words):
    opened(town, name="Biblioteket")

    assert names(client.get(URL, {"q": words})) == [("Kulturförvaltningen", ["Biblioteket"])]
    assert names(client.get(URL, {"q": f"{words} finnsinte"})) == []


def test_the_search_knows_that_swedish_letters_are_letters_and_accents_are_not(town, client):
    opened(town, name="Café Ösregn")

    assert names(client.get(URL, {"q": "cafe"})) == [("Kulturförvaltningen", ["Café Ösregn"])]
    assert names(client.get(URL, {"q": "ÖSREGN"})) == [("Kulturförvaltningen", ["Café Ösregn"])]
    assert names(client.get(URL, {"q": "osregn"})) == []


@pytest.mark.parametrize(
    ("word", "found"),
    [("biblioteket", "bibliotek"), ("skolorna", "skol"), ("barn", "barn"), ("ås", "ås"), ("konsten", "konst")],
)
def test_a_word_is_searched_without_its_ending(word, found):
    assert stem(word) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"plattform": "facebook"}, ["Biblioteket", "Kommunen"]),
        ({"plattform": "instagram"}, ["Biblioteket", "Kommunen"]),  # no account there: nothing to choose
        ({"slag": "municipality_wide"}, ["Kommunen"]),
        ({"till": "events"}, ["Biblioteket"]),
        ({"lage": "paused"}, ["Kommunen"]),
        ({"lage": "active"}, ["Biblioteket"]),
        ({"lage": "struntprat"}, ["Biblioteket", "Kommunen"]),
    ],
)
def test_the_list_is_narrowed_by_platform_kind_use_and_status(town, client, asked, found):
    library = opened(town, name="Biblioteket")
    Account.objects.filter(pk=library.pk).update(uses=["events"])
    became("paused", opened(town, name="Kommunen", unit=root(), kind="municipality_wide"))

    assert sorted(name for _department, group in names(client.get(URL, asked)) for name in group) == found


def test_the_list_is_narrowed_to_a_unit_and_all_below_it(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Kommunen", unit=root(), kind="municipality_wide")

    assert names(client.get(URL, {"enhet": town.department.pk})) == [("Kulturförvaltningen", ["Biblioteket"])]


def test_each_account_has_its_platform_its_link_and_its_purpose(town, client):
    account = opened(town, name="Biblioteket")

    page = client.get(URL).content.decode()

    for words in ("Facebook", f'href="{account.address}"', "facebook.com/biblioteket", "Tipsa om böcker"):
        assert words in page


def test_a_locked_account_is_listed_with_its_lock_and_for_whom_it_is(town, client):
    account = opened(town, name="Skolan", visibility="locked", visibility_reason="Barn")
    Account.objects.filter(pk=account.pk).update(audience="vårdnadshavare")

    page = client.get(URL).content.decode()

    assert "Låst" in page
    assert "Det är till för vårdnadshavare." in page
    assert "Barn" not in page.replace("Barnen", "")


def test_a_lost_account_is_shown_with_a_warning_and_without_the_way_there(town, client):
    account = became("lost", opened(town, name="Biblioteket"))

    page = client.get(URL).content.decode()

    assert "Varning: kontot är kapat" in page
    assert "Varning för kapade konton" in page
    assert account.address not in page


def test_a_closed_account_stays_a_year_in_a_list_of_its_own(town, client):
    opened(town, name="Biblioteket")
    became("closed", opened(town, name="Nyss"))
    became("closed", opened(town, name="Länge sen"), closed_at=clock.now() - timedelta(days=366))

    assert names(client.get(URL)) == [("Kulturförvaltningen", ["Biblioteket"])]
    assert names(client.get(CLOSED)) == [("Kulturförvaltningen", ["Nyss"])]


def test_no_person_is_named(town, client):
    account = opened(town, name="Biblioteket")
    people = [duty.person for duty in account.duties.select_related("person")]

    page = client.get(URL).content.decode()

    for person in [*people, town.manager, town.officer]:
        assert person.name not in page
        assert person.email not in page


def test_an_internal_account_is_not_found_by_any_search_or_filter(town, client):
    opened(town, name="Personalen", visibility="internal", visibility_reason="Bara för oss")

    for asked in ({}, {"q": "personalen"}, {"plattform": "facebook"}, {"enhet": town.library.pk}):
        assert "Personalen" not in client.get(URL, asked).content.decode()


def test_a_page_holds_a_number_of_accounts_and_leads_to_the_next(town, client):
    for number in range(25):
        opened(town, name=f"Konto{number:02}")

    first, second = client.get(URL), client.get(URL, {"sida": 2})

    assert "?sida=2" in first.content.decode()
    assert [len(group.accounts) for response in (first, second) for group in response.context["groups"]] == [24, 1]


def asked(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_it_asks_the_same_number_of_questions_whatever_there_is(town, client):
    pages = (URL, CLOSED, ENGLISH, f"{URL}?q=konto", FRAGMENT)
    opened(town, name="Konto")
    became("closed", opened(town, name="Slut"))
    few = [asked(client, url) for url in pages]

    for number in range(5):
        opened(town, name=f"Konto{number}")
        became("closed", opened(town, name=f"Slut{number}"))
    UnitFactory()

    assert [asked(client, url) for url in pages] == few


def test_an_empty_list_says_so(town, client):
    assert "inga officiella konton än" in client.get(URL).content.decode()
    assert "Inga konton har avslutats" in client.get(CLOSED).content.decode()


def test_the_fragment_is_plain_and_holds_a_unit_and_all_below_it(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Kommunen", unit=root(), kind="municipality_wide")

    page = client.get(FRAGMENT, {"enhet": town.department.pk, "sprak": "en"})

    assert page["Access-Control-Allow-Origin"] == "*"
    assert page["Content-Language"] == "en"
    assert "Biblioteket" in (words := page.content.decode())
    assert "Kommunen" not in words
    assert not {"<script", "<style", "style=", "class=", "<link"} & set(words.split())
    assert words.startswith('<section lang="en">')


@pytest.mark.parametrize("unit", ["x", "-1", "999999", "9" * 40])
def test_the_fragment_of_no_such_unit_is_not_found(town, client, unit):
    assert client.get(FRAGMENT, {"enhet": unit}).status_code == 404
