"""The completeness gate: from what was found on a page that was pictured, to what a person should know of it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.capture.boxes import Boxes
from archive.capture.known import LOGIN_PATHS, Known
from archive.capture.results import Verdict

# As little as this is a name and a menu.
LITTLE_TEXT = 60
# With more text than this there is something on the page beside the login or the question.
WALL_TEXT, BARE_WALL_TEXT = 2_000, 600
# As much of the screen as nobody takes for a strip.
COVERING, HIDING = 0.2, 0.4


@dataclass(frozen=True)
class Found:
    """What is judged: the page's own words and numbers, and how the capture of it went."""

    asked: str
    reached: str
    status: int
    text: str
    password: bool
    one_colour: bool
    pictures_shown: int
    images_missing: int
    ended_by: str
    text_cut: bool
    boxes: Boxes
    phone: str  # "", "no_phone" or "phone_cut"
    mhtml: bool


def judge(found: Found, known: Known) -> Verdict:
    """Say whether the page is there as it should be, and what is not."""
    text = found.text.strip()
    reasons = {
        "error_page": found.status >= 400,
        "login_wall": is_login_wall(found, known),
        "consent_wall": _is_consent_wall(found, known),
        "covered": found.boxes.share("") > HIDING or found.boxes.share("frame") > HIDING,
        "blank": found.one_colour or (not text and found.pictures_shown <= 0),
        "little_text": len(text) < LITTLE_TEXT,
        "images_missing": found.images_missing > 0,
        f"feed_{found.ended_by}": found.ended_by != "end",
        "dismissed": found.boxes.closed,
        "unrolled": found.boxes.unrolled,
        "inner_scroll": found.boxes.folded > 0,
        "other_site": _site(found.asked) != _site(found.reached),
        "text_cut": found.text_cut,
        found.phone: bool(found.phone),
        "no_mhtml": not found.mhtml,
    }
    if reasons["blank"]:
        reasons["little_text"] = False
    return Verdict.of(key for key, true in reasons.items() if true)


def is_login_wall(found: Found, known: Known) -> bool:
    """Suspect a login wall: it covers the page, the page was left for it, or there is little else."""
    if found.boxes.share("login") > COVERING:
        return True
    words, asked = _words(found.reached), _words(found.asked)
    led = bool((words - asked) & {*LOGIN_PATHS, *known.login_paths})
    little, bare = len(found.text) < WALL_TEXT, len(found.text) < BARE_WALL_TEXT
    speaks = known.says_login(found.text)
    if found.password and (bare or (little and (led or speaks or words & set(LOGIN_PATHS)))):
        return True
    return (led and little) or (speaks and bare)


def _is_consent_wall(found: Found, known: Known) -> bool:
    if found.boxes.share("consent") > COVERING:
        return True
    apart = (urlsplit(found.reached).hostname or "").startswith("consent.")
    return apart or (len(found.text) < BARE_WALL_TEXT and _is_moved(found) and known.says_consent(found.text))


def _is_moved(found: Found) -> bool:
    return _site(found.asked) != _site(found.reached) or _words(found.asked) != _words(found.reached)


def _words(address: str) -> set[str]:
    return set(urlsplit(address).path.lower().strip("/").split("/"))


def _site(address: str) -> str:
    """Return the host as people tell sites apart: without www, m and the like."""
    host = (urlsplit(address).hostname or "").lower()
    for before in ("www.", "m.", "mobile."):
        host = host.removeprefix(before)
    return host
