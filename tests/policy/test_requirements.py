"""The operative facts of the five documents, row by row: number, clause and strength."""

from pathlib import Path

import pytest

from governance.policy.base import Deadline
from governance.policy.schema import Scope
from tests.policy import facts_mandate, facts_running
from tests.policy.facts_mandate import LI, G, L, N, V
from tests.policy.files import KEYS, fact, policy

FACTS = facts_mandate.FACTS + facts_running.FACTS
NUMBERS = {
    "REG": range(1, 12),
    "PLAN": range(1, 11),
    "INFO": range(1, 4),
    "CRED": range(1, 4),
    "OVER": (1, 2, 3, 5),
    "MOD": range(1, 17),
    "ARCH": range(1, 6),
    "CRIS": (1,),
    "GUID": (1, 2),
    "PRIV": (1,),
    "END": (1,),
    "POL": (1,),
}
SILENT = [
    *[(key, "answering.reply") for key in (N,)],
    *[(key, "answering.reply.within") for key in (G, LI, V)],
    *[(key, "two_factor.rule") for key in (G, N, LI, V)],
    *[(key, "revision.rule") for key in (G, L, N, V)],
    *[(key, "plan.signers") for key in (L, N, LI, V)],
    *[(key, "plan.clause_staffing") for key in (N, V)],
    *[(key, "answering.post_signature") for key in (G, N)],
    *[(key, "answering.reply_signature") for key in (G, N, V)],
    *[(key, "snapshot.responsible") for key in (G, N)],
    *[(key, "plan.created_by") for key in (N, V)],
    *[(key, "removal.police") for key in (L, N, LI, V)],
    *[(key, "removal.tell_author") for key in (G, L, N, V)],
    *[(key, "plan.copies") for key in (L, N, LI, V)],
    *[(key, "oversight.heightened") for key in (G, N, LI, V)],
    *[(key, "privacy.consent") for key in (G, N, LI, V)],
    *[(key, "crisis.leading") for key in (G, N, LI, V)],
    *[(key, "answering.first_reply") for key in KEYS],
]


@pytest.mark.parametrize(("requirement", "key", "path", "value", "clause", "strength"), FACTS)
def test_the_policy_says_what_the_document_says(requirement, key, path, value, clause, strength):
    found, where, how = fact(key, path)

    if path.endswith("exempt_uses"):
        found, where, how = ..., found[0].clause, found[0].strength
    if isinstance(found, Deadline):
        found = str(found)
    assert (where, how) == (clause, strength)
    assert value is ... or found == value
    assert found is not None or value is None


@pytest.mark.parametrize(("key", "path"), SILENT)
def test_silence_is_kept(key, path):
    assert fact(key, path)[0] in (None, ())


def test_every_requirement_that_a_document_states_has_a_fact():
    stated = {f"R-{group}-{number}" for group, numbers in NUMBERS.items() for number in numbers}

    assert stated == {row[0] for row in FACTS}


def test_every_requirement_stands_in_the_documentation():
    table = (Path(__file__).parents[2] / "docs" / "requirements.md").read_text(encoding="utf-8")

    assert [row[0] for row in FACTS if f"| {row[0]} |" not in table] == []


def test_gullspangs_plan_has_the_eight_points_of_the_appendix_in_order():
    numbers = [point.number for point in policy(G).plan.points]

    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 9))


def test_gullspangs_signers_are_its_administrators():
    assert [(s.duty, s.statement) for s in policy(G).plan.signers] == [("administrator", "Jag godkänner detta uppdrag")]


@pytest.mark.parametrize(
    ("key", "count", "listed", "open_list"),
    [(G, 11, 10, True), (L, 9, 8, False), (N, 9, 8, False), (LI, 12, 7, True), (V, 3, 3, True)],
)
def test_the_grounds_for_removal_are_the_documents_own(key, count, listed, open_list):
    removal = policy(key).removal

    assert len(removal.grounds) == count
    assert sum(ground.kind == "listed" for ground in removal.grounds) == listed
    assert removal.open_list is open_list


def test_norsjo_letters_its_grounds_from_a_to_h():
    clauses = [ground.clause for ground in policy(N).removal.grounds if ground.kind == "listed"]

    assert clauses == [f"Norsjö 4.10 {letter}" for letter in "abcdefgh"]


def test_gullspangs_quick_guide_has_eleven_points():
    guide = policy(G).guidance.quick_guide

    assert len(guide) == 11
    assert {topic.clause for topic in guide} == {"Gullspång avsnitt 13"}


def test_lidingos_checklist_before_a_post_has_five_questions():
    keys = [item.key for item in policy(LI).posts.checklist]

    assert keys == ["why", "target_group", "quality", "time", "personal"]


def test_lekebergs_ready_text_takes_care_of_all_that_it_is_asked_for():
    information = policy(L).information
    asked = {item.key for item in information.items if item.clause == "Lekeberg 5.3"}

    assert asked <= {key for part in information.text.parts for key in part.covers}


@pytest.mark.parametrize(
    ("key", "kind", "who"),
    [
        (L, "municipality_wide", "communications_unit"),
        (L, "unit", "unit"),
        (V, "municipality_wide", "municipal_director"),
        (V, "unit", "sector_manager"),
        (G, "unit", "responsible"),
    ],
)
def test_who_answers_depends_on_the_kind_of_account(key, kind, who):
    assert [each.who for each in policy(key).responsibility.answerers if kind in each.account_kinds] == [who]


@pytest.mark.parametrize(
    ("key", "who", "word"),
    [
        (G, "communications_officer", "informationsansvarig"),
        (G, "responsible", "kontoansvarig"),
        (L, "communications_officer", "kommunikatör"),
        (L, "page_owner", "sidansvarig"),
        (L, "editor", "redaktör"),
        (N, "communications_officer", "informatör"),
        (LI, "communications_unit", "kommunikationsenheten"),
        (LI, "responsible", "ansvarig tjänsteman"),
        (LI, "deputy", "ersättare"),
        (V, "municipal_director", "kommunchef"),
        (V, "sector_manager", "sektorschef"),
        (V, "webmaster", "webmaster"),
        (V, "registrar", "registrator"),
    ],
)
def test_titles_are_the_policys_words(key, who, word):
    assert policy(key).word(who) == word


@pytest.mark.parametrize(
    ("key", "kind", "body", "adopted", "paragraph", "case", "revised"),
    [
        (G, "policy", "Kommunfullmäktige", "2013-03-25", "§ 52", None, None),
        (L, "riktlinjer", None, None, None, None, None),
        (N, "riktlinje", "Kommunstyrelsen", None, None, None, None),
        (LI, "rutiner", "Stadens ledningsgrupp", "2010-12-15", None, "KS/2017:282", "2017-06-28"),
        (V, "riktlinjer", None, None, None, None, None),
    ],
)
def test_who_adopted_the_document_and_when(key, kind, body, adopted, paragraph, case, revised):
    source = policy(key).source
    dates = [day and day.isoformat() for day in (source.adopted_on, source.revised_on)]

    assert [source.kind, source.body, source.paragraph, source.case_number] == [kind, body, paragraph, case]
    assert dates == [adopted, revised]


@pytest.mark.parametrize(
    ("key", "scope", "path", "value", "strength"),
    [
        (LI, Scope(platform="instagram", units=("Torsviks skola",)), "visibility.expected.value", "locked", "bör"),
        (LI, Scope(platform="instagram", units=("Stadsmuseet",)), "visibility.expected.value", "open", "ska"),
        (LI, Scope(platform="facebook", units=("Torsviks skola",)), "visibility.expected.value", "open", "ska"),
        (
            LI,
            Scope(platform="instagram", units=("Lejonets förskola",)),
            "naming.pattern.form",
            "{namn}_{plats}",
            "exempel",
        ),
        (L, Scope(platform="facebook"), "answering.post_signature.signed", False, "ska"),
        (L, Scope(platform="instagram"), "answering.post_signature.signed", True, "ska"),
        (L, Scope(platform="facebook"), "answering.reply_signature.signed", True, "ska"),
    ],
)
def test_a_rule_for_some_accounts_holds_for_them_alone(key, scope, path, value, strength):
    found, _, how = fact(key, path, scope)

    assert (found, how) == (value, strength)


def test_facebook_pages_in_gullspang_are_read_without_login():
    assert policy(G).rule("visibility", Scope(platform="facebook")).without_login.clause == "Gullspång avsnitt 4"
    assert policy(G).rule("visibility", Scope(platform="instagram")).without_login is None
