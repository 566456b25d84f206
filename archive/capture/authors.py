"""Who wrote what on the page, where what is known of the platform shows it: the authority itself, or somebody else."""

import re
import unicodedata
from typing import Any, Literal

from archive.capture import scripts
from archive.capture.bounds import Bounds
from archive.capture.known import Known
from archive.capture.results import Item
from archive.capture.world import World

Role = Literal["official", "citizen", ""]
SIGNS = re.compile(r"[^\w]+")
MILLISECONDS = 5_000


def read(world: World, known: Known, bounds: Bounds) -> tuple[Item, ...]:
    """Return the posts and comments in the order of the page; none where nobody has said where they stand."""
    if not known.post:
        return ()
    names = ("post", "comment", "author", "time", "text", "official", "citizen")
    order: dict[str, Any] = {name: getattr(known, name) for name in names}
    order |= {"most": bounds.max_items, "milliseconds": MILLISECONDS}
    found = world.ask(scripts.ITEMS, order, bounds.script_seconds)["items"]
    own = {plain(name) for name in known.own_names} - {""}
    return tuple(_item(each, own, len(found)) for each in found)


def plain(name: str) -> str:
    """Return a name as it is compared: without case, signs and the little pictures that stand beside it."""
    return SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def summed(items: tuple[Item, ...]) -> str:
    """Return who wrote of all of them: official, citizen, both, or empty where it does not show."""
    roles = {item.role for item in items} - {""}
    return "both" if len(roles) > 1 else next(iter(roles), "")


def _item(found: dict[str, Any], own: set[str], count: int) -> Item:
    above = found["part_of"] if isinstance(found["part_of"], int) and found["part_of"] < count else None
    return Item(role_of(found, own), found["author"], found["time"], found["text"], tuple(found["box"]), above)


def role_of(found: dict[str, Any], own: set[str]) -> Role:
    """Return who wrote an item. A mark on it speaks first; then the name, where one is known to be the account's."""
    if found["official"] != found["citizen"]:
        return "official" if found["official"] else "citizen"
    author = plain(found["author"])
    if not own or not author:
        return ""
    return "official" if author in own else "citizen"
