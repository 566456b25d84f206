"""Who is on Torget: the accounts of municipalities, and citizens that nobody has met."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from archive.demoplatform.dice import Dice

HANDLE = re.compile(r"[a-z0-9_.åäö-]{1,60}")
KIND_LABELS = {
    "municipality": "Kommun",
    "library": "Bibliotek",
    "school": "Skola",
    "preschool": "Förskola",
}
# The word in a handle that tells the kind; first match wins.
KIND_WORDS = (
    ("bibliotek", "library"),
    ("förskola", "preschool"),
    ("lejonet", "preschool"),
    ("skola", "school"),
    ("gymnasi", "school"),
)
FOLLOWERS = {
    "municipality": (2_100, 23_900),
    "library": (700, 2_900),
    "school": (240, 1_100),
    "preschool": (60, 240),
}
ABOUT = {
    "municipality": "Officiell sida för {name}. Vi berättar vad som händer och svarar på frågor vardagar 8–16.",
    "library": "Böcker, tystnad och en del annat. Vi svarar på frågor när vi har öppet. En sida från kommunen.",
    "school": "Glimtar ur vardagen på {name}. Vi visar vad eleverna gör, inte vilka de är. En sida från kommunen.",
    "preschool": "Vi leker, bygger och undrar. Inga bilder på barn publiceras. En sida från kommunen.",
}


@dataclass(frozen=True)
class Account:
    """An official account. `place` stands for {ort} in what it posts."""

    handle: str
    name: str
    kind: str
    place: str
    about: str
    followers: int
    joined: int

    @property
    def label(self) -> str:
        """What kind of page it is, in Swedish."""
        return KIND_LABELS[self.kind]


WRITTEN = {
    "lekebergskommun": ("Lekebergs kommun", "municipality", "Lekeberg"),
    "lekebergsbibliotek": ("Lekebergs bibliotek", "library", "Lekeberg"),
    "gullspangskommun": ("Gullspångs kommun", "municipality", "Gullspång"),
    "gullstensskolan": ("Gullstensskolan", "school", "Gullspång"),
    "norsjokommun": ("Norsjö kommun", "municipality", "Norsjö"),
    "lidingostad": ("Lidingö stad", "municipality", "Lidingö"),
    "lejonet_östra": ("Förskolan Lejonet Östra", "preschool", "Lidingö"),
    "valdemarsvikskommun": ("Valdemarsviks kommun", "municipality", "Valdemarsvik"),
}
CITIZENS = tuple((Path(__file__).parent / "citizens.txt").read_text(encoding="utf-8").splitlines())


def account(handle: str) -> Account | None:
    """Return the account of any handle that Torget could have, else None."""
    handle = unicodedata.normalize("NFC", handle).lower()
    if not HANDLE.fullmatch(handle):
        return None
    name, kind, place = WRITTEN.get(handle) or _guess(handle)
    dice = Dice("account", handle)
    about = ABOUT[kind].format(name=name)
    return Account(handle, name, kind, place, about, dice.number(*FOLLOWERS[kind]), dice.number(2010, 2021))


def _guess(handle: str) -> tuple[str, str, str]:
    kind = next((kind for word, kind in KIND_WORDS if word in handle), "municipality")
    words = [word for word in re.split(r"[_.-]+", handle) if word] or [handle]
    if words[-1].endswith("kommun") and words[-1] != "kommun":
        words[-1:] = [words[-1].removesuffix("kommun"), "kommun"]
    name = " ".join(word if word == "kommun" else word.capitalize() for word in words)
    place = words[0].capitalize()
    return name, kind, place.removesuffix("s") if "kommun" in words else place
