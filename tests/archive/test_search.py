"""Search in Swedish over everything that is kept: what is found, in which order, and how a hit is shown."""

import pytest

from archive.models import Record
from archive.searching import asking, finding, indexing, snippets
from tests.archive.factories import SnapshotFactory, kept

pytestmark = pytest.mark.django_db


def saying(text: str, title: str = "Sidan", **fields) -> Record:
    """Answer a record whose page says this."""
    return kept(SnapshotFactory(done=True), title=title, text=text, **fields)


def found(question: str, *, similar: bool = False) -> list[str]:
    """Answer the titles of what a question finds, best first."""
    asked = finding.wanted(asking.parse(question), similar=similar)
    hits = finding.hits(Record.objects.all(), asked)
    return [record.title for record in finding.best_first(hits, asked)]


class TestWords:
    """What a word finds."""

    @pytest.mark.parametrize(
        ("asked", "text"),
        [
            ("biblio", "Biblioteket är öppet"),
            ("bibliotek", "Välkommen till Stadsbiblioteket!"),
            ("bibliotek", "Vi stänger biblioteksfilialen"),
            ("biblioteken", "Ett bibliotek i varje tätort"),
            ("näringslivet", "Frukost för företag och näringsliv"),
            ("huset", "Ett hus på landet"),
            ("kaféet", "Välkommen till vårt kafé"),
            ("äpplet", "Ett äpple om dagen"),
            ("hus", "Träffa oss i rådhuset"),
            ("ÖPPET", "öppet i dag"),
            ("skola", "Förskolan vid ån"),
            ("it", "Avdelningen för IT"),
            ("stadsbibliotek", "Stads\u00adbiblioteket"),
            ("cafe\u0301", "Ett café vid torget"),
            ("www.kommun.example/bygg", "Läs mer: www.kommun.example/bygga-nytt"),
            ("2026/123", "Ärende KS 2026/123"),
            ("e-tjänst", "Använd vår e-tjänst"),
        ],
    )
    def test_a_word_finds_its_forms(self, asked, text):
        saying(text, title="Den")
        saying("Något helt annat", title="En annan")

        assert found(asked) == ["Den"]

    @pytest.mark.parametrize(
        ("asked", "text"),
        [
            ("bat", "En båt vid bryggan"),
            ("båt", "Ett slagträ är en bat"),
            ("for", "Före klockan tio"),
            ("kor", "Barnens kör sjunger"),
            ("ung", "Kungen kom på besök"),
        ],
    )
    def test_another_word_is_not_found(self, asked, text):
        saying(text)

        assert found(asked) == []

    def test_what_a_record_is_known_by_is_found_too(self):
        record = kept(
            SnapshotFactory(done=True, account__name="Ungdomsgården Kråkan"),
            {"original-brev-från-grannen.txt": b"x"},
            title="Bild av sidan",
        )
        Record.objects.filter(pk=record.pk).update(diary_number="KS 2026/77")
        indexing.refresh(Record.objects.get(pk=record.pk))

        for asked in ("bild av", "kråkan", "torget.example/konto", '"KS 2026/77"', "grannen", str(record.identifier)):
            assert found(asked) == ["Bild av sidan"], asked

    def test_without_a_text_the_files_say_it(self):
        kept(SnapshotFactory(done=True), {"text.txt": "Öppettider i höst".encode()}, title="Av texten")
        kept(SnapshotFactory(done=True), {"innehall.txt": b""}, title="Tom")

        assert found("höst") == ["Av texten"]


class TestQuestions:
    """Phrases, other words, and words that must not be there."""

    @pytest.fixture(autouse=True)
    def _records(self, db):
        saying("Öppet hus på badhuset i dag", title="Badhuset")
        saying("Öppet i simhallens hus", title="Simhallen")
        saying("Stängt för städning i badhuset", title="Stängt")

    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ('"öppet hus"', {"Badhuset"}),
            ('"öppet hu"', set()),
            ("öppet hus", {"Badhuset", "Simhallen"}),
            ("badhuset simhall", set()),
            ("badhuset OR simhall", {"Badhuset", "Simhallen", "Stängt"}),
            ("öppet badhuset ELLER simhall", {"Badhuset", "Simhallen"}),
            ("badhuset -stängt", {"Badhuset"}),
            ('hus -"öppet hus"', {"Simhallen", "Stängt"}),
            ("-badhuset", {"Simhallen"}),
            ("och badhuset", {"Badhuset", "Stängt"}),
            ("", {"Badhuset", "Simhallen", "Stängt"}),
            ("' \\ :* & | ! <-> ()", {"Badhuset", "Simhallen", "Stängt"}),
            ("OR", {"Badhuset", "Simhallen", "Stängt"}),
            ('"', {"Badhuset", "Simhallen", "Stängt"}),
        ],
    )
    def test_it_finds_what_it_asks_for(self, asked, titles):
        assert set(found(asked)) == titles

    def test_a_phrase_far_down_a_long_text_is_found(self):
        saying("ord " * 40_000 + "mycket sällsynt fras", title="Lång")

        assert found('"sällsynt fras"') == ["Lång"]

    def test_a_text_with_more_words_than_an_index_holds_is_kept_and_found_by_the_first_of_them(self):
        saying("början " + " ".join(f"ord{number}" for number in range(150_000)), title="Störst")

        assert found("början") == ["Störst"]


class TestOrder:
    """Best first, the latest first among equals."""

    def test_the_word_itself_comes_before_a_compound_and_a_title_before_a_text(self):
        saying("Stadsbiblioteket tar emot", title="Sammansatt")
        saying("Vi har ett bibliotek här", title="I texten")
        saying("Något annat", title="Bibliotek")

        assert found("bibliotek") == ["Bibliotek", "I texten", "Sammansatt"]

    def test_the_latest_comes_first_among_equals(self):
        for title in ("äldst", "yngre", "yngst"):
            saying("bibliotek", title=title)

        assert found("bibliotek") == ["yngst", "yngre", "äldst"]


class TestSpelling:
    """What is misspelt, in the question or in the text."""

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("bibliotket", "biblioteket"),
            ("badhsuet", "badhuset"),
            ("naringsliv", "näringsliv"),
            ("öpettider", "öppettider"),
        ],
    )
    def test_it_is_said_what_was_meant(self, typed, meant):
        saying("biblioteket badhuset näringsliv öppettider")

        assert str(finding.corrected(Record.objects.all(), asking.parse(f"{typed} -torsk"))) == f"{meant} -torsk"

    def test_a_word_that_is_found_is_not_corrected(self):
        saying("biblioteket")

        assert finding.corrected(Record.objects.all(), asking.parse("bibliotek")) is None

    def test_a_suggestion_comes_only_from_what_the_reader_may_see(self):
        hidden = saying("sjukhusvistelsen")

        assert finding.corrected(Record.objects.exclude(pk=hidden.pk), asking.parse("sjukhusvistelsn")) is None

    def test_other_spellings_are_found_when_asked_for(self):
        saying("Jag gick till bibloteket", title="Felstavat")

        assert found("biblioteket") == []
        assert found("biblioteket", similar=True) == ["Felstavat"]


class TestSnippets:
    """How a hit is shown."""

    def shown(self, question: str, text: str) -> str:
        saying(text)
        return str(snippets.snippet(text, finding.wanted(asking.parse(question))))

    def test_hits_are_marked_with_words_around_them(self):
        shown = self.shown("bibliotek", "x " * 500 + "Nu öppnar Stadsbiblioteket\n\n igen " + "y " * 500)

        assert "Nu öppnar <mark>Stadsbiblioteket</mark> igen" in shown
        assert shown.startswith("… ")
        assert shown.endswith(" …")
        assert len(shown) < 300

    def test_captured_text_is_escaped(self):
        shown = self.shown("öppet", "<script>alert(1)</script> <b>öppet</b> <mark>")

        assert "<script" not in shown
        assert "&lt;b&gt;<mark>öppet</mark>&lt;/b&gt;" in shown

    def test_a_text_full_of_hits_is_not_shown_whole(self):
        assert len(self.shown("bibliotek", "Vi ses på biblioteket i dag. " * 300)) < 800

    def test_a_phrase_is_marked_as_a_whole(self):
        assert "<mark>öppet hus</mark>" in self.shown('"öppet hus"', "i dag öppet hus här")

    def test_a_long_text_without_blanks_is_answered_soon(self):
        assert len(self.shown("aa", "a" * 300_000)) < 400


class TestIndex:
    """The index and its vocabulary."""

    def test_words_that_no_record_holds_are_forgotten(self):
        gone = saying("utplånad gemensam")
        saying("gemensam")
        gone.text.delete()

        indexing.prune()

        assert finding.forms.spelt_like("utplånat") == []
        assert finding.forms.spelt_like("gemensa") == ["gemensam"]
