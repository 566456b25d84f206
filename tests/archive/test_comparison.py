"""Two snapshots of an account side by side: what changed in the text, and what changed in the picture."""

import io
import json
import time
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw

from archive.browsing import picturediff, textdiff
from archive.models import Record
from tests.archive.factories import FACTS, SnapshotFactory, kept
from tests.factories import person

WIDTH, LINE = 640, 40


def told(old: str, new: str) -> list[tuple[str, str]]:
    """Answer each row of a comparison of two texts, a letter a line: its kind and its letter."""
    return [(row.kind, old[row.old] if row.old is not None else new[row.new]) for row in textdiff.rows(old, new)]


class TestText:
    """Line by line."""

    def test_what_stayed_what_is_new_and_what_is_gone(self):
        assert told("abcd", "axbd") == [("same", "a"), ("new", "x"), ("same", "b"), ("gone", "c"), ("same", "d")]

    def test_a_block_that_moved_is_not_all_new(self):
        kinds = {(kind, line) for kind, line in told("pqrabcdefg", "abcdefgpqr")}

        assert {kind for kind, line in kinds if line in "pqr"} == {"moved"}
        assert {kind for kind, line in kinds if line in "abcdefg"} == {"same"}

    def test_repeated_lines_are_compared_where_they_stand(self):
        assert [kind for kind, _line in told("axbxcx", "axbxnxcx")] == [
            "same",
            "same",
            "same",
            "same",
            "new",
            "new",
            "same",
            "same",
        ]

    @pytest.mark.parametrize(("old", "new"), [("", ""), ("", "ab"), ("ab", ""), ("ab", "ab"), ("aaa", "aa")])
    def test_both_texts_can_be_read_from_the_rows(self, old, new):
        rows = textdiff.rows(old, new)

        assert [row.old for row in rows if row.old is not None] == list(range(len(old)))
        assert [row.new for row in rows if row.new is not None] == list(range(len(new)))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ([str(n) for n in range(10_000)], [str(n) for n in reversed(range(10_000))]),
            (["Gilla", "Dela"] * 5_000, ["Dela", "Gilla", "Svara"] * 3_333),
            ([str(n) for n in range(10_000)], [str(n + 5) for n in range(10_000)]),
        ],
        ids=["reversed", "repeated", "shifted"],
    )
    def test_ten_thousand_lines_take_seconds_at_most(self, old, new):
        began = time.process_time()

        textdiff.rows(old, new)

        assert time.process_time() - began < 5


def page(*posts: str) -> dict[str, bytes]:
    """Answer the files of a page: a head, then a post each with its words as a line, and a drawing in its colour."""
    image = Image.new("RGB", (WIDTH, 100 + 200 * len(posts)), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 60), fill="black")
    found = [[10, 20, 200, 20, "Biblioteket"]]
    for number, post in enumerate(posts):
        words, colour = post.split(":")
        top = 100 + 200 * number
        draw.text((20, top), words, fill="black")
        draw.rectangle((20, top + 40, 300, top + 160), fill=colour)
        found.append([20, top, 200, 20, words])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    known = {"picture": "bild-001.jpg", "width": WIDTH, "height": image.height, "lines": found}
    text = json.dumps({"format": "uppsikt-lines-1", "pages": [known]}).encode()
    return {"bild-001.jpg": out.getvalue(), "textrader.json": text}


@pytest.fixture
def account(unit):
    """The snapshot whose account is looked at."""
    return SnapshotFactory(done=True, account__unit=unit).account


@pytest.fixture
def taken(account):
    """Answer a function that keeps a picture of the account with these posts."""

    def keep(*posts: str, day: int = 1) -> Record:
        files = page(*posts)
        facts = {**FACTS, "pictures": {"bild-001.jpg": [WIDTH, 100 + 200 * len(posts)]}}
        made_at = datetime(2026, 1, day, 12, tzinfo=UTC)
        return kept(SnapshotFactory(done=True, account=account), files, facts=facts, made_at=made_at)

    return keep


@pytest.mark.django_db
class TestPicture:
    """Beside one another where the text is the same."""

    def test_the_same_page_has_nothing_boxed(self, taken):
        bands = picturediff.bands(taken("Ett:red", "Två:blue"), taken("Ett:red", "Två:blue", day=2))

        assert all(band.is_same for band in bands)

    def test_a_new_post_on_top_is_a_band_of_its_own_and_the_rest_is_the_same(self, taken):
        bands = picturediff.bands(taken("Ett:red", "Två:blue"), taken("Noll:green", "Ett:red", "Två:blue", day=2))

        changed = [band for band in bands if not band.is_same]
        assert [(band.old_height, band.new_height) for band in changed] == [(0, 200)]

    def test_a_drawing_that_was_exchanged_is_boxed_where_it_is(self, taken):
        bands = picturediff.bands(taken("Ett:red", "Två:blue"), taken("Ett:red", "Två:yellow", day=2))

        (x, y, w, h), *more = [box for band in bands for box in band.boxes]
        assert not more
        assert x <= 32 and y <= 340 and x + w >= 300 and y + h >= 460
        assert w < 350 and h < 200

    def test_each_row_of_both_pages_is_in_one_band(self, taken):
        old, new = taken("Ett:red", "Två:blue"), taken("Noll:green", "Två:blue", day=2)

        bands = picturediff.bands(old, new)

        assert sum(band.old_height for band in bands) == 500
        assert sum(band.new_height for band in bands) == 500

    def test_a_missing_picture_is_no_error(self, taken, unit):
        without = kept(SnapshotFactory(done=True, account__unit=unit), {"text.txt": b"Hej"})

        assert picturediff.bands(taken("Ett:red"), without) == []


@pytest.mark.django_db
class TestPage:
    """The comparison as it is looked at."""

    def compared(self, client, one: Record, other: Record, **more):
        """Answer the page that compares two."""
        return client.get(reverse("archive:record-compare"), {"fran": one.pk, "till": other.pk, **more})

    def test_the_older_stands_first_however_they_were_chosen(self, signed_in, unit, taken):
        old, new = taken("Ett:red"), taken("Två:red", day=2)
        client = signed_in(person("registrar", unit))

        for answer in (self.compared(client, old, new), self.compared(client, new, old)):
            assert (answer.context["older"], answer.context["newer"]) == (old, new)

    def test_the_text_says_what_changed(self, signed_in, unit, taken):
        old, new = taken("Ett:red", "Två:blue"), taken("Ett:red", "Tre:blue", day=2)

        answer = self.compared(signed_in(person("registrar", unit)), old, new, visa="text")

        body = answer.content.decode()
        assert "<del>Två</del>" in body
        assert "<ins>Tre</ins>" in body
        assert (answer.context["new"], answer.context["gone"]) == (1, 1)

    def test_what_a_page_says_is_never_markup(self, signed_in, unit, taken):
        old, new = taken("Ett:red"), taken("<script>x</script>:red", day=2)

        body = self.compared(signed_in(person("registrar", unit)), old, new, visa="text").content.decode()

        assert "<script>x" not in body
        assert "&lt;script&gt;x" in body

    def test_two_accounts_are_not_compared(self, signed_in, unit, taken):
        other = kept(SnapshotFactory(done=True, account__unit=unit))

        assert self.compared(signed_in(person("registrar", unit)), taken("Ett:red"), other).status_code == 404

    @pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30])
    def test_what_is_not_there_is_not_found(self, signed_in, unit, taken, asked):
        client = signed_in(person("registrar", unit))

        answer = client.get(reverse("archive:record-compare"), {"fran": taken("Ett:red").pk, "till": asked})

        assert answer.status_code == 404
