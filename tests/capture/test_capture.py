"""A capture shows the whole page as a citizen sees it, and says what it could not show."""

import json

import pytest
from PIL import Image

from archive.capture.engine import Capture
from archive.capture.results import Facts
from archive.capture.tiles import spans


@pytest.fixture(scope="module")
def taken(chromium, torget, tmp_path_factory):
    """One capture of a municipality's page, with the progress it told."""
    from archive.capture.engine import Bounds, capture
    from tests.capture.conftest import QUICK

    told: list[tuple[int, str]] = []
    shot = capture(
        f"http://{torget.host}/lejonet_östra",
        tmp_path_factory.mktemp("taken") / "out",
        allowed_host=torget.host,
        progress=lambda percent, phase: told.append((percent, phase)),
        bounds=Bounds(**QUICK),
    )
    return shot, told


def text(shot: Capture) -> str:
    return next(file.path for file in shot.files if file.name == "text.txt").read_text(encoding="utf-8")


def test_every_picture_of_the_page_is_loaded(taken):
    facts = taken[0].facts

    assert facts.images_total > 60
    assert (facts.images_missing, facts.missing) == (0, ())


def test_tiles_cover_the_whole_height_without_gap(taken):
    shot = taken[0]
    tiles = [file for file in shot.files if file.media_type == "image/jpeg"]
    sizes = []
    for tile in tiles:
        with Image.open(tile.path) as image:
            sizes.append(image.size)

    assert [tile.name for tile in tiles] == [f"bild-{number:03}.jpg" for number in range(1, len(tiles) + 1)]
    assert {width for width, _ in sizes} == {1280}
    assert sum(height for _, height in sizes) == shot.facts.height > 12_000
    assert [height for _, height in sizes[:-1]] == [4000] * (len(sizes) - 1)


def test_no_tile_is_empty_and_the_header_stands_only_on_the_first(taken):
    tiles = [file.path for file in taken[0].files if file.media_type == "image/jpeg"]
    colours = []
    for path in tiles:
        with Image.open(path) as image:
            colours.append(image.convert("RGB").getpixel((30, 30)))
            assert len(image.convert("L").getcolors(256) or range(257)) > 30

    orange = [colour for colour in colours if colour[0] > 180 and colour[2] < 90]
    assert orange == colours[:1]


def test_text_holds_posts_comments_emoji_and_who_wrote(taken):
    found = text(taken[0])

    assert "Förskolan Lejonet Östra" in found
    assert "drake 🐉" in found
    assert "Invånare" in found
    assert "Kommunen" in found
    assert "\ufffd" not in found


def test_facts_say_what_was_asked_for_and_what_came(taken, torget):
    shot, facts = taken[0], taken[0].facts

    assert facts.asked == f"http://{torget.host}/lejonet_östra"
    assert facts.reached == f"http://{torget.host}/lejonet_%C3%B6stra"
    assert (facts.status, facts.redirects, facts.ended_by) == (200, (), "end")
    assert facts.title == "Förskolan Lejonet Östra | Torget"
    assert (facts.ip, facts.viewport, facts.language) == ("127.0.0.1", (1280, 900), "sv")
    assert facts.browser.startswith("Chromium ")
    assert facts.started_at <= facts.finished_at
    assert facts.started_at.endswith("+00:00")
    assert facts.text_length == len(text(shot))
    assert facts.downloaded > 100_000
    assert (facts.refused, facts.dialogs, facts.popups, facts.downloads) == ((), 0, 0, 0)


def test_facts_are_kept_as_json_and_read_back(taken):
    shot = taken[0]
    kept = json.loads(shot.files[-1].path.read_text(encoding="utf-8"))

    assert shot.files[-1].name == "fakta.json"
    assert Facts.from_json(kept) == shot.facts


def test_progress_rises_through_the_phases_to_the_end(taken):
    told = taken[1]
    percents = [percent for percent, _ in told]

    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)
    assert list(dict.fromkeys(phase for _, phase in told)) == ["open", "scroll", "picture", "write"]


def test_endless_feed_is_stopped_at_the_height_bound_and_kept(shoot):
    facts = shoot("/lekebergskommun/flode", feed_height=8_000).facts

    assert facts.ended_by == "height"
    assert 8_000 < facts.height < 20_000
    assert facts.images_missing == 0


@pytest.mark.parametrize(
    ("ended_by", "bounds"),
    [
        ("posts", {"feed_posts": 40}),
        ("bytes", {"feed_bytes": 1}),
        ("time", {"scroll_seconds": 0.5, "feed_height": 10**6, "feed_posts": 10**6}),
    ],
)
def test_feed_that_grows_by_itself_is_stopped_at_the_first_bound(shoot, ended_by, bounds):
    facts = shoot("/_prov/grow", max_height=10**6, **bounds).facts

    assert facts.ended_by == ended_by


def test_page_above_the_height_of_a_jpeg_is_whole(shoot):
    shot = shoot("/_prov/tall/70000", scroll_seconds=0.5)

    assert shot.facts.height == 70_000
    assert len(shot.files) == 18 + 2
    assert "Rad vid 69000 px" in text(shot)


def test_missing_pictures_are_counted_and_named(shoot, torget):
    facts = shoot("/_prov/missing", images_seconds=1.0).facts

    assert (facts.images_total, facts.images_missing) == (10, 3)
    assert set(facts.missing) == {
        f"http://{torget.host}{path}" for path in ("/bild/finns-inte.svg", "/_prov/broken.png", "/_prov/never")
    }


def test_page_that_moves_on_is_followed_and_the_way_kept(shoot, torget):
    facts = shoot("/_prov/leave").facts

    assert facts.asked.endswith("/_prov/leave")
    assert facts.reached == f"http://{torget.host}/_prov/plain"
    assert facts.redirects == (f"http://{torget.host}/_prov/plain",)


@pytest.mark.parametrize(
    ("trial", "counted"), [("dialogs", "dialogs"), ("popups", "popups"), ("download-bomb", "downloads")]
)
def test_dialogs_popups_and_downloads_are_turned_away_and_counted(shoot, trial, counted):
    facts = shoot(f"/_prov/{trial}").facts

    assert getattr(facts, counted) > 0
    assert facts.reached.endswith(f"/_prov/{trial}")


@pytest.mark.parametrize("height", [1, 3999, 4000, 4001, 90_000])
def test_spans_are_whole(height):
    cuts = spans(height, 4000)

    assert sum(tall for _, tall in cuts) == height
    assert [top for top, _ in cuts] == list(range(0, height, 4000))
