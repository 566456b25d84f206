"""What somebody asks about when asking whether an account is real: an address, a handle or a name, in any form."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import idna

from accounts.models import Platform
from accounts.models.platform import Found
from accounts.platforms import addresses, likeness

ADDRESS, HANDLE, NAME, NOTHING = "address", "handle", "name", "nothing"
LONGEST_NAME = 300
SHORTEST_DOMAIN = 8  # shorter ones stand inside others by chance
_LINK = re.compile(r"https?://\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_SITE = re.compile(r"\.(?:se|nu|com|net|org|eu|info|blog|app|dev|fi|no|dk)$", re.IGNORECASE)
_AROUND = "\"'“”„’‘«»<>()[]{}.,;:!?… "
_BEFORE_NAME = ("www", "m", "mobile", "touch", "web")


@dataclass(frozen=True)
class Place:
    """Where an account would be: its platform, its handle there and its canonical address."""

    platform: Platform
    found: Found


@dataclass(frozen=True)
class Question:
    """What was asked: `words` are what names are compared with, `places` what the register is looked through for."""

    asked: str
    words: str = ""
    places: list[Place] = field(default_factory=list)
    host: str = ""
    part_of: bool = False
    imitated: Platform | None = None
    refused: str = ""


def read(text: str, platforms: list[Platform]) -> Question:
    """Read what was pasted or typed; never raises. `refused` is the kind of link that names no account."""
    typed = _one_thing(text)
    if not typed:
        return Question(NOTHING)
    if " " in typed:
        return Question(NAME, typed[:LONGEST_NAME])
    try:
        link = addresses.read(typed)
    except addresses.AddressRefused:
        return _bare(typed, platforms)
    if not re.search(r"[/:]|@.+@", typed) and not any(platform.holds(link.host) for platform in platforms):
        return _bare(typed, platforms, link.host)
    return _of_link(typed, link.host, platforms)


def tail(handle: str) -> str:
    """Answer the part of a handle that people read: "lekeberg" of "company/lekeberg", "@lekeberg"."""
    return handle.rpartition("/")[2].lstrip("@")


def _one_thing(text: str) -> str:
    """Answer the first link in a text, or all of it where there is none, without the signs around it."""
    typed = " ".join(addresses.trimmed(text.replace("\x00", " ")).split())
    link = _LINK.search(typed) if " " in typed else None
    if link is None and typed.startswith("http"):
        return typed
    return (link[0] if link else typed).strip(_AROUND)


def _bare(typed: str, platforms: list[Platform], host: str = "") -> Question:
    """A word: somebody's handle on any platform, or, where it could be one, the site of an account of its own.

    What is plainly a website or a mail address is not compared with names: the municipality's own are like them all.
    """
    name = typed.lstrip("@")[:LONGEST_NAME]
    everywhere = [Place(each, found) for each in platforms if each.named and (found := each.recognise(f"@{name}"))]
    sites = [Place(each, found) for each in platforms if host and each.anywhere and (found := each.recognise(typed))]
    plain = "@" in name or (not typed.startswith("@") and _SITE.search(name))
    return Question(HANDLE, "" if plain else name, [*sites, *everywhere], host)


def _of_link(typed: str, host: str, platforms: list[Platform]) -> Question:
    home = next((platform for platform in platforms if platform.holds(host) and not platform.anywhere), None)
    if home is not None:
        return _on(home, typed, host)
    if copied := next((platform for platform in platforms if _domain_copied(platform, host)), None):
        return _imitating(copied, typed, host)
    places = [Place(each, found) for each in platforms if each.anywhere and (found := each.recognise(typed))]
    led_to = [(each, each.not_account(typed)) for each in platforms if each.anywhere]
    owners = [Place(each, led.owner) for each, led in led_to if led and led.owner]
    path = addresses.read(typed).bare.partition("/")[2]
    names = [tail(place.found.handle) for place in [*places, *owners] if place.platform.key == "mastodon"]
    words = next(iter(names), path if "/" not in path else "")
    return Question(ADDRESS, words, [*places, *owners], host, part_of=bool(owners))


def _on(platform: Platform, typed: str, host: str) -> Question:
    if found := platform.recognise(typed):
        return Question(ADDRESS, tail(found.handle), [Place(platform, found)], host)
    led = platform.not_account(typed)
    if led is None or led.owner is None:
        return Question(ADDRESS, host=host, refused=led.kind if led else "")
    return Question(ADDRESS, tail(led.owner.handle), [Place(platform, led.owner)], host, part_of=True)


def _imitating(platform: Platform, typed: str, host: str) -> Question:
    """An address that looks like the platform's: the account that it pretends to be is looked for by its name."""
    path = addresses.read(typed).bare.partition("/")[2]
    found = platform.recognise(f"{platform.domains[0]}/{path}")
    words = tail(found.handle) if found else path.partition("/")[0]
    return Question(ADDRESS, words, [Place(platform, found)] if found else [], host, imitated=platform)


def is_drawn_like(host: str, other: str) -> bool:
    """Answer whether a host looks like another one that it is not, label by label."""
    return host != other and _seen(host) == _seen(other)


def _domain_copied(platform: Platform, host: str) -> bool:
    """Answer whether a host is drawn like one of the platform's, or carries one of them inside it."""
    inside = (domain for domain in platform.domains if len(domain) >= SHORTEST_DOMAIN)
    return any(is_drawn_like(host, domain) for domain in platform.domains) or any(
        f".{domain}." in f".{host}." for domain in inside
    )


@lru_cache(maxsize=4_000)
def _seen(host: str) -> tuple[str, ...]:
    """Answer what a hasty eye sees of a host."""
    labels = [_shown(label) for label in host.split(".")]
    return tuple(likeness.folded(label) for label in labels[labels[0] in _BEFORE_NAME :])


def _shown(label: str) -> str:
    """Answer a label as people see it."""
    try:
        return idna.ulabel(label) if label.startswith("xn--") else label
    except idna.IDNAError:
        return label
