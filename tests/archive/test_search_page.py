"""The search page: who finds what, how it is said, and that it stays quick."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Record
from tests.archive.factories import AccountFactory, SnapshotFactory, holder, kept
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db


def saying(text: str, unit, title: str = "Sidan", **fields) -> Record:
    """Answer a record of the unit's account whose page says this."""
    return kept(SnapshotFactory(done=True, account__unit=unit), title=title, text=text, **fields)


@pytest.fixture
def search(signed_in, unit):
    """Answer a function that searches as somebody and answers the page's text."""

    def searched(question: str = "", user=None, **chosen) -> str:
        client = signed_in(user or person("registrar", unit))
        return client.get(f"{reverse('archive:search-list')}?{urlencode({'q': question, **chosen})}").content.decode()

    return searched


def test_hits_show_where_they_are_and_lead_to_the_record_with_the_words(search, unit):
    record = saying("Nu har <b>biblioteket</b> öppet", unit, "Bild av sidan")

    page = search("bibliotek")

    assert "1 träff<" in page
    assert "Nu har &lt;b&gt;<mark>biblioteket</mark>&lt;/b&gt; öppet" in page
    assert f'href="{record.get_absolute_url()}">Bild av sidan</a>' in page
    assert f"{reverse('archive:picture-list', args=[record.pk])}?q=bibliotek" in page


def test_a_title_is_marked_and_escaped(search, unit):
    saying("annat", unit, "<script>Biblioteket")

    assert "&lt;script&gt;<mark>Biblioteket</mark>" in search("bibliotek")


def test_what_was_typed_stays_in_the_field(search, unit):
    page = search('"öppet hus" -stängt', liknande="on")

    assert 'value="&quot;öppet hus&quot; -stängt"' in page
    assert 'name="liknande"' in page
    assert "Inga träffar" in page


def test_a_misspelt_word_says_what_was_meant_and_shows_it(search, unit):
    saying("biblioteket är öppet", unit)

    page = search("bibliotket")

    assert "Inga träffar på bibliotket" in page
    assert "Menade du" in page
    assert '?q=biblioteket">biblioteket</a>' in page
    assert "<mark>biblioteket</mark>" in page


def test_without_words_nothing_is_listed(search, unit):
    saying("biblioteket", unit, "Titeln")

    page = search()

    assert "Vad letar du efter?" in page
    assert "Titeln" not in page


@pytest.mark.parametrize(("role", "status"), [("registrar", 200), ("auditor", 200), ("employee", 403)])
def test_whoever_sees_records_may_search(signed_in, unit, role, status):
    assert signed_in(person(role, unit)).get(reverse("archive:search-list")).status_code == status


def test_other_units_are_neither_found_counted_nor_suggested(search, unit):
    elsewhere = UnitFactory()
    saying("sjukhusvistelsen", elsewhere, "Hemlig titel")

    assert "Inga träffar" in search("sjukhusvistelsen")
    assert "sjukhusvistelsen" not in search("sjukhusvistelsn")


def test_a_marked_record_is_found_only_by_those_with_secrecy(search, unit):
    record = saying("sjukhusvistelsen", unit, "Hemlig titel")
    Record.objects.filter(pk=record.pk).update(secret=True)
    cleared = person("registrar", unit)
    cleared.roles.update(secrecy=True)

    for page in (search("sjukhusvistelsen"), search("hemlig titel"), search("-torsk")):
        assert "Inga träffar" in page
        assert "Hemlig titel" not in page
    assert "sjukhusvistelsen</" not in search("sjukhusvistelsn")
    assert "<mark>sjukhusvistelsen</mark>" in search("sjukhusvistelsen", cleared)
    assert "Menade du" in search("sjukhusvistelsn", cleared)


def test_secrecy_on_another_unit_opens_nothing_here(search, unit):
    record = saying("sjukhusvistelsen", unit)
    Record.objects.filter(pk=record.pk).update(secret=True)
    registrar = person("registrar", unit)
    other = person("registrar", UnitFactory())
    other.roles.update(secrecy=True, user=registrar)

    assert "Inga träffar" in search("sjukhusvistelsen", registrar)


def test_a_page_owner_finds_what_is_of_the_own_account(search, unit):
    mine, other = saying("biblioteket", unit, "Min"), saying("biblioteket", unit, "Annans")

    page = search("biblioteket", holder(mine, "page_owner"))

    assert "Min</a>" in page
    assert other.title not in page


def test_filters_narrow_the_hits(search, unit):
    below = UnitFactory(parent=unit)
    saying("biblioteket", unit, "Ovanför")
    saying("biblioteket", below, "Under")

    page = search("biblioteket", enhet=below.pk)

    assert "Under</a>" in page
    assert "Ovanför" not in page


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"slag": "snapshot"}, True),
        ({"slag": "plan"}, False),
        ({"fullstandighet": "remarks"}, True),
        ({"fullstandighet": "complete"}, False),
        ({"ursprung": "drawn_up"}, True),
        ({"ursprung": "received"}, False),
        ({"skrivet": "citizen"}, True),
        ({"skrivet": "official"}, False),
        ({"fran": "2026-01-01", "till": "2999-01-01"}, True),
        ({"fran": "2999-01-01"}, False),
        ({"dnr": "KS 7"}, True),
        ({"dnr": "KS 8"}, False),
    ],
)
def test_each_filter_narrows_and_stays_as_it_was_chosen(search, unit, chosen, found):
    record = saying("biblioteket", unit, "Träffen", completeness="remarks", authors="citizen")
    Record.objects.filter(pk=record.pk).update(diary_number="KS 7")

    page = search("biblioteket", **chosen)

    assert ("Träffen</a>" in page) is found
    assert all(f'value="{value}"' in page for value in chosen.values())


def test_accounts_and_platforms_narrow_too(search, unit):
    record, other = saying("biblioteket", unit, "Den ena"), saying("biblioteket", unit, "Den andra")

    for chosen in ({"konto": record.account_id}, {"plattform": record.account.platform_id, "konto": record.account_id}):
        page = search("biblioteket", **chosen)
        assert "Den ena</a>" in page
        assert other.title not in page


def test_pages_go_on(search, unit):
    account = AccountFactory(active=True, unit=unit)
    for number in range(22):
        kept(SnapshotFactory(done=True, account=account), title=f"Nummer {number:02}", text="biblioteket")

    first, second, beyond = search("biblioteket"), search("biblioteket", sida=2), search("biblioteket", sida=9)

    assert "22 träffar" in first
    assert "Nummer 21</a>" in first
    assert "Nummer 01</a>" not in first
    assert "Nummer 01</a>" in second
    assert "Nummer 01</a>" in beyond
    assert "22 träffar" in search("biblioteket", sida="x")


def test_many_hits_ask_no_more_than_few(signed_in, unit, django_assert_max_num_queries):
    client = signed_in(person("registrar", unit))
    address = f"{reverse('archive:search-list')}?q=biblioteket"

    def asked() -> int:
        client.get(address)
        with django_assert_max_num_queries(60) as captured:
            client.get(address)
        return len(captured)

    saying("biblioteket", unit)
    few = asked()
    for _number in range(8):
        saying("biblioteket", unit)

    assert asked() == few
