"""A file that somebody sent in, as sheets of plain text: bounded, and refused in words where it cannot be read."""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from governance.policy.characters import is_unseen

MAX_ROWS = 50_000
MAX_COLUMNS = 100
LONGEST_CELL = 5_000
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlsb", ".xlam")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # spreadsheets of before 2007, and newer ones behind a password
ZIP = b"PK"
KEPT_UNSEEN = "\n\t"
GUARDED = ("'=", "'+", "'-", "'@")

Row = tuple[int, list[str]]  # its number as the spreadsheet shows it, and its cells


class Unreadable(Exception):
    """A file that cannot be read; the message says why and what to do, in Swedish."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows in order, those without content left out."""

    name: str
    rows: list[Row]


def kind_of(content: bytes, name: str) -> str:
    """Answer "xlsx" or "csv" by what the file holds. Raises `Unreadable` for the formats that are not read."""
    if not content.strip():
        raise Unreadable(_("Filen är tom."))
    if PurePath(name).suffix.lower() in MACRO_ENDINGS:
        raise Unreadable(_("Filen kan innehålla makron och läses inte in. Spara den som .xlsx utan makron."))
    if content.startswith(OLE):
        raise Unreadable(_("Filen är i ett äldre format eller har lösenord. Spara den som .xlsx utan lösenord."))
    return "xlsx" if content.startswith(ZIP) else "csv"


def letter(index: int) -> str:
    """Answer what the spreadsheet calls a column, counted from 0: A, B … Z, AA."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def place(number: int, index: int) -> str:
    """Answer where a cell stands, for people: "rad 4, kolumn B"."""
    return _("rad %(row)d, kolumn %(column)s") % {"row": number, "column": letter(index)}


def clean(cells: list[str], number: int) -> list[str]:
    """Answer the cells as they are kept: no white space around, only visible characters and line breaks.

    Raises `Unreadable` naming the first cell that holds what cannot be seen, or too much.
    """
    kept = [_cell(text, number, index) for index, text in enumerate(cells)]
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MAX_COLUMNS:
        raise Unreadable(_("Bladet har fler än %(most)d kolumner.") % {"most": MAX_COLUMNS})
    return kept


def collect(name: str, rows: list[Row], cells: list[str], number: int) -> None:
    """Add a row to the sheet, unless it is empty. Raises `Unreadable` where the sheet grows too long."""
    kept = clean(cells, number)
    if not kept:
        return
    if len(rows) >= MAX_ROWS:
        words = _("Bladet ”%(name)s” har fler än %(most)d rader. Dela upp det i flera filer.")
        raise Unreadable(words % {"name": name, "most": MAX_ROWS})
    rows.append((number, kept))


def _cell(text: str, number: int, index: int) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
    if len(plain) > LONGEST_CELL:
        words = _("Texten på %(place)s är för lång: högst %(most)d tecken.")
        raise Unreadable(words % {"place": place(number, index), "most": LONGEST_CELL})
    if not plain.isprintable() and any(is_unseen(each) and each not in KEPT_UNSEEN for each in plain):
        words = _("På %(place)s står tecken som inte syns. Skriv om texten där och försök igen.")
        raise Unreadable(words % {"place": place(number, index)})
    plain = plain.replace("\t", " ")
    # What our own exports put before a text that a spreadsheet would take for a formula.
    return plain[1:] if plain.startswith(GUARDED) else plain
