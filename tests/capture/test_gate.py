"""The completeness gate: a page that is not what it should be is never kept as a success."""

from dataclasses import replace

import pytest

from archive.capture.boxes import Boxes
from archive.capture.gate import Found, judge
from archive.capture.known import Known

TEXT = "Kommunen berättar om vägar, skolor och vatten. " * 60
PAGE = Found(
    asked="https://www.exempel.se/kommunen",
    reached="https://www.exempel.se/kommunen",
    status=200,
    text=TEXT,
    password=False,
    one_colour=False,
    pictures_shown=3,
    images_missing=0,
    ended_by="end",
    text_cut=False,
    boxes=Boxes(),
    phone="",
    mhtml=True,
)
KNOWN = Known.read(
    {"login_phrases": ["Se mer från"], "login_paths": ["uas"], "consent_phrases": ["Innan du fortsätter"]}
)


def over(kind: str, share: float) -> Boxes:
    return Boxes(left=[{"kind": kind, "share": share, "what": "div"}])


def done(how: str) -> Boxes:
    return Boxes(dismissed=[{"how": how, "kind": "consent", "what": "div"}])


def test_page_that_is_as_it_should_be_is_complete():
    assert judge(PAGE, KNOWN) == judge(PAGE, Known())
    assert judge(PAGE, KNOWN).level == "complete"


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("login_wall", {"password": True, "text": "Logga in"}),
        ("login_wall", {"password": True, "text": TEXT[:1500], "reached": "https://www.exempel.se/login"}),
        ("login_wall", {"password": True, "text": TEXT[:1500] + "Du måste logga in."}),
        ("login_wall", {"text": "Logga in för att fortsätta till kommunens sida på tjänsten."}),
        ("login_wall", {"text": "Se mer från kommunen på tjänsten. Logga in eller skapa ett nytt konto."}),
        ("login_wall", {"reached": "https://www.exempel.se/uas/2?next=kommunen", "text": TEXT[:800]}),
        ("login_wall", {"reached": "https://www.exempel.se/accounts/login/?next=/kommunen", "text": TEXT[:800]}),
        ("login_wall", {"boxes": over("login", 0.5)}),
        ("consent_wall", {"boxes": over("consent", 0.3)}),
        ("consent_wall", {"reached": "https://consent.exempel.se/m?continue=1"}),
        (
            "consent_wall",
            {
                "reached": "https://www.exempel.se/fraga",
                "text": "Innan du fortsätter till tjänsten: välj det du vill dela.",
            },
        ),
        ("covered", {"boxes": over("", 0.5)}),
        ("covered", {"boxes": over("frame", 0.9)}),
        ("error_page", {"status": 404}),
        ("error_page", {"status": 500}),
        ("blank", {"one_colour": True}),
        ("blank", {"text": " ", "pictures_shown": 0}),
        ("little_text", {"text": "Hej"}),
    ],
)
def test_page_that_is_something_else_needs_a_person(reason, changed):
    verdict = judge(replace(PAGE, **changed), KNOWN)

    assert verdict.level == "attention"
    assert reason in verdict.reasons


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("images_missing", {"images_missing": 1}),
        *((f"feed_{ending}", {"ended_by": ending}) for ending in ("height", "posts", "time", "bytes")),
        ("dismissed", {"boxes": done("pressed")}),
        ("dismissed", {"boxes": done("hidden")}),
        ("unrolled", {"boxes": done("unrolled")}),
        ("inner_scroll", {"boxes": Boxes(folded=1)}),
        ("other_site", {"reached": "https://www.annat.se/kommunen"}),
        ("text_cut", {"text_cut": True}),
        ("no_phone", {"phone": "no_phone"}),
        ("phone_cut", {"phone": "phone_cut"}),
        ("no_mhtml", {"mhtml": False}),
    ],
)
def test_page_that_lacks_something_is_kept_with_a_remark(reason, changed):
    verdict = judge(replace(PAGE, **changed), KNOWN)

    assert (verdict.level, verdict.reasons) == ("remarks", (reason,))


@pytest.mark.parametrize(
    "changed",
    [
        {"boxes": over("login", 0.1)},
        {"boxes": over("consent", 0.1)},
        {"boxes": over("", 0.3)},
        {"password": True},
        {"text": TEXT + "Logga in för att se mer"},
        {"reached": "https://m.exempel.se/kommunen/"},
        {"asked": "https://www.exempel.se/login", "reached": "https://www.exempel.se/login"},
    ],
)
def test_what_only_looks_like_a_wall_is_none(changed):
    assert judge(replace(PAGE, **changed), KNOWN).level == "complete"


def test_blank_page_is_not_said_to_have_little_text_as_well():
    assert judge(replace(PAGE, text="", pictures_shown=0), KNOWN).reasons == ("blank",)
