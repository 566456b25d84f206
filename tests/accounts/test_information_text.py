"""The ready text: every policy, both languages, every platform's room (R-INFO-2, BBS-lagen 3 §)."""

import re

import pytest

from accounts.information import pages
from accounts.information.facts import ENGLISH, SWEDISH
from accounts.information.text import FULL, MEDIUM, SHORT, length
from accounts.models import Account, Platform
from governance.models import Municipality
from governance.policy.presence import PLACEHOLDERS
from tests.accounts import factories
from tests.accounts.factories import FIVE
from tests.login import sign_in

# What no words can take care of: it is seen.
SEEN = {"logo", "graphic_profile", "unit_image"}
everywhere = pytest.mark.parametrize("key", FIVE)
both = pytest.mark.parametrize("language", [SWEDISH, ENGLISH])


def known(key: str, **changed) -> Account:
    """An open account of which everything is known that a text can say."""
    town = factories.town(key)
    account = factories.opened(town)
    facts = {
        "public_about": "Tips om böcker och evenemang",
        "public_about_en": "Tips on books and events",
        "public_email": "bibliotek@kommun.example",
        **changed,
    }
    Account.objects.filter(pk=account.pk).update(**facts)
    return Account.objects.select_related("platform", "unit").get(pk=account.pk)


def room(account: Account, limit: int | None) -> Account:
    Platform.objects.filter(pk=account.platform_id).update(description_limit=limit)
    return Account.objects.select_related("platform", "unit").get(pk=account.pk)


def text_of(account: Account, language: str = SWEDISH):
    found = pages.ready_text(account, language)
    assert found is not None
    return found


@both
@everywhere
def test_every_placeholder_is_filled_in_every_version(db, key, language):
    ready = text_of(known(key), language)

    assert ready.unknown == []
    for version in ready.versions:
        assert not re.search(r"[{}]|None", version.text)
        assert ".." not in version.text.replace("...", "")


@both
@everywhere
def test_the_whole_text_takes_care_of_all_that_words_can(db, key, language):
    whole = next(version for version in text_of(known(key), language).versions if version.key == FULL)

    assert {item.key for item in whole.unsaid} <= SEEN


@both
@everywhere
def test_what_the_law_demands_is_said_wherever_there_is_room(db, key, language):
    account = known(key)

    for limit in (None, 1000, 255, 160, 101):
        chosen = text_of(room(account, limit), language).chosen
        unsaid = {item.key for item in chosen.unsaid}
        assert chosen.fits, limit
        assert "law_provider" not in unsaid
        assert limit == 101 or "law_visibility" not in unsaid


def test_every_placeholder_is_known_to_the_text(db):
    account = known("lekeberg")
    ready = text_of(account)

    assert set(ready._facts) == PLACEHOLDERS


@everywhere
def test_the_text_says_whose_it_is(db, key):
    account = known(key)

    swedish, english = text_of(account), text_of(account, ENGLISH)

    assert swedish.origin.basis == ("policy" if key == "lekeberg" else "default")
    assert english.origin.basis == "default"


def test_lekebergs_own_text_has_its_own_six_kinds_and_what_the_law_demands_beside(db):
    whole = text_of(known("lekeberg")).versions[0].text

    assert "förtal eller personangrepp" in whole
    assert "inlägg som innehåller sekretessuppgifter" in whole
    assert "Lekebergs kommun tillhandahåller det här kontot genom Biblioteket." in whole


def test_a_policy_without_a_text_forbids_what_it_removes(db):
    whole = text_of(known("norsjo")).versions[0].text

    assert "svordomar eller obscena ord" in whole


@pytest.mark.parametrize(
    ("visibility", "swedish", "english"),
    [
        ("open", "alla, även den som inte är inloggad", "everyone, also without logging in"),
        ("locked", "alla som följer kontot", "everyone who follows the account"),
        ("internal", "alla som har tillgång till kontot", "everyone who has access to the account"),
    ],
)
def test_how_far_messages_are_visible_follows_the_account(db, visibility, swedish, english):
    reason = "" if visibility == "open" else "Barn"
    account = known("gullspang", visibility=visibility, visibility_reason=reason)

    assert swedish in text_of(account).versions[0].text
    assert english in text_of(account, ENGLISH).versions[0].text


def test_what_has_no_room_is_left_out_from_the_lightest_and_said(db):
    ready = text_of(room(known("lekeberg"), 160))

    medium = next(version for version in ready.versions if version.key in (MEDIUM, SHORT))

    assert medium.length <= 160
    assert medium.left_out
    assert "Officiellt konto för Biblioteket, Lekebergs kommun." in medium.text
    assert {item.key for item in medium.unsaid} >= {"opinion_system"}


def test_the_whole_text_is_taken_where_it_fits(db):
    ready = text_of(room(known("lekeberg"), None))

    assert ready.chosen.key == FULL
    assert [version.key for version in ready.versions] == [FULL, MEDIUM, SHORT]


@pytest.mark.parametrize(
    ("text", "count"), [("abc", 3), ("åäö", 3), ("a\u030a", 1), ("👍", 2), ("rad\r\nrad", 7), ("👩‍👩‍👧", 8)]
)
def test_characters_are_counted_as_platforms_count_them(text, count):
    assert length(text) == count


def test_what_is_not_known_is_left_out_and_said(db):
    account = known("gullspang", public_email="", public_about_en="")

    swedish, english = text_of(account), text_of(account, ENGLISH)

    assert swedish.unknown == ["kontots funktionsadress"]
    assert "@" not in swedish.versions[0].text
    assert "contact" in {item.key for item in swedish.versions[0].unsaid}
    assert english.unknown == ["kontots funktionsadress", "vad kontot är till för, på engelska"]


def test_the_rest_of_the_rules_are_a_link_away_where_the_public_has_a_page(client, db):
    account = room(known("lekeberg"), None)
    limited = text_of(room(account, 200)).chosen.text

    whole = text_of(room(account, None)).versions

    assert all(f"/officiella-konton/{account.pk}-biblioteket/" in version.text for version in whole)
    assert f"/en/official-accounts/{account.pk}-biblioteket/" in text_of(account, ENGLISH).versions[0].text
    short = re.search(r"http://[^/]+(/officiella-konton/\S+)", limited)[1]
    assert client.get(short, follow=True).status_code == 200


def test_the_link_gives_way_to_what_the_law_demands(db):
    chosen = text_of(room(known("lekeberg"), 120)).chosen

    assert chosen.fits
    assert "http" not in chosen.text
    assert {item.key for item in chosen.unsaid}.isdisjoint({"law_provider", "law_visibility"})


def test_an_internal_account_links_to_no_public_page(db):
    assert pages.house_rules(known("lekeberg", kind="internal"), SWEDISH) == ""


def test_the_municipalitys_own_address_stands_in_for_the_accounts(db):
    account = known("norsjo", public_email="")
    Municipality.objects.create(name="Norsjö kommun", email="info@norsjo.example")

    assert "info@norsjo.example" in text_of(account).versions[0].text


def test_the_page_shows_the_text_to_copy_in_both_languages(client, db):
    town = factories.town("lekeberg")
    account = factories.opened(town)
    sign_in(client, town.officer)

    swedish = client.get(f"/konton/{account.pk}/informationstext/").content.decode()
    english = client.get(f"/konton/{account.pk}/informationstext/?sprak=en").content.decode()
    odd = client.get(f"/konton/{account.pk}/informationstext/?sprak=xx").content.decode()

    assert "Du är på en officiell sida för Biblioteket i Lekebergs kommun" in swedish
    assert "readonly" in swedish
    assert 'data-copy="text-full"' in swedish
    assert "Texten kommer från Lekeberg Bilaga 1." in swedish
    assert "This is an official account of Biblioteket" in english
    assert 'lang="en"' in english
    assert "Du är på en officiell sida" in odd


def test_the_page_says_so_where_no_policy_is_adopted_or_one_may_not_see_it(client, db):
    town = factories.town("lekeberg")
    account = factories.opened(town)

    assert sign_in(client, town.outsider).get(f"/konton/{account.pk}/informationstext/").status_code == 404
