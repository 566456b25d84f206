"""Finding a record: narrowed, ordered, paged, with a bounded number of queries."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import DocumentKind, Record
from archive.shielding import marking
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import RoleFactory, UnitFactory, person, root

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


def test_by_days_from_and_to_both_counted_in(found):
    assert found(fran="2026-05-01", till="2026-05-01") == ["Biblioteket"]
    assert found(fran="2026-05-02") == ["Åvik"]
    assert found(till="2025-12-31") == ["Äppelbo"]


def test_by_account_platform_and_what_kind_of_document_it_is_filed_as(found, three):
    kind = DocumentKind.objects.create(key="bild", name="Bilder")
    Record.objects.filter(pk=three[0].pk).update(document_kind=kind)

    assert found(konto=three[1].account_id) == ["Biblioteket"]
    assert len(found(plattform=three[0].account.platform_id)) == 3
    assert found(handlingstyp=kind.pk) == ["Äppelbo"]


def test_by_diary_number_and_who_wrote(found, three):
    Record.objects.filter(pk=three[0].pk).update(diary_number="KS 2026/12", authors="citizen")

    assert found(dnr="2026/12") == found(diariefort="ja") == found(skrivet="citizen") == ["Äppelbo"]
    assert found(diariefort="nej") == ["Åvik", "Biblioteket"]


def test_by_completeness_origin_and_campaign(found, three):
    kept(
        SnapshotFactory(done=True, account__name="Östra"),
        completeness="remarks",
        origin="received",
        period="2026-10",
        made_at=datetime(2026, 10, 1, tzinfo=UTC),
    )

    assert found(fullstandighet="remarks") == found(ursprung="received") == found(period="2026-10") == ["Östra"]


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


class TestSecrecy:
    """What the list, its filters, its order and its file tell of a record that is closed to the reader."""

    @pytest.fixture
    def marked(self, three):
        """The record of Biblioteket, marked secret."""
        record = three[1]
        Record.objects.filter(pk=record.pk).update(diary_number="KS 2026/12", authors="citizen")
        marking.mark(record, by=person("registrar"), provision="OSL 21:1", authority=record.authority)
        return record

    @pytest.fixture
    def asked(self, client, marked):
        """Answer a function that asks for the list as somebody without secrecy, or with it."""

        def ask(secrecy: bool = False, **query):
            client.force_login(RoleFactory(role="registrar", unit=root(), secrecy=secrecy).user)
            return client.get(reverse("archive:record-list"), query)

        return ask

    def test_a_closed_record_is_there_without_its_title_picture_or_account(self, asked, marked):
        body = asked().content.decode()

        assert "Sekretessmarkerad uppgift" in body
        assert "Biblioteket" not in body
        assert reverse("archive:file-show", args=[marked.pk, "miniatyr.jpg"]) not in body
        assert "KS 2026/12" not in body

    def test_whoever_has_secrecy_sees_it_and_that_it_is_marked(self, asked):
        body = asked(secrecy=True).content.decode()

        assert "Ögonblicksbild av Biblioteket" in body
        assert "Sekretessmarkerad" in body

    @pytest.mark.parametrize(
        "query",
        [
            {"q": "Biblioteket"},
            {"dnr": "KS"},
            {"diariefort": "ja"},
            {"skrivet": "citizen"},
            {"ursprung": "drawn_up"},
            {},
        ],
    )
    def test_no_question_tells_of_what_is_not_shown(self, asked, marked, query):
        found = [record.pk for record in asked(**query).context["page"].object_list]

        assert (marked.pk in found) == (not any(query.values()))

    def test_its_account_is_not_among_those_to_choose_from(self, asked, marked):
        assert marked.account not in asked().context["filter"].filters["konto"].queryset
        assert marked.account in asked(secrecy=True).context["filter"].filters["konto"].queryset

    def test_the_order_of_titles_does_not_tell_its_own(self, asked, marked):
        assert asked(ordning="titel").context["page"].object_list[0].pk == marked.pk
        assert asked(ordning="-titel").context["page"].object_list[-1].pk == marked.pk

    def test_only_whoever_has_secrecy_chooses_what_is_marked(self, asked, marked):
        assert "sekretess" not in asked().context["filter"].filters
        found = asked(secrecy=True, sekretess="markerad").context["page"].object_list
        assert [record.pk for record in found] == [marked.pk]

    def test_the_file_of_the_list_tells_no_more_than_the_list(self, asked, marked):
        content = b"".join(asked(format="csv").streaming_content).decode()

        assert "Sekretessmarkerad uppgift" in content
        for hidden in ("Biblioteket", "KS 2026/12", marked.manifest_sha256):
            assert hidden not in content
        assert "Biblioteket" in b"".join(asked(secrecy=True, format="csv").streaming_content).decode()


def test_an_empty_archive_says_what_comes_here(signed_in):
    page = signed_in(person("registrar")).get(reverse("archive:record-list"))

    assert "Arkivet är tomt" in page.content.decode()
