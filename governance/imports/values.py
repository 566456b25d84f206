"""Cells as values: the same reading for every kind, and the same words where a cell cannot be read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from governance.imports.kinds import Line

DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%d.%m.%Y")
YES = ("ja", "j", "yes", "x", "1", "sant", "true")
NO = ("nej", "n", "no", "0", "falskt", "false", "")
SEVERAL = re.compile(r"[,;\n]+")
ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")


def needed(line: Line, key: str, text: Any) -> str:
    """Answer a cell that must not be empty."""
    value = line.get(key)
    if not value:
        line.wrong(key, text)
    return value


def fitting(line: Line, key: str, field: Any, *, lines: bool = False) -> str:
    """Answer a cell that goes into a column of the database, as that column demands."""
    value = line.values.get(key, "").strip() if lines else line.get(key)
    if field.max_length and len(value) > field.max_length:  # a longer text is no matter to a text column by itself
        line.wrong(key, _("Texten är för lång: högst %(most)d tecken.") % {"most": field.max_length})
        return ""
    try:
        return str(field.clean(value, None)) if value else ""
    except ValidationError as error:
        for message in error.messages:
            line.wrong(key, message)
        return ""


def email(line: Line, key: str, typed: str | None = None) -> str:
    """Answer an e-mail address in lower case; empty where there is none or it is wrong."""
    value = (line.get(key) if typed is None else typed).lower()
    if not value:
        return ""
    try:
        validate_email(value)
    except ValidationError:
        line.wrong(key, _("”%(typed)s” är ingen e-postadress.") % {"typed": value})
        return ""
    return value


def emails(line: Line, key: str) -> list[str]:
    """Answer the addresses of a cell: several with comma, semicolon or line break between, each once."""
    parts = [part.strip() for part in SEVERAL.split(line.values.get(key, "")) if part.strip()]
    found = [email(line, key, address[0] if (address := ADDRESS.search(part)) else part) for part in parts]
    return list(dict.fromkeys(filter(None, found)))


def words(line: Line, key: str) -> list[str]:
    """Answer the parts of a cell that names several things."""
    return list(
        dict.fromkeys(" ".join(part.split()) for part in SEVERAL.split(line.values.get(key, "")) if part.strip())
    )


def day(line: Line, key: str) -> date | None:
    """Answer a day; None where there is none or it is wrong."""
    typed = line.get(key)
    for pattern in DAYS if typed else ():
        try:
            found = datetime.strptime(typed, pattern).date()
        except ValueError:
            continue
        if 1990 <= found.year < 2100:
            return found
    if typed:
        line.wrong(key, _("”%(typed)s” är inget datum. Skriv det som 2026-01-31.") % {"typed": typed})
    return None


def yes(line: Line, key: str) -> bool:
    """Answer whether a cell says yes; an empty one says no."""
    typed = line.get(key).casefold()
    if typed not in (*YES, *NO):
        line.wrong(key, _("Skriv ja eller nej i stället för ”%(typed)s”.") % {"typed": line.get(key)})
    return typed in YES


def choice(line: Line, key: str, known: Mapping[str, str]) -> str:
    """Answer what a cell chooses, by its words in any case of letters; empty where it is empty or wrong."""
    typed = line.get(key)
    found = known.get(typed.casefold(), "")
    if typed and not found:
        offered = ", ".join(dict.fromkeys(known))
        line.wrong(
            key, _("”%(typed)s” går inte att välja. Skriv något av: %(known)s.") % {"typed": typed, "known": offered}
        )
    return found
