"""Fewer people than the policy demands is refused in Swedish, with the clause (R-PLAN-2)."""

import pytest

from accounts import actions
from governance.workflow import Refused, perform
from tests.accounts import factories

# policy, the duty that is cut, how many are left, what is said
UNDERCUT = [
    (
        "gullspang",
        "administrator",
        1,
        "Minst 2 personer behövs som administratör, 1 är angiven. (Gullspång avsnitt 3; Gullspång Bilaga 1 punkt 5)",
    ),
    (
        "gullspang",
        "deputy",
        0,
        "Minst 1 person behövs som ersättare vid frånvaro, 0 är angivna. (Gullspång avsnitt 5)",
    ),
    ("lekeberg", "page_owner", 0, "Minst 1 person behövs som sidansvarig, 0 är angivna. (Lekeberg 5.2)"),
    ("lekeberg", "editor", 0, "Minst 1 person behövs som redaktör, 0 är angivna. (Lekeberg 5.2)"),
    (
        "lidingo",
        "deputy",
        0,
        "Minst 1 person behövs som ersättare, 0 är angivna. (Lidingö, Dokument och gallringsplan)",
    ),
    ("norsjo", "responsible", 0, "Minst 1 person behövs som utsedd person, 0 är angivna. (Uppsikts grundinställning)"),
    ("valdemarsvik", "editor", 0, "Minst 1 person behövs som redaktör, 0 är angivna. (Uppsikts grundinställning)"),
]


@pytest.mark.parametrize(("key", "kind", "left", "said"), UNDERCUT)
def test_too_few_people_are_refused_with_the_clause(db, key, kind, left, said):
    town = factories.town(key)
    plan = factories.begun(town)
    people = factories.team(plan, town.staff)
    plan = factories.written(town, plan, people={**people, kind: people[kind][:left]})

    with pytest.raises(Refused) as refusal:
        perform(plan, "submit", by=town.proposer)

    assert str(refusal.value) == said


def test_more_people_than_the_policy_allows_are_refused(town):
    plan = factories.begun(town)
    people = factories.team(plan, town.staff)
    both = [*people["page_owner"], (town.staff[1], "", "")]
    plan = factories.written(town, plan, people={**people, "page_owner": both})

    with pytest.raises(Refused, match=r"^Högst 1 får anges som sidansvarig, 2 är angivna\. \(Lekeberg 5\.2\)$"):
        perform(plan, "submit", by=town.proposer)


def test_nobody_stands_in_for_himself_or_herself_alone(gullspang):
    plan = factories.begun(gullspang)
    people = factories.team(plan, gullspang.staff)
    plan = factories.written(gullspang, plan, people={**people, "deputy": people["operator"]})

    with pytest.raises(Refused, match="Ersättare vid frånvaro måste vara någon annan än den som är daglig drift"):
        perform(plan, "submit", by=gullspang.proposer)


def test_one_of_several_may_stand_in_for_the_others(gullspang):
    plan = factories.begun(gullspang)
    people = factories.team(plan, gullspang.staff)
    two = [*people["operator"], (gullspang.staff[1], "", "")]
    plan = factories.written(gullspang, plan, people={**people, "operator": two, "deputy": people["operator"]})

    with pytest.raises(Refused, match="telefon saknas för 1 person"):
        perform(plan, "submit", by=gullspang.proposer)


def test_gullspang_asks_how_its_administrators_are_reached(gullspang):
    plan = factories.begun(gullspang)
    people = factories.team(plan, gullspang.staff)
    silent = [(user, "", "") for user, _email, _phone in people["administrator"]]
    plan = actions.save_draft(
        plan, by=gullspang.proposer, fields=factories.SAID, people={**people, "administrator": silent}
    )

    with pytest.raises(Refused, match=r"saknas för 2 personer\. \(Gullspång Bilaga 1 punkt 5\)"):
        perform(plan, "submit", by=gullspang.proposer)
