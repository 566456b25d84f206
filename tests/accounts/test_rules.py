"""What the rules say of plans and accounts: due or late, whose turn, where, and the clause it comes from."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts import actions
from accounts.models import Duty
from governance import clock, rules
from governance.models import Finding
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import FIVE, REASON, digest_of, policy_with

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OK, DUE, BREACHED = Finding.State.OK, Finding.State.DUE, Finding.State.BREACHED


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def found(obj, rule: str) -> list[Finding]:
    rules.evaluate(obj)
    return list(
        Finding.objects.filter(rule=rule, subject_type=obj._meta.label_lower, subject_id=obj.pk).order_by("key")
    )


def whose(finding: Finding) -> set:
    return set(finding.responsible.all())


def test_an_empty_draft_waits_for_its_author_with_the_clauses_of_what_is_missing(gullspang):
    plan = factories.begun(gullspang)

    [points], [people] = found(plan, "PLAN-1"), found(plan, "PLAN-2")

    assert "4 punkter" in points.text
    assert points.clause.startswith("Gullspång Bilaga 1 punkt 2; ")
    assert people.clause.startswith("Gullspång avsnitt 3; Gullspång Bilaga 1 punkt 5; ")
    for finding in (points, people):
        assert finding.state(clock.now()) == DUE
        assert whose(finding) == {gullspang.proposer}
        assert finding.url == f"/planer/{plan.pk}/redigera/"


def test_a_complete_draft_waits_to_be_submitted(gullspang):
    plan = factories.written(gullspang)

    [finding] = found(plan, "PLAN-1")

    assert finding.text.startswith("Lämna planen för")
    assert found(plan, "PLAN-2") == []


def test_a_draft_whose_author_has_left_waits_for_the_manager(gullspang):
    plan = factories.begun(gullspang)
    gullspang.proposer.is_active = False
    gullspang.proposer.save()
    plan.refresh_from_db()

    assert whose(found(plan, "PLAN-1")[0]) == {gullspang.manager}


def test_each_signer_has_five_working_days_and_the_finding_says_whose_number_that_is(gullspang, monday):
    plan = factories.submitted(gullspang)

    first, second = found(plan, "PLAN-3")

    assert whose(first) | whose(second) == set(gullspang.staff[:2])
    assert first.clause == "Gullspång Bilaga 1; tidsgränsen: Uppsikts grundinställning"
    assert first.breached_at == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert first.state(clock.now()) == DUE
    monday.shift(timedelta(days=8))
    assert first.state(clock.now()) == BREACHED


def test_a_plan_whose_signer_has_left_waits_for_its_author_to_take_it_back(gullspang):
    plan = factories.submitted(gullspang)
    gullspang.staff[0].is_active = False
    gullspang.staff[0].save()

    first, second = found(plan, "PLAN-3")

    assert first.text.startswith("Ta tillbaka planen för")
    assert (whose(first), whose(second)) == ({gullspang.proposer}, {gullspang.staff[1]})


def test_who_has_signed_is_not_waited_for_and_the_manager_is_when_all_have(gullspang, monday):
    plan = factories.submitted(gullspang)
    actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))
    assert [whose(finding) for finding in found(plan, "PLAN-3")] == [{gullspang.staff[1]}]

    monday.shift(timedelta(days=1))
    actions.sign_plan(plan, by=gullspang.staff[1], digest=digest_of(plan))
    [finding] = found(plan, "PLAN-3")

    assert whose(finding) == {gullspang.manager}
    assert finding.due_at == clock.now()
    assert finding.url == f"/planer/{plan.pk}/godkann/"


def test_where_nobody_signs_before_the_manager_it_is_the_managers_turn_at_once(town):
    plan = factories.submitted(town)

    [finding] = found(plan, "PLAN-3")

    assert whose(finding) == {town.manager}
    assert finding.due_at == plan.submitted_at


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("gullspang", "Gullspång avsnitt 2"),
        ("lekeberg", "Lekeberg 5"),
        ("norsjo", "Uppsikts grundinställning"),
        ("lidingo", "Lidingö, Vem får använda sociala medier för Lidingö stads räkning?"),
        ("valdemarsvik", "Uppsikts grundinställning"),
    ],
)
def test_an_approved_account_waits_for_the_communications_officer(db, key, clause):
    town = factories.town(key)
    account = factories.approved(town).account

    [finding] = found(account, "PLAN-4")

    assert town.officer in whose(finding)
    assert finding.state(clock.now()) == DUE
    assert finding.clause == clause
    assert finding.url == f"/konton/{account.pk}/oppna/"


@pytest.mark.parametrize(
    ("key", "clause", "strength"),
    [
        ("gullspang", "Gullspång avsnitt 10", "ska"),
        ("lekeberg", "Lekeberg 2.2", "ska"),
        ("norsjo", "Norsjö 4.4", "bör"),
        ("lidingo", "Lidingö, Dokumentation", "ska"),
        ("valdemarsvik", "Valdemarsvik, Förteckning över sociala medier", "ska"),
    ],
)
def test_an_open_account_stands_on_the_public_list_and_nothing_waits(db, key, clause, strength):
    account = factories.opened(factories.town(key))

    [finding] = found(account, "REG-2")

    assert finding.state(clock.now()) == OK
    assert (finding.clause, finding.strength, finding.basis) == (clause, strength, "policy")
    assert found(account, "PLAN-4") == []
    assert found(account, "PLAN-2") == []


def test_where_the_policy_does_not_demand_a_public_list_it_is_shown_as_the_products_own(db, tmp_path):
    silent = ("reachable_from_website = {", 'reachable_from_website = "not stated"\n# {')
    town = factories.town(policy=policy_with(tmp_path, "lekeberg", public=silent))

    [finding] = found(factories.opened(town), "REG-2")

    assert (finding.clause, finding.basis) == ("Uppsikts grundinställning", "default")


def test_an_internal_account_is_not_said_to_be_public(town):
    plan = factories.begun(town, visibility="internal", visibility_reason="Bara för personalen")

    assert (
        found(
            factories.opened(town, factories.approved(town, factories.submitted(town, factories.written(town, plan)))),
            "REG-2",
        )
        == []
    )


def test_an_account_that_loses_a_person_is_late_since_then_and_waits_for_the_manager(gullspang, monday):
    account = factories.opened(gullspang)
    monday.shift(timedelta(days=3))
    left = clock.today()
    Duty.objects.filter(account=account, kind="deputy").update(valid_to=left)
    monday.shift(timedelta(days=3))

    [finding] = found(account, "PLAN-2")

    assert finding.text == "Biblioteket (Facebook): Minst 1 person behövs som ersättare vid frånvaro, 0 är angivna."
    assert finding.clause == "Gullspång avsnitt 5"
    assert clock.local(finding.breached_at).date() == left
    assert finding.state(clock.now()) == BREACHED
    assert whose(finding) == {gullspang.manager}


def test_since_when_a_person_is_gone_stays_what_was_first_seen(gullspang, monday):
    account = factories.opened(gullspang)
    for user in gullspang.staff:
        user.is_active = False
        user.save()
    first = [finding.breached_at for finding in found(account, "PLAN-2")]
    monday.shift(timedelta(days=3))

    assert [finding.breached_at for finding in found(account, "PLAN-2")] == first
    assert len(first) == 3


@pytest.mark.parametrize("key", FIVE)
def test_asking_everything_again_changes_nothing(db, key):
    town = factories.town(key)
    factories.begun(town, name="Utkastet", unit=town.department)
    factories.opened(town)
    rules.evaluate_all()
    before = list(Finding.objects.order_by("pk").values())

    rules.evaluate_all()

    kept = [{**row, "evaluated_at": None} for row in Finding.objects.order_by("pk").values()]
    assert kept == [{**row, "evaluated_at": None} for row in before]


def test_a_plan_that_is_done_with_leaves_no_findings(gullspang):
    for plan in (factories.approved(gullspang), factories.withdrawn(gullspang)):
        rules.evaluate(plan)
        assert not Finding.objects.filter(subject_type="accounts.activityplan", subject_id=plan.pk).exists()


def test_the_longest_clauses_have_room(db):
    town = factories.town("lidingo")
    plan = factories.submitted(town)

    rules.evaluate(perform(plan, "recall", by=town.proposer, reason=REASON))
    rules.evaluate(factories.submitted(town, plan))

    assert all(len(clause) <= 200 for clause in Finding.objects.values_list("clause", flat=True))
