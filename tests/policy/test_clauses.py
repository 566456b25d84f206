"""Every rule says where it stands and how strongly; nothing of the product's own is ever passed off as a clause."""

import tomllib

import pytest

from governance.policy import defaults, law
from governance.policy.base import DEFAULT_CLAUSE, Section
from governance.policy.checks import tables
from governance.policy.document import SECTIONS as CHAPTERS
from tests.policy.files import KEYS, policy, rules, text
from tests.policy.sections import SECTIONS

everywhere = pytest.mark.parametrize("key", KEYS)


def clauses(key):
    raw = tomllib.loads(text(key))
    for path, table in tables(raw):
        for name in ("clause", "clause_staffing"):
            if table.get(name, "not stated") != "not stated":
                yield path, table[name]


@everywhere
def test_a_clause_names_sections_that_the_document_has(key):
    unknown = {part for _, clause in clauses(key) for part in clause.split("; ")} - SECTIONS[key]

    assert unknown == set()


@everywhere
def test_a_clause_cites_only_its_own_municipality(key):
    short = policy(key).municipality.short

    assert all(part.startswith(short) for _, clause in clauses(key) for part in clause.split("; "))


@everywhere
def test_a_rule_has_a_strength_and_is_the_policys_own(key):
    stated = [rule for rule in rules(policy(key).document) if rule.basis != "policy" or not rule.strength]

    assert stated == []


@everywhere
def test_a_file_never_speaks_of_the_products_defaults(key):
    assert DEFAULT_CLAUSE not in text(key)


@everywhere
def test_a_file_is_named_by_its_key(key):
    assert policy(key).key == key


@everywhere
def test_an_exception_says_why(key):
    assert all(each.clause.startswith(policy(key).municipality.short) for each in policy(key).document.exceptions)


@pytest.mark.parametrize("section", defaults.DEFAULTS.values(), ids=defaults.DEFAULTS)
def test_a_default_never_carries_a_clause_of_a_policy(section: Section):
    own = [rule.basis for rule in rules(section)]

    assert set(own) <= {"default", "statute"}
    assert getattr(section, "clause", DEFAULT_CLAUSE) == DEFAULT_CLAUSE


@everywhere
def test_a_filled_silence_is_shown_as_the_products_own(key):
    whole = policy(key)

    for name in CHAPTERS:
        section = getattr(whole, name)
        for field in section._defaulted:
            value = getattr(section, field)
            own = value if isinstance(value, tuple) else (value,)
            assert all(each.basis != "policy" for each in own if hasattr(each, "basis")), (name, field)
            if hasattr(section, "origin"):
                assert section.origin(field).basis == "default"


@everywhere
def test_what_the_law_demands_is_always_there_and_labelled_as_law(key):
    whole = policy(key)

    assert whole.removal.all_grounds[-len(law.GROUNDS) :] == law.GROUNDS
    assert {ground.basis for ground in law.GROUNDS} == {"statute"}
    assert whole.information.all_items[-2:] == law.INFORMATION_ITEMS
    assert {item.clause for item in law.INFORMATION_ITEMS} == {"BBS-lagen 3 §"}


def test_no_picture_is_made_on_the_one_ground_that_forbids_it():
    ground = policy("lekeberg").removal.ground("law_child_abuse_images")

    assert ground.steps[:2] == ("police", "describe_only")
    assert "preserve" not in ground.steps
