"""A capture shows the whole page as a citizen sees it, and says what it could not show."""

import json
from dataclasses import MISSING, fields

import pytest
from PIL import Image

from archive.capture.engine import Bounds, Capture, CapturedFile, capture
from archive.capture.results import Facts
from archive.capture.tiles import spans
from tests.capture.conftest import QUICK


@pytest.fixture(scope="module")
def taken(chromium, torget, tmp_path_factory):
    """One capture of a municipality's page, with the progress it told."""
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


def pictures(shot: Capture, kind: str) -> list[CapturedFile]:
    return [file for file in shot.files if file.name.startswith(f"{kind}-")]


def test_every_picture_of_the_page_is_loaded(taken):
    facts = taken[0].facts

    assert facts.images_total > 60
    assert (facts.images_missing, facts.missing) == (0, ())


def test_tiles_cover_the_whole_height_without_gap(taken):
    shot = taken[0]
    tiles = pictures(shot, "bild")
    sizes = []
    for tile in tiles:
        with Image.open(tile.path) as image:
            sizes.append(image.size)

    assert [tile.name for tile in tiles] == [f"bild-{number:03}.jpg" for number in range(1, len(tiles) + 1)]
    assert {width for width, _ in sizes} == {1280}
    assert sum(height for _, height in sizes) == shot.facts.height > 12_000
    assert [height for _, height in sizes[:-1]] == [8000] * (len(sizes) - 1)


def test_no_tile_is_empty_and_the_header_stands_only_on_the_first(taken):
    tiles = [file.path for file in pictures(taken[0], "bild")]
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


def lines(shot: Capture) -> list[dict]:
    kept = next(file.path for file in shot.files if file.name == "textrader.json").read_bytes()
    document = json.loads(kept)
    assert document["format"] == "uppsikt-lines-1"
    return document["pages"]


def test_page_is_pictured_as_a_telephone_shows_it(taken):
    shot = taken[0]
    sizes = []
    for tile in pictures(shot, "mobil"):
        with Image.open(tile.path) as image:
            sizes.append(image.size)

    assert {width for width, _ in sizes} == {390}
    assert sum(height for _, height in sizes) == shot.facts.phone_height > 8_000
    assert shot.facts.phone_viewport == (390, 844)


def test_every_line_of_text_has_its_place_on_one_picture(taken):
    shot = taken[0]
    pages = lines(shot)
    said = " ".join(line[4] for page in pages for line in page["lines"])

    assert [(page["picture"], page["width"]) for page in pages] == [(p.name, 1280) for p in pictures(shot, "bild")]
    assert sum(page["height"] for page in pages) == shot.facts.height
    for page in pages:
        for x, y, width, height, _ in page["lines"]:
            assert 0 <= x < x + width <= 1280
            assert 0 <= y < y + height <= page["height"]
    assert letters(said) == letters(text(shot))


def letters(said: str) -> list[str]:
    """What was said without its spaces: the browser's own text runs words together where only a margin parts them."""
    return sorted("".join(said.split()))


def test_a_line_stands_where_its_letters_are_in_the_picture(taken):
    page = lines(taken[0])[0]
    x, y, width, height, _ = next(line for line in page["lines"] if line[4] == "Förskolan Lejonet Östra")

    with Image.open(pictures(taken[0], "bild")[0].path) as image:
        inside = image.convert("L").crop((x, y, x + width, y + height)).getextrema()
        beside = image.convert("L").crop((x + width + 60, y, x + width + 90, y + height)).getextrema()
    assert inside[0] < 60 < 200 < min(inside[1], beside[0])


def test_page_is_saved_as_one_file_with_its_pictures_inside(taken):
    saved = next(file for file in taken[0].files if file.name == "sida.mhtml")
    start = saved.path.read_bytes()

    assert saved.media_type == "multipart/related"
    assert start.startswith(b"From: <Saved by Blink>")
    assert start.count(b"Content-Type: image/svg+xml") > 50
    assert b"hemligt" not in start


def test_facts_name_every_hop_and_the_headers_but_no_cookie(shoot, torget):
    facts = shoot(f"/_prov/redirect?to=http://{torget.host}/_prov/plain").facts

    assert [(hop["address"], hop["status"], hop["by"]) for hop in facts.hops] == [
        (f"http://{torget.host}/_prov/redirect?to=http://{torget.host}/_prov/plain", 302, ""),
        (f"http://{torget.host}/_prov/plain", 200, "server"),
    ]
    assert facts.headers["content-type"].startswith("text/html")
    assert not any("hemligt" in value for value in facts.headers.values())


def test_facts_of_a_capture_made_before_there_was_more_to_say_are_read(taken):
    known = {field.name for field in fields(Facts) if field.default is MISSING and field.default_factory is MISSING}
    old = {name: value for name, value in taken[0].facts.as_json().items() if name in known}

    assert Facts.from_json(old).hops == ()
    assert Facts.from_json(old | {"from_the_future": 1}).asked == taken[0].facts.asked


KNOWN = {
    "post": ["article.post"],
    "comment": [".comment"],
    "author": ["strong"],
    "time": ["time"],
    "text": [".text", ".bubble p"],
    "own_names": ["Förskolan Lejonet Östra"],
}


def test_who_wrote_what_is_told_by_what_is_known_of_the_platform(chromium, torget, tmp_path):
    shot = capture(
        f"http://{torget.host}/lejonet_östra",
        tmp_path / "out",
        allowed_host=torget.host,
        progress=lambda percent, phase: None,
        bounds=Bounds(**QUICK),
        known=KNOWN | {"platform": "Torget", "tried_on": "2026-11-01"},
        phone=False,
    )
    facts, items = shot.facts, shot.items
    posts = [item for item in items if item.part_of is None]

    assert not pictures(shot, "mobil")
    assert (facts.platform, facts.tried_on, facts.authors) == ("Torget", "2026-11-01", "both")
    assert {post.role for post in posts} == {"official"}
    assert facts.official_items + facts.citizen_items == len(items) > len(posts) >= 20
    assert {item.author for item in items if item.role == "official"} == {"Förskolan Lejonet Östra"}
    assert all(items[item.part_of] in posts for item in items if item.part_of is not None)
    assert all(post.time.startswith("20") and post.text for post in posts)
    assert [post.box[1] for post in posts] == sorted(post.box[1] for post in posts)


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
    assert list(dict.fromkeys(phase for _, phase in told)) == ["open", "scroll", "picture", "phone", "write"]


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
    shot = shoot("/_prov/tall/90000", scroll_seconds=0.5)

    assert (shot.facts.height, len(pictures(shot, "bild"))) == (90_000, 12)
    assert (shot.facts.phone_height, len(pictures(shot, "mobil"))) == (90_000, 12)
    assert "Rad vid 89000 px" in text(shot)
    assert lines(shot)[-1]["lines"][-1][4] == "Rad vid 89000 px"


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
