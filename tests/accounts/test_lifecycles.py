"""The lifecycles of plan and account: state x verb x role. What is not in a table is refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import actions
from accounts.models import Account, ActivityPlan
from governance.models import User
from governance.workflow import Refused, lifecycle_of, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, Town, digest_of

PLAN_STATES = {
    "begun": factories.begun,
    "written": factories.written,
    "submitted": factories.submitted,
    "signed": factories.signed,
    "approved": factories.approved,
    "withdrawn": factories.withdrawn,
}
PLAN_VERBS = ("submit", "sign", "approve", "send_back", "decline", "recall", "reopen", "withdraw")
# Who may write the plan of an account that is not yet approved.
WRITERS = {"proposer", "manager", "head", "director", "officer"}
# (state, verb) -> who can; Gullspång: "named" is an administrator and signs, "deputy" is named and does not sign.
PLAN_TABLE = {
    ("written", "submit"): WRITERS,
    ("begun", "withdraw"): WRITERS,
    ("written", "withdraw"): WRITERS,
    ("submitted", "sign"): {"named"},
    ("submitted", "send_back"): {"manager"},
    ("submitted", "decline"): {"named", "deputy"},
    ("submitted", "recall"): WRITERS,
    ("signed", "approve"): {"manager"},
    ("signed", "send_back"): {"manager"},
    ("signed", "decline"): {"named", "deputy"},
    ("signed", "recall"): WRITERS,
    ("approved", "reopen"): {"officer"},
}
ACCOUNT_STATES = {
    "proposed": lambda town: factories.written(town).account,
    "approved": lambda town: factories.approved(town).account,
    "active": factories.opened,
    "withdrawn": lambda town: factories.withdrawn(town).account,
}
ACCOUNT_VERBS = ("approve", "reconsider", "open", "withdraw")
ACCOUNT_TABLE = {("approved", "open"): {"officer"}}


def people(town: Town) -> dict[str, User]:
    return {
        "proposer": town.proposer,
        "named": town.staff[0],
        "deputy": town.staff[-1],
        "manager": town.manager,
        "head": town.head,
        "director": town.director,
        "officer": town.officer,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "outsider": town.outsider,
    }


def take(verb: str, thing: ActivityPlan | Account, by: User) -> None:
    if verb == "sign":
        actions.sign_plan(thing, by=by, digest=digest_of(thing))
    elif verb == "approve" and isinstance(thing, ActivityPlan):
        actions.approve_plan(thing, by=by, digest=digest_of(thing))
    elif verb == "open":
        actions.open_account(thing, by=by, address="https://x.com/annan", handle="annan")
    else:
        perform(thing, verb, by=by, reason=REASON)


def can(verb: str, thing: ActivityPlan | Account, by: User) -> bool:
    """Try, and leave everything as it was."""
    thing = type(thing).objects.get(pk=thing.pk)
    with transaction.atomic():
        try:
            take(verb, thing, by)
        except (Refused, PermissionDenied):
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("verb", PLAN_VERBS)
@pytest.mark.parametrize("state", PLAN_STATES)
def test_a_plan_takes_exactly_the_steps_of_the_table(gullspang, state, verb):
    plan = PLAN_STATES[state](gullspang)

    able = {role for role, user in people(gullspang).items() if can(verb, plan, user)}

    assert able == PLAN_TABLE.get((state, verb), set())


@pytest.mark.parametrize("verb", ACCOUNT_VERBS)
@pytest.mark.parametrize("state", ACCOUNT_STATES)
def test_an_account_takes_exactly_the_steps_of_the_table(gullspang, state, verb):
    account = ACCOUNT_STATES[state](gullspang)

    able = {role for role, user in people(gullspang).items() if can(verb, account, user)}

    assert able == ACCOUNT_TABLE.get((state, verb), set())


def test_the_tables_speak_of_every_step_there_is():
    assert set(PLAN_VERBS) == {*lifecycle_of(ActivityPlan).steps, "sign"}
    assert set(ACCOUNT_VERBS) == set(lifecycle_of(Account).steps)


@pytest.mark.parametrize("verb", ["send_back", "decline", "recall"])
def test_a_way_back_asks_for_its_reason(gullspang, verb):
    plan = factories.submitted(gullspang)
    by = {"send_back": gullspang.manager, "decline": gullspang.staff[0], "recall": gullspang.proposer}[verb]

    with pytest.raises(Refused, match="motivering"):
        perform(plan, verb, by=by, reason="  ")


def test_a_withdrawn_plan_takes_its_proposed_account_along_and_ends_every_duty(gullspang):
    plan = factories.withdrawn(gullspang)

    assert plan.account.status == Account.Status.WITHDRAWN
    assert not plan.account.duties.of_plan().filter(valid_to=None).exists()


def test_an_account_is_not_proposed_before_a_policy_is_adopted(db):
    proposer = factories.UserFactory()

    with pytest.raises(Refused, match="policy"):
        actions.propose_account(by=proposer, name="x", platform=None, unit=None, kind="unit")


def test_an_approved_plan_that_must_change_before_the_account_is_opened_is_signed_and_approved_anew(gullspang):
    plan = factories.approved(gullspang)
    perform(plan, "reopen", by=gullspang.officer, reason=REASON)
    plan.account.refresh_from_db()
    assert plan.account.status == Account.Status.PROPOSED
    assert not plan.duties.exclude(valid_from=None).exists()

    again = factories.submitted(gullspang, plan)
    factories.approved(gullspang, factories.signed(gullspang, again))

    plan.account.refresh_from_db()
    assert plan.account.status == Account.Status.APPROVED
    assert plan.seals.count() == 2


def test_a_plan_under_which_an_account_is_run_is_not_reopened(gullspang):
    plan = factories.opened(gullspang).plans.get()

    with pytest.raises(Refused, match="öppnat"):
        perform(plan, "reopen", by=gullspang.officer, reason=REASON)
