"""Reads a policy file: the whole of it in order, or every reason why not."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from governance.policy.characters import made_visible
from governance.policy.checks import CHECKS
from governance.policy.document import SECTIONS, Document, spread
from governance.policy.problems import KeyPath, PolicyRefused, of_error, sentence, shown
from governance.policy.schema import Policy

__all__ = ["PolicyRefused", "read", "shipped"]

FOLDER = Path(__file__).resolve().parent.parent / "policies"
LARGEST = 512 * 1024


def shipped() -> dict[str, Path]:
    """The policies that come with the product, by key."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def read(text: str, name: str) -> Policy:
    """The policy of a file's text; `name` is what the file is called in what is told of it.

    Raises PolicyRefused with all that is wrong, in Swedish, and nothing else.
    """
    try:
        raw = _parsed(text, name)
        problems = _problems(raw, name)
    except RecursionError:
        raise PolicyRefused([sentence(name, (), "tabeller och listor i några få nivåer", "fler")]) from None
    if problems:
        raise PolicyRefused(problems)
    return Policy.of(Document.model_validate(raw))


def _parsed(text: str, name: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise PolicyRefused([sentence(name, (), f"högst {LARGEST} tecken", f"{len(text)} tecken")])
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise PolicyRefused([_syntax(str(error), text, name)]) from None


def _syntax(message: str, text: str, name: str) -> str:
    """The parser speaks English and puts the place last; whoever mends the file needs the place and the line."""
    place = re.search(r"\(at line (\d+), column (\d+)\)$", message)
    lines = text.replace("\r\n", "\n").split("\n")
    number = int(place[1]) if place else len(lines)
    where = f"rad {number}, tecken {place[2]}" if place else f"rad {number}, filens slut"
    again = ", som redan står i filen" if "twice" in message or "overwrite" in message else ""
    return f"{made_visible(name)}: {where}: väntade giltig TOML, fick {shown(lines[number - 1].strip())}{again}"


def _problems(raw: Mapping[str, Any], name: str) -> list[str]:
    whole = raw
    if isinstance(raw.get("exceptions"), list):
        whole = {**raw, "exceptions": [spread(raw, exception) for exception in raw["exceptions"]]}
    found = [(each["loc"], of_error(name, each, Document)) for each in _errors(raw)]
    for check in CHECKS:
        found += [(path, sentence(name, path, expected, got)) for path, expected, got in check(whole)]
    # A chapter that is wrong in general would be told of again in every exception that builds on it.
    first = [text for path, text in found if not _is_echo(raw, path)]
    return list(dict.fromkeys(first or [text for _, text in found]))


def _errors(raw: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        Document.model_validate(raw)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _is_echo(raw: Mapping[str, Any], path: KeyPath) -> bool:
    """Whether an exception only repeats what is wrong in the general chapter that it takes the rest from."""
    match path:
        case ("exceptions", int() as index, str() as section, key, *_) if section in SECTIONS:
            own = raw["exceptions"][index].get(section)
            return isinstance(own, Mapping) and key not in own
    return False
