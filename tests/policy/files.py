"""The policy files as the tests look at them: read once, a fact found by its path, a text with one place changed."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from governance.policy.base import Frozen, Headed, Stated
from governance.policy.document import SECTIONS, Source
from governance.policy.people import WORDS
from governance.policy.reader import PolicyRefused, read, shipped
from governance.policy.schema import EVERYWHERE, Policy, Scope

KEYS = ("gullspang", "lekeberg", "lidingo", "norsjo", "valdemarsvik")


@cache
def policy(key: str) -> Policy:
    return read(text(key), f"{key}.toml")


@cache
def text(key: str) -> str:
    return shipped()[key].read_text(encoding="utf-8")


def changed(key: str, old: str, new: str) -> str:
    """The file with the first `old` replaced; a test that changes nothing would prove nothing."""
    assert old in text(key), old
    return text(key).replace(old, new, 1)


def problems(content: str) -> list[str]:
    """All that is told of a file that is refused."""
    with pytest.raises(PolicyRefused) as refused:
        read(content, "ny.toml")
    return refused.value.problems


def fact(key: str, path: str, scope: Scope = EVERYWHERE) -> tuple[Any, str | None, str | None]:
    """Value, clause and strength of a path like "plan.duties:editor.minimum"; a rule's own value is its text."""
    chapter, *steps = path.split(".")
    section = policy(key).rule(chapter, scope)
    value, holder = section, None
    for step in steps:
        name, _, item = step.partition(":")
        value = getattr(value, name)
        if item:
            value = next(each for each in value if item in (getattr(each, "key", ""), getattr(each, "kind", "")))
        holder = value if isinstance(value, Stated) else holder
    if holder is not None:
        return value, holder.clause, holder.strength
    origin = section.origin(steps[0]) if isinstance(section, Headed) else (None, None, None)
    return value, origin[0], origin[1]


def rules(model: Frozen) -> list[Stated]:
    """Every rule in a part of a policy, however deep."""
    found = [model] if isinstance(model, Stated) else []
    for name in type(model).model_fields:
        value = getattr(model, name, None)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Frozen):
                found += rules(each)
    return found


@cache
def other(name: str = "fjarilshamn") -> Policy:
    """A municipality that does not exist, from the file beside this one."""
    return read((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


@cache
def silent() -> Policy:
    """A policy that says nothing at all."""
    return read(silent_text(), "tyst.toml")


def silent_text() -> str:
    whole = [f'{name} = "not stated"' for name in (*SECTIONS, "exceptions")]
    about = ['name = "Tysta kommun"', 'short = "Tysta"', 'website = "www.example.se"']
    source = ['kind = "policy"', *(f'{name} = "not stated"' for name in Source.model_fields if name != "kind")]
    titles = [f'{name} = "not stated"' for name in WORDS]
    lines = ['key = "tyst"', 'title = "Tyst"', *whole, "[municipality]", *about, "[source]", *source]
    return "\n".join([*lines, "[titles]", *titles])
