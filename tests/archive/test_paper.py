"""A snapshot on paper: the cover says what it is, and the text is there to search and to be read aloud."""

import html
import re

import pytest
from django.template.loader import render_to_string
from PIL import Image

from archive import making, paper, store
from archive.capture.results import Capture, CapturedFile, Facts
from governance import pdf
from tests.archive.factories import SnapshotFactory
from tests.factories import adopted, person
from tests.pdfs import is_for_the_archive

pytestmark = pytest.mark.django_db

FACTS = Facts(
    asked="http://torget.example/konto",
    reached="http://torget.example/konto/hem",
    redirects=("http://torget.example/konto", "http://torget.example/konto/hem"),
    status=200,
    title="Kontot på Torget",
    language="sv",
    started_at="2026-10-01T08:00:00+00:00",
    finished_at="2026-10-01T08:00:09+00:00",
    browser="Chromium 156.0",
    user_agent="Mozilla/5.0",
    viewport=(1280, 900),
    height=900,
    ended_by="height",
    images_total=7,
    images_missing=2,
    missing=("http://torget.example/a.jpg",),
    ip="192.0.2.7",
    text_length=12,
    downloaded=1000,
    refused=(),
    dialogs=0,
    popups=0,
    downloads=0,
)


@pytest.fixture
def snapshot():
    """A snapshot that Karin Ek ordered under Lekeberg's policy."""
    adopted("lekeberg")
    officer = person("communications_officer", name="Karin Ek")
    return SnapshotFactory(account__name="Biblioteket & filialen", requested_by=officer)


@pytest.fixture
def shot(tmp_path):
    """Answer a function that makes a capture with this text on the page."""

    def made(text: str = "Hej på er\n\n  Välkomna 🙂") -> Capture:
        Image.new("RGB", (1280, 900), "white").save(tmp_path / "bild-001.jpg")
        (tmp_path / "text.txt").write_text(text, encoding="utf-8")
        (tmp_path / "fakta.json").write_text("{}")
        types = {"bild-001.jpg": "image/jpeg", "text.txt": "text/plain", "fakta.json": "application/json"}
        files = tuple(CapturedFile(name, kind, tmp_path / name, name) for name, kind in types.items())
        return Capture(files, FACTS)

    return made


@pytest.fixture
def printed(monkeypatch):
    """What would have been printed, as HTML, in order."""
    pages: list[str] = []

    def render(template, context, *, title, folder):
        pages.append(render_to_string(template, {"title": title, **context}))
        return b"%PDF-"

    monkeypatch.setattr(pdf, "render", render)
    return pages


def words(page: str) -> str:
    """Answer the words of a page, without its marks."""
    return " ".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S)).split())


def test_the_cover_names_every_file_of_the_capture_with_its_hash(snapshot, shot, printed, tmp_path):
    items = making.items(snapshot, shot(), tmp_path)

    cover = words(printed[0])
    captured = [item for item in items if item.name in {"bild-001.jpg", "text.txt", "fakta.json"}]
    assert len(captured) == 3
    for item in captured:
        assert store.describe(item).sha256 in cover
    assert items[0].name == "ogonblicksbild.pdf"


def test_the_cover_says_whose_page_it_is_how_it_was_captured_and_by_whose_order(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot(), tmp_path)

    cover = words(printed[0])
    for fact in (
        "Biblioteket & filialen",
        str(snapshot.unit),
        str(snapshot.authority),
        "Torget",
        "http://torget.example/konto/hem",
        "Chromium 156.0",
        "1280 × 900",
        "1 oktober 2026 kl. 10.00",
        "från 192.0.2.7",
        "7 bilder, 2 saknas",
        "Flödet stoppades vid den högsta tillåtna höjden.",
        "Sidan fortsätter nedanför det som är arkiverat.",
        "Beställd av Karin Ek",
        "Lekeberg 7",
    ):
        assert fact in cover


def test_what_a_page_says_is_never_markup_on_the_paper(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot("</style><img src='file:///etc/passwd'>"), tmp_path)

    assert "<img src='file" not in printed[0]
    assert "&lt;img src=&#x27;file:///etc/passwd&#x27;&gt;" in printed[0]


def test_a_text_without_end_is_cut_and_the_paper_says_so(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot("ord " * paper.TEXT_LIMIT), tmp_path)

    assert "Bara början av texten står här." in words(printed[0])
    assert len(words(printed[0])) < paper.TEXT_LIMIT + 10_000


@pytest.mark.parametrize("text", ["x" * 190_000, "a\n" * 90_000, "🙂" * 20_000], ids=["word", "lines", "signs"])
def test_no_text_takes_minutes_to_set(snapshot, shot, text):
    made = paper._text(shot(text))

    longest = max(len(word) for block in made["blocks"] for word in block.split())
    assert longest <= 200
    assert sum(block.count("\n") + 1 for block in made["blocks"]) <= paper.LINE_LIMIT
    assert sum(block.count("🙂") for block in made["blocks"]) <= paper.COLOURED_LIMIT


def test_characters_that_nothing_can_print_are_left_out(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot("före\0efter"), tmp_path)

    assert "föreefter" in printed[0]


def test_the_paper_is_a_pdf_for_the_archive_with_its_text(snapshot, shot, tmp_path):
    document = making.items(snapshot, shot(), tmp_path)[0].source

    assert is_for_the_archive(document)


def test_a_record_keeps_the_size_of_each_picture_for_the_viewer(snapshot, shot):
    assert making.facts(snapshot, shot())["pictures"] == {"bild-001.jpg": [1280, 900]}


def test_a_campaigns_snapshot_cites_the_policy_the_campaign_was_opened_under(snapshot, shot):
    facts = making.facts(snapshot, shot())

    assert facts["policy"] == {"title": "Riktlinjer för sociala medier", "number": 1, "clause": "Lekeberg 7"}
    assert facts["requested_by"] == "Karin Ek"
