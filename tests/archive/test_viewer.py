"""A record's pictures page by page, small ones beside them, and the places of what one looked for."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from archive import store
from archive.browsing.viewing import Viewing, url_of
from archive.models import Record
from archive.shielding import marking
from governance.models import AuditEvent
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import RoleFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def jpeg(width: int, height: int, colour: str = "white") -> bytes:
    """Answer a picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def lines(**pages: list[str]) -> bytes:
    """Answer a lines file: the pictures' names (without suffix, _ for -) and the text on each, a line at every 40."""
    found = [
        {
            "picture": f"{name.replace('_', '-')}.jpg",
            "width": 640,
            "height": 800,
            "lines": [[10, 40 * number, 300, 20, text] for number, text in enumerate(texts)],
        }
        for name, texts in pages.items()
    ]
    return json.dumps({"format": "uppsikt-lines-1", "pages": found}).encode()


PICTURES = {
    "bild-001.jpg": jpeg(640, 800),
    "bild-002.jpg": jpeg(640, 800, "grey"),
    "mobil-001.jpg": jpeg(390, 800),
    "miniatyr.jpg": jpeg(64, 48),
    "original-001.jpg": jpeg(100, 100, "blue"),
    "textrader.json": lines(bild_001=["Välkomna"], bild_002=["Sagostund för barn", "Kaffe"]),
}


@pytest.fixture
def pictured(unit):
    """A record with two pages, one of a phone, and lines."""
    return kept(SnapshotFactory(done=True, account__unit=unit, account__name="Biblioteket"), PICTURES)


@pytest.fixture
def looked(signed_in, unit, pictured):
    """Answer a function that opens the pictures and answers what is shown."""
    client = signed_in(person("manager", unit))

    def look(**asked) -> Viewing:
        return client.get(reverse("archive:picture-list", args=[pictured.pk]), asked).context["viewing"]

    return look


def test_the_first_page_is_shown_with_the_way_to_the_next(looked):
    viewing = looked()

    assert viewing.current.file.name == "bild-001.jpg"
    assert viewing.before is None
    assert viewing.after.file.name == "bild-002.jpg"
    assert viewing.after.url.endswith("?bild=2")


def test_a_page_says_its_text_as_the_words_for_the_picture(looked):
    assert looked(bild="2").current.alt == "Sagostund för barn\nKaffe"


def test_a_question_opens_at_its_first_hit_and_marks_its_place(looked):
    viewing = looked(q="sagostund")

    assert viewing.current.file.name == "bild-002.jpg"
    assert [(line.x, line.y) for line in viewing.current.hits] == [(10, 0)]
    assert viewing.hit_count == 1


def test_the_phones_pictures_are_chosen_beside_the_screens(looked):
    assert [shot.file.name for shot in looked(bredd="telefon").shots] == ["mobil-001.jpg"]
    assert [shot.file.name for shot in looked().shots] == ["bild-001.jpg", "bild-002.jpg"]


def test_what_came_from_outside_is_never_among_the_pictures(looked):
    assert not any("original" in shot.file.name for choice in ("", "telefon") for shot in looked(bredd=choice).shots)


@pytest.mark.parametrize("asked", [{"bild": "0"}, {"bild": "99"}, {"bild": "x"}, {"bredd": "?"}, {"zoom": "7"}])
def test_whatever_is_asked_for_and_is_not_there_is_the_first(looked, asked):
    assert looked(**asked).current.file.name == "bild-001.jpg"


def test_the_choices_hold_while_one_pages(looked):
    viewing = looked(zoom="100", q="kaffe", bild="1")

    assert viewing.after.url == url_of(viewing.record, bild=2, zoom=100, q="kaffe")


def test_a_record_without_pictures_has_no_such_page(signed_in, unit):
    record = kept(SnapshotFactory(done=True, account__unit=unit), {"text.txt": b"Hej"})

    answer = signed_in(person("manager", unit)).get(reverse("archive:picture-list", args=[record.pk]))

    assert answer.status_code == 404


def test_that_somebody_looked_is_noted_once(signed_in, unit, pictured):
    client = signed_in(manager := person("manager", unit))

    for page in ("1", "2", "1"):
        client.get(reverse("archive:picture-list", args=[pictured.pk]), {"bild": page})

    event = AuditEvent.objects.get(action="record.view")
    assert (event.actor_id, event.object_id) == (manager.pk, pictured.pk)


class TestSmall:
    """Small pictures, drawn when they are asked for."""

    def url(self, record: Record, name: str = "bild-001.jpg", size: str = "sida") -> str:
        """Answer where a picture is small."""
        return reverse("archive:picture-small", args=[record.pk, name, size])

    def test_it_is_a_small_picture_that_can_run_nothing(self, signed_in, unit, pictured):
        answer = signed_in(person("manager", unit)).get(self.url(pictured))

        with Image.open(io.BytesIO(answer.content)) as image:
            assert image.size == (160, 200)
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-cache"

    def test_a_browser_that_has_it_is_told_to_keep_it_as_long_as_it_may_be_seen(self, signed_in, unit, pictured):
        client = signed_in(person("manager", unit))
        etag = client.get(self.url(pictured))["ETag"]

        assert client.get(self.url(pictured), headers={"if-none-match": etag}).status_code == 304
        marking.mark(pictured, by=person("registrar", unit), provision="OSL 21:1", authority=unit.authority)
        assert client.get(self.url(pictured), headers={"if-none-match": etag}).status_code == 403

    @pytest.mark.parametrize(
        ("name", "size"), [("original-001.jpg", "sida"), ("bild-009.jpg", "sida"), ("bild-001.jpg", "jatte")]
    )
    def test_nothing_else_is_made_small(self, signed_in, unit, pictured, name, size):
        assert signed_in(person("manager", unit)).get(self.url(pictured, name, size)).status_code == 404

    def test_a_picture_that_was_changed_or_is_gone_is_not_shown(self, signed_in, unit, pictured):
        file = pictured.files.get(name="bild-001.jpg")
        client = signed_in(person("manager", unit))
        store.storage().delete(store.place(file.sha256))
        assert client.get(self.url(pictured)).status_code == 404

        store.storage().save(store.place(file.sha256), io.BytesIO(jpeg(640, 800, "red")))
        assert client.get(self.url(pictured)).status_code == 404


class TestWhoMayLook:
    """Both gates, on every page and picture."""

    def pages(self, record: Record) -> list[str]:
        """Answer the addresses that show something of a record's pictures."""
        return [
            reverse("archive:picture-list", args=[record.pk]),
            reverse("archive:picture-small", args=[record.pk, "bild-001.jpg", "sida"]),
            reverse("archive:record-compare") + f"?fran={record.pk}&till={record.pk}",
        ]

    def test_nobody_sees_what_is_of_another_unit(self, signed_in, pictured):
        client = signed_in(person("registrar", UnitFactory()))

        assert {client.get(page).status_code for page in self.pages(pictured)} == {404}

    def test_what_is_secret_is_closed_to_whoever_lacks_secrecy_and_open_to_whoever_has_it(
        self, signed_in, unit, pictured
    ):
        marking.mark(pictured, by=person("registrar", unit), provision="OSL 21:1", authority=unit.authority)

        assert {signed_in(person("manager", unit)).get(page).status_code for page in self.pages(pictured)} == {403}
        cleared = signed_in(RoleFactory(role="registrar", unit=unit, secrecy=True).user)
        assert {cleared.get(page).status_code for page in self.pages(pictured)} == {200}

    def test_the_page_of_a_closed_record_says_that_it_is_there_and_nothing_more(self, signed_in, unit, pictured):
        marking.mark(pictured, by=person("registrar", unit), provision="OSL 21:1", authority=unit.authority)

        page = signed_in(person("manager", unit)).get(pictured.get_absolute_url()).content.decode()

        assert "Sekretessmarkerad uppgift" in page
        for hidden in (pictured.title, "bild-001.jpg", "Biblioteket (", pictured.manifest_sha256, "OSL 21:1"):
            assert hidden not in page
