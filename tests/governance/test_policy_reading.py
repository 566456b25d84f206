"""The policy as people read it: everything that a file says, and everything on which it is silent."""

import html
import tomllib
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from governance import policies_in_force, policy_reading
from governance.policy.document import SECTIONS, Document
from governance.policy.people import WORDS
from governance.policy.presence import Information
from governance.policy.problems import models_in
from governance.policy.reader import read, shipped
from governance.policy.removal import Removal
from governance.policy.schema import DEFAULT_CLAUSE
from governance.policy_choices import CHOICES
from governance.policy_keys import DOCUMENT, FIELDS
from governance.policy_reading import PLUMBING
from governance.policy_words import CHAPTERS
from tests.factories import person

TEXTS = ["text", "label", "help", "statement", "heading", "word", "question", "what", "example", "instead"]
KEYS = ["gullspang", "lekeberg", "lidingo", "norsjo", "valdemarsvik"]
# What is said in another way than as a rule: the document's own facts, its titles, a deadline in words.
SAID_OTHERWISE = {"Document", "Municipality", "Source", "Titles", "Deadline", "PolicyException"}


def models() -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}

    def walk(model: type[BaseModel]) -> None:
        if model.__name__ not in found:
            found[model.__name__] = model
            for info in model.model_fields.values():
                for inner in models_in(info.annotation):
                    walk(inner)

    for start in (Document, Removal, Information):
        walk(start)
    return found


def literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for part in get_args(annotation):
        yield from literals(part)


def values(table: Any, key: str) -> Iterator[str]:
    if isinstance(table, dict):
        for name, value in table.items():
            if name == key and isinstance(value, str) and value != "not stated":
                yield value
            yield from values(value, key)
    elif isinstance(table, list):
        for value in table:
            yield from values(value, key)


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS)
def test_the_page_shows_every_clause_of_the_file(client, key):
    path = shipped()[key]
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    client.force_login(person("employee"))

    page = html.unescape(client.get(policies_in_force.load(path).get_absolute_url()).content.decode())

    missing = {clause for name in ("clause", "clause_staffing") for clause in values(raw, name) if clause not in page}
    assert not missing


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", TEXTS)
def test_the_page_shows_every_text_of_the_file(client, key, name):
    path = shipped()[key]
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    client.force_login(person("employee"))

    page = html.unescape(client.get(policies_in_force.load(path).get_absolute_url()).content.decode()).casefold()

    assert not {text for text in values(raw, name) if text.casefold() not in page}


@pytest.mark.parametrize("key", KEYS)
def test_silence_is_said_and_the_products_own_answer_is_marked(key):
    policy = read(shipped()[key].read_text(encoding="utf-8"), key)

    chapters = policy_reading.read(policy)

    lines = [line for chapter in chapters for line in chapter.lines]
    defaults = [line for line in lines if line.origin and line.origin.basis == "default"]
    assert all(line.origin.clause == DEFAULT_CLAUSE for line in defaults)
    assert any(chapter.silent for chapter in chapters)
    assert any(part.origin and part.origin.basis == "statute" for line in lines for part in line.parts)


def test_every_chapter_and_every_key_of_the_schema_has_words():
    assert set(CHAPTERS) == set(SECTIONS)
    assert set(DOCUMENT) == set(models()["Source"].model_fields)
    for key, section in SECTIONS.items():
        whole = {"removal": Removal, "information": Information}.get(key, section)
        assert set(whole.model_fields) - PLUMBING <= set(CHAPTERS[key][1]), key


def test_every_key_inside_a_rule_has_words():
    sections = {section.__name__ for section in (*SECTIONS.values(), Removal, Information)}
    inner = {name: model for name, model in models().items() if name not in sections | SAID_OTHERWISE}
    keys = {info.alias or name for model in inner.values() for name, info in model.model_fields.items()}

    assert not keys - PLUMBING - set(FIELDS)


def test_every_choice_of_the_schema_has_words():
    wordless = set()
    for name, model in models().items():
        if name in SAID_OTHERWISE:
            continue
        for attribute, info in model.model_fields.items():
            key = info.alias or attribute
            known = CHOICES.get(key, {}).keys() | WORDS.keys()
            wordless |= {(name, key, value) for value in literals(info.annotation) if value not in known}

    # Strengths stand as the policy writes them; keys of steps and uses stand behind their label.
    assert not {each for each in wordless if each[1] not in {"strength", "key"}}


def test_numbers_are_said_in_words():
    policy = read(shipped()["lekeberg"].read_text(encoding="utf-8"), "lekeberg")
    oversight = policy_reading.chapter(policy, "oversight", policy.oversight)

    said = {line.label: line.words for line in oversight.lines}

    assert said["Dagar"] == "måndag–fredag"
    assert said["Hur ofta"] == "1 gång per dag"
    assert said["Längsta uppehåll"] == "högst 7 dagar mellan två tillfällen"


def test_an_exception_shows_for_whom_it_is_and_only_what_differs():
    policy = read(shipped()["lekeberg"].read_text(encoding="utf-8"), "lekeberg")

    exception = next(chapter for chapter in policy_reading.read(policy) if chapter.key.startswith("exception"))

    assert exception.lead == "Gäller för: plattform Facebook"
    assert [line.label for line in exception.lines] == ["Underskrift på egna inlägg"]


def test_a_policy_does_not_differ_from_itself():
    policy = read(shipped()["norsjo"].read_text(encoding="utf-8"), "norsjo")

    assert policy_reading.changes(policy, policy) == []
