"""The public page of one account: what it is for, when and how soon we answer, the rules, and whom to turn to."""

import json
import re

import pytest

from accounts.models import Account, Platform
from accounts.public.profile import profile
from governance import panels
from governance.models import Unit
from governance.panels import Panel
from tests.accounts import factories
from tests.accounts.public import became, opened


def page(client, account, english: bool = False) -> str:
    way = "en/official-accounts" if english else "officiella-konton"
    response = client.get(f"/{way}/{account.pk}-biblioteket/")
    assert response.status_code == 200
    return response.content.decode()


def told(account, **facts) -> Account:
    Account.objects.filter(pk=account.pk).update(**facts)
    return account


def test_it_tells_what_the_plan_and_the_policy_say(town, client):
    words = page(client, opened(town, name="Biblioteket"))

    for said in (
        "Tipsa om böcker",
        "Måndag–fredag",
        "8–16",
        "Inom 1 arbetsdag",
        "Politiska diskussioner",
        "Enligt lag (BBS-lagen 5 §)",
        "Uppvigling",
        "facebook.com/biblioteket",
    ):
        assert said in words


def test_what_is_written_for_the_public_stands_before_the_plans_words_in_either_language(town, client):
    account = told(opened(town, name="Biblioteket"), public_about="Boktips", public_about_en="Book tips")

    assert "Boktips" in page(client, account)
    assert "Tipsa om böcker" not in page(client, account)
    assert 'lang="en">Book tips' in page(client, account, english=True)


def test_what_exists_in_swedish_only_is_marked_as_swedish_on_the_english_page(town, client):
    words = page(client, opened(town, name="Biblioteket"), english=True)

    assert 'lang="sv">Tipsa om böcker' in words
    assert '<html lang="en"' in words


def test_contact_is_a_function_its_address_and_its_telephone(town, client):
    facts = {"public_contact": "Bibliotekets disk", "public_email": "disk@kommun.example", "public_phone": "0500-1"}
    words = page(client, told(opened(town, name="Biblioteket"), **facts))

    for said in ("Bibliotekets disk", "mailto:disk@kommun.example", "0500-1"):
        assert said in words


@pytest.mark.parametrize(
    ("key", "kind", "function"),
    [
        ("gullspang", "unit", "Kontoansvarig, Biblioteket"),
        ("lekeberg", "municipality_wide", "Näringslivs- och utvecklingsavdelningen"),
        ("lekeberg", "recruitment", "HR"),
        ("lekeberg", "unit", "Biblioteket"),
        ("norsjo", "unit", "Biblioteket"),
        ("lidingo", "unit", "Biblioteket"),
        ("valdemarsvik", "municipality_wide", "Kommunchef"),
        ("valdemarsvik", "unit", "Sektorschef, Biblioteket"),
    ],
)
def test_without_a_function_of_its_own_it_is_the_one_that_answers_for_its_kind(db, key, kind, function):
    account = opened(factories.town(key), name="Biblioteket", kind=kind)

    assert profile(account).contact.function == function
    account.public_contact = "Disken"
    assert profile(account).contact.function == "Disken"


def test_without_a_contact_of_its_own_it_is_the_units_then_the_municipalitys(town, client):
    account = opened(town, name="Biblioteket")
    Unit.objects.filter(parent=None).update(email="kommun@kommun.example")

    assert "mailto:kommun@kommun.example" in page(client, account)
    Unit.objects.filter(pk=account.unit_id).update(email="biblioteket@kommun.example")
    assert "mailto:biblioteket@kommun.example" in page(client, account)


def test_no_person_is_named_on_any_public_page(town, client):
    account = opened(town, name="Biblioteket")
    people = [*(duty.person for duty in account.duties.select_related("person")), town.manager, town.officer]
    urls = (
        f"/officiella-konton/{account.pk}-biblioteket/",
        f"/en/official-accounts/{account.pk}-biblioteket/",
        "/officiella-konton/",
        "/officiella-konton/fragment.html",
        "/ar-kontot-akta/?q=https://www.facebook.com/biblioteket",
        "/oppna-data/konton.json",
        "/oppna-data/konton.csv",
        "/oppna-data/konton.jsonld",
        "/oppna-data/handelser.atom",
    )

    for url in urls:
        words = client.get(url).getvalue().decode()
        assert not [person for person in people if person.name in words or person.email in words], url


@pytest.mark.parametrize(
    ("status", "facts", "said"),
    [
        ("paused", {"paused_until": "2030-06-01"}, "Kontot är pausat till och med 1 juni 2030"),
        (
            "paused",
            {"season_from": "06-01", "season_to": "08-31"},
            "Kontot används varje år från 1 juni till 31 augusti",
        ),
        ("closing", {}, "Kontot ska avslutas"),
        ("closed", {}, "Kommunen avslutade kontot"),
        ("lost", {}, "Kontot är kapat eller har gått förlorat"),
    ],
)
def test_it_says_first_how_the_account_stands(town, client, status, facts, said):
    account = became(status, opened(town, name="Biblioteket"), **facts)

    assert said in page(client, account)


@pytest.mark.parametrize("status", ["closed", "lost"])
def test_nothing_leads_to_an_account_that_is_not_ours_any_more(town, client, status):
    account = became(status, opened(town, name="Biblioteket"))

    words = page(client, account)

    assert f'href="{account.address}"' not in words
    assert "sameAs" not in words or '"sameAs": []' in words


@pytest.mark.parametrize(("now", "led"), [({}, True), ({"visibility": "internal", "visibility_reason": "x"}, False)])
def test_a_closed_account_leads_to_the_one_that_came_instead_while_the_public_may_know_of_it(town, client, now, led):
    after = opened(town, name="Museet")
    account = became("closed", opened(town, name="Biblioteket"), successor=after)
    Account.objects.filter(pk=after.pk).update(**now)

    page = client.get(f"/officiella-konton/{account.pk}-biblioteket/").content.decode()

    assert (f"/officiella-konton/{after.pk}-museet/" in page) is led


def test_a_lost_account_is_nobodys_successor(town, client):
    after = opened(town, name="Museet")
    account = became("closed", opened(town, name="Biblioteket"), successor=after)
    became("lost", after)

    assert "museet/" not in client.get(f"/officiella-konton/{account.pk}-biblioteket/").content.decode()


def test_the_link_back_says_that_it_is_the_same_as_the_account(town, client):
    account = opened(town, name="Biblioteket")

    words = page(client, account)

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', words, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["sameAs"] == [account.address]
    assert data["parentOrganization"]["name"] == "Lekebergs kommun"


def test_a_name_cannot_end_the_element_of_linked_data(town, client):
    account = opened(town, name="Biblioteket")
    Unit.objects.filter(pk=account.unit_id).update(name="</script><b>x")

    assert "</script><b>x" not in page(client, account)


@pytest.mark.parametrize("visibility", [{"visibility": "internal", "visibility_reason": "x"}, {"kind": "monitoring"}])
def test_what_is_not_public_is_not_found(town, client, visibility):
    account = opened(town, name="Biblioteket", **visibility)

    assert client.get(f"/officiella-konton/{account.pk}-biblioteket/").status_code == 404


def test_what_is_only_proposed_is_not_found(town, client):
    account = factories.begun(town).account

    assert client.get(f"/officiella-konton/{account.pk}-biblioteket/").status_code == 404


def test_an_account_that_was_renamed_is_found_at_its_earlier_address(town, client):
    account = opened(town, name="Biblioteket")

    response = client.get(f"/en/official-accounts/{account.pk}-gamla-namnet/")

    assert response.status_code == 301
    assert response.url == f"/en/official-accounts/{account.pk}-biblioteket/"


def test_another_app_adds_a_part_for_everybody(town, client, monkeypatch):
    monkeypatch.setattr(panels, "_public_account_panels", [])
    panels.public_account_panel(10)(lambda account: Panel("accounts/_plan_status.html", {"account": account}))

    assert page(client, opened(town, name="Biblioteket"))
    assert [panel.template for panel in panels.public_account_panels_for(None)] == ["accounts/_plan_status.html"]


def test_one_reports_a_false_account_from_its_page(town, client):
    account = opened(town, name="Biblioteket")

    assert f"/officiella-konton/anmal/?konto={account.pk}" in page(client, account)


@pytest.mark.parametrize(("can", "said"), [("no", True), ("limited", True), ("unknown", False)])
def test_it_says_whether_one_can_read_without_signing_in_where_that_is_known(town, client, can, said):
    account = opened(town, name="Biblioteket")
    Platform.objects.filter(pk=account.platform_id).update(read_logged_out=can)

    assert ("Läsa utan att logga in" in page(client, account)) is said
