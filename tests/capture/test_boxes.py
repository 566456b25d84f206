"""Boxes over the page are told no, hidden or told of; and a page cannot hide from whoever reads it."""

import pytest


@pytest.mark.parametrize(
    ("trial", "level", "reasons", "how"),
    [
        ("consent", "remarks", ("dismissed",), "pressed"),
        ("consent-stubborn", "remarks", ("dismissed",), "hidden"),
        ("consent-wall", "attention", ("consent_wall",), ""),
        ("login-over", "attention", ("login_wall",), ""),
        ("login", "attention", ("login_wall",), ""),
        ("blank", "attention", ("blank",), ""),
        ("404", "attention", ("error_page",), ""),
        ("liar", "complete", (), ""),
        ("mine", "complete", (), ""),
    ],
)
def test_page_is_judged_by_what_can_be_seen_of_it(shoot, trial, level, reasons, how):
    shot = shoot(f"/_prov/{trial}")

    assert (shot.verdict.level, shot.verdict.reasons) == (level, reasons)
    assert [each["how"] for each in shot.facts.dismissed] == ([how] if how else [])
    assert (shot.facts.level, shot.facts.remarks) == (level, reasons)
    kept = {file.name for file in shot.files if file.path.stat().st_size > 0}
    assert {"bild-001.jpg", "mobil-001.jpg", "textrader.json", "sida.mhtml", "fakta.json"} <= kept


def test_page_that_scrolls_in_a_frame_is_pictured_whole(shoot):
    shot = shoot("/_prov/inside-out")

    assert shot.facts.height > 6_000
    assert shot.verdict.reasons == ("unrolled",)


def test_what_is_known_of_the_platform_is_pressed_and_hidden(shoot):
    shot = shoot("/_prov/covered", known={"hide": ["div[style*=fixed]", "::not(a selector"]})

    assert (shot.verdict.level, shot.verdict.reasons) == ("remarks", ("dismissed",))
    assert shot.facts.dismissed == ({"how": "hidden", "kind": "known", "what": "div"},)
