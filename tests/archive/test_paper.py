"""A snapshot on paper: the cover says what it is, and the text is there to search and to be read aloud."""

import html
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.template.loader import render_to_string
from PIL import Image

from archive import store
from archive.capture.results import Capture, CapturedFile, Facts, Verdict
from archive.papers import material, paper
from archive.snapshots import making
from governance import pdf
from tests.archive.factories import SnapshotFactory
from tests.factories import adopted, person
from tests.pdfs import is_for_the_archive, unpacked

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

    def made(text: str = "Hej på er\n\n  Välkomna 🙂", lines: list[str] | None = None, phone: bool = False) -> Capture:
        (tmp_path / "bild-001.jpg").write_bytes(jpeg(1280, 900))
        (tmp_path / "text.txt").write_text(text, encoding="utf-8")
        (tmp_path / "fakta.json").write_text("{}")
        types = {"bild-001.jpg": "image/jpeg", "text.txt": "text/plain", "fakta.json": "application/json"}
        if phone:
            (tmp_path / "mobil-001.jpg").write_bytes(jpeg(390, 900))
            types["mobil-001.jpg"] = "image/jpeg"
        if lines is not None:
            boxes = [[10, 20 * number, 300, 18, line] for number, line in enumerate(lines)]
            page = {"picture": "bild-001.jpg", "width": 1280, "height": 900, "lines": boxes}
            (tmp_path / "textrader.json").write_text(json.dumps({"format": "uppsikt-lines-1", "pages": [page]}))
            types["textrader.json"] = "application/json"
        files = tuple(CapturedFile(name, kind, tmp_path / name, name) for name, kind in types.items())
        return Capture(files, FACTS)

    return made


def jpeg(width: int, height: int) -> bytes:
    """Answer a white picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG")
    return out.getvalue()


def page_of(capture: Capture, snapshot, **more) -> str:
    """Answer what would be printed of a capture, as HTML."""
    pages: list[str] = []

    def render(template, context, *, title, folder):
        pages.append(render_to_string(template, {"title": title, **context}))
        return b"%PDF-"

    with patch.object(pdf, "render", render):
        paper.render(snapshot, capture, [], **more)
    return pages[0]


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


def test_the_last_page_names_every_file_of_the_capture_with_its_hash(snapshot, shot, printed, tmp_path):
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
    making.items(snapshot, shot("ord " * material.TEXT_LIMIT), tmp_path)

    assert "Bara början av texten står här." in words(printed[0])
    assert len(words(printed[0])) < material.TEXT_LIMIT + 10_000


@pytest.mark.parametrize("text", ["x" * 190_000, "a\n" * 90_000, "🙂" * 20_000], ids=["word", "lines", "signs"])
def test_no_text_takes_minutes_to_set(shot, text):
    made = material.of({file.name: file.path for file in shot(text).files})

    longest = max(len(word) for block in made.blocks for word in block.split())
    assert longest <= 200
    assert sum(block.count("\n") + 1 for block in made.blocks) <= material.LINE_LIMIT
    assert sum(block.count("🙂") for block in made.blocks) <= material.COLOURED_LIMIT


@pytest.mark.parametrize(
    ("text", "count"), [("ord " * 50, 9_000), ("a", 20_000), ("🙂" * 10, 2_000)], ids=["letters", "lines", "signs"]
)
def test_no_number_of_lines_takes_minutes_to_lay_out(shot, text, count):
    made = material.of({file.name: file.path for file in shot(lines=[text] * count).files})

    kept = made.pages[0].lines
    assert made.text_is_cut
    assert 0 < len(kept) <= material.LINE_LIMIT
    assert len(made.pages[0].text) <= material.TEXT_LIMIT + len(text)


def test_text_whose_places_are_known_lies_behind_the_pictures_and_nowhere_else(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot("Hej på er", lines=["Hej på er", "<b>Välkomna"]), tmp_path)

    assert words(printed[0]).count("Hej på er") == 1
    assert "Sidans text" not in printed[0]
    assert printed[0].index("Hej på er") < printed[0].index("bild-001.jpg", printed[0].index('class="frame"'))
    assert "&lt;b&gt;Välkomna" in printed[0]


def test_a_damaged_file_of_lines_leaves_the_text_after_the_pictures(snapshot, shot, printed, tmp_path):
    capture = shot("Hej på er", lines=["Annat"])
    (tmp_path / "textrader.json").write_text('{"format": "uppsikt-lines-1", "pages": [{}]}')

    making.items(snapshot, capture, tmp_path)

    assert "Sidans text" in printed[0]
    assert "Hej på er" in words(printed[0])


def test_the_phones_pictures_are_a_part_of_their_own(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot(phone=True), tmp_path)

    page, _heading, phone = printed[0].partition("Så såg sidan ut i en telefon")
    assert 'src="bild-001.jpg"' in page
    assert 'src="mobil-001.jpg"' in phone
    assert 'src="mobil-001.jpg"' not in page


def test_the_cover_says_what_the_gate_found_and_who_accepted_it_and_why(snapshot, shot):
    capture = replace(shot(), verdict=Verdict("attention", ("login_wall", "feed_height")))
    accepted = {"by": "Rut Registrator", "at": "2026-10-02T08:00:00+00:00", "reason": "Det går inte att se mer."}

    cover = words(page_of(capture, snapshot, accepted=accepted))

    assert "Sidan visar en inloggning i stället för innehållet." in cover
    assert "Äldre inlägg är inte med." in cover
    assert "Sidan fortsätter nedanför det som är arkiverat." not in cover
    assert "Godtagen med anmärkning av Rut Registrator, 2 oktober 2026 kl. 10.00." in cover
    assert "Skäl: Det går inte att se mer." in cover


def test_what_was_uploaded_says_who_when_and_how_with_every_file_and_its_hash(snapshot, printed, tmp_path):
    items = [
        store.Item("bild-001.jpg", "image/jpeg", "Bild", jpeg(1080, 2340)),
        store.Item("sida-001.jpg", "image/jpeg", "Sida", jpeg(800, 1131)),
        store.Item("original-001.pdf", "application/pdf", "Original", b"%PDF-"),
    ]
    taken_at = datetime(2026, 10, 1, 8, tzinfo=UTC)

    paper.render_upload(snapshot, items, by="Karin Ek", taken_at=taken_at, how="Skärmbild\x00", folder=tmp_path)

    said = words(printed[0])
    for item in items:
        assert store.describe(item).sha256 in said
    for fact in ("Uppladdad av Karin Ek", "1 oktober 2026 kl. 10.00", "Så togs filerna Skärmbild", "Biblioteket"):
        assert fact in said
    assert 'src="bild-001.jpg"' in printed[0]
    assert 'src="sida-001.jpg"' in printed[0]
    assert 'src="original' not in printed[0]


def test_the_paper_of_an_upload_is_a_pdf_for_the_archive(snapshot, tmp_path):
    items = [store.Item("bild-001.jpg", "image/jpeg", "Bild", jpeg(800, 600))]
    taken_at = datetime(2026, 10, 1, 8, tzinfo=UTC)

    document = paper.render_upload(snapshot, items, by="Karin Ek", taken_at=taken_at, how="Foto", folder=tmp_path)

    assert is_for_the_archive(document)


def test_characters_that_nothing_can_print_are_left_out(snapshot, shot, printed, tmp_path):
    making.items(snapshot, shot("före\0efter"), tmp_path)

    assert "föreefter" in printed[0]


@pytest.mark.parametrize("lines", [None, ["Hej på er", "Välkomna"]], ids=["text", "lines"])
def test_the_paper_is_a_pdf_for_the_archive_and_the_same_each_time(snapshot, shot, tmp_path, lines):
    first, again = (making.items(snapshot, shot(lines=lines), tmp_path)[0].source for _time in range(2))

    assert is_for_the_archive(first)
    assert first == again


def test_the_tiles_are_in_the_paper_byte_for_byte(snapshot, shot, tmp_path):
    document = making.items(snapshot, shot(lines=["Hej"]), tmp_path)[0].source

    assert document.count((tmp_path / "bild-001.jpg").read_bytes()) == 1


def test_a_record_keeps_the_size_of_each_picture_for_the_viewer(shot):
    assert making.known(shot())["pictures"] == {"bild-001.jpg": [1280, 900]}


def test_a_campaigns_snapshot_cites_the_policy_the_campaign_was_opened_under(snapshot):
    facts = making.about(snapshot)

    assert facts["policy"] == {"title": "Riktlinjer för sociala medier", "number": 1, "clause": "Lekeberg 7"}
    assert facts["requested_by"] == "Karin Ek"


def test_what_rides_along_makes_it_part_three_and_comes_back_as_it_was(monkeypatch):
    monkeypatch.setattr(pdf, "render_to_string", lambda template, context: "<html lang='sv'><title>x</title><p>Hej")
    riding = [pdf.Attached("sida.mhtml", "Sidan", b"From: <Saved by us>")]

    plain = pdf.render("x", {}, title="x")
    first, again = (pdf.render("x", {}, title="x", attached=riding) for _time in range(2))

    assert is_for_the_archive(plain)
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in unpacked(first)
    assert b"From: <Saved by us>" in unpacked(first)
    assert first == again
