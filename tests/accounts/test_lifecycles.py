"""The lifecycles of plan and account: state x verb x role. What is not in a table is refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import Account, ActivityPlan
from governance.models import AuditEvent, User
from governance.workflow import Refused, lifecycle_of, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, Town, digest_of

PLAN_STATES = {
    "begun": factories.begun,
    "written": factories.written,
    "outdated": factories.outdated,
    "submitted": factories.submitted,
    "signed": factories.signed,
    "rejected": factories.rejected,
    "approved": factories.approved,
    "withdrawn": factories.withdrawn,
    # Of an account that is open (R-PLAN-11).
    "in force": factories.in_force,
    "amended": factories.amended,
    "corrected": factories.corrected,
    "amendment submitted": factories.amendment_submitted,
    "amendment rejected": factories.amendment_rejected,
    "superseded": factories.superseded,
}
PLAN_VERBS = (
    "submit",
    "sign",
    "approve",
    "approve_on_paper",
    "send_back",
    "decline",
    "withdraw_signature",
    "recall",
    "reopen",
    "reject",
    "resubmit",
    "publish_correction",
    "supersede",
    "withdraw",
    # The verbs beside the lifecycle.
    "save",
    "amend",
    "rewrite",
    "correct_contacts",
    "follow_up",
)
# Who may write the plan of an account that is not yet approved; and of one that is run.
WRITERS = {"proposer", "manager", "head", "director", "officer"}
KEEPERS = {"named", "manager", "head", "director", "officer"}
# (state, verb) -> who can; Gullspång: "named" is an administrator and signs, "deputy" is named and does not sign.
PLAN_TABLE = {
    ("begun", "save"): WRITERS,
    ("begun", "withdraw"): WRITERS,
    ("written", "save"): WRITERS,
    ("written", "submit"): WRITERS,
    ("written", "withdraw"): WRITERS,
    ("outdated", "save"): WRITERS,
    ("outdated", "submit"): WRITERS,
    ("outdated", "withdraw"): WRITERS,
    ("outdated", "rewrite"): WRITERS,
    ("submitted", "sign"): {"named"},
    ("submitted", "send_back"): {"manager"},
    ("submitted", "reject"): {"manager"},
    ("submitted", "decline"): {"named", "deputy"},
    ("submitted", "recall"): WRITERS,
    ("signed", "approve"): {"manager"},
    ("signed", "send_back"): {"manager"},
    ("signed", "reject"): {"manager"},
    ("signed", "decline"): {"named", "deputy"},
    ("signed", "withdraw_signature"): {"named"},
    ("signed", "recall"): WRITERS,
    ("rejected", "resubmit"): WRITERS,
    ("rejected", "withdraw"): WRITERS,
    ("approved", "reopen"): {"officer"},
    ("approved", "amend"): KEEPERS,
    ("approved", "correct_contacts"): KEEPERS,
    ("approved", "follow_up"): KEEPERS,
    ("in force", "amend"): KEEPERS,
    ("in force", "correct_contacts"): KEEPERS,
    ("in force", "follow_up"): KEEPERS,
    ("amended", "save"): KEEPERS,
    ("amended", "amend"): KEEPERS,
    ("amended", "submit"): KEEPERS,
    ("amended", "withdraw"): KEEPERS,
    ("corrected", "save"): KEEPERS,
    ("corrected", "amend"): KEEPERS,
    ("corrected", "submit"): KEEPERS,
    ("corrected", "withdraw"): KEEPERS,
    ("corrected", "publish_correction"): {"officer"},
    ("amendment submitted", "amend"): KEEPERS,
    ("amendment submitted", "sign"): {"named"},
    ("amendment submitted", "send_back"): {"manager"},
    ("amendment submitted", "reject"): {"manager"},
    ("amendment submitted", "decline"): {"named", "deputy"},
    ("amendment submitted", "recall"): KEEPERS,
    ("amendment rejected", "amend"): KEEPERS,
    ("amendment rejected", "resubmit"): KEEPERS,
    ("amendment rejected", "withdraw"): KEEPERS,
    ("superseded", "amend"): KEEPERS,
}


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


# The verbs that have no step of their own: through the page, which says who may.
PAGES = {
    "save": ("plan-edit", {"purpose": "Annat"}),
    "amend": ("plan-amend", {}),
    "rewrite": ("plan-rewrite", {}),
    "correct_contacts": ("plan-contacts", None),
    "follow_up": ("goal-follow-up", {"followed_up_on": "2026-01-02", "outcome": "reached", "result": "Bra"}),
}


def through_its_page(verb: str, plan: ActivityPlan, by: User) -> None:
    """Post to the verb's page; refused where it changes nothing in the log."""
    name, data = PAGES[verb]
    if verb == "follow_up":
        of = plan.goals.first().pk if plan.goals.exists() else 0
    else:
        of = plan.account_id if verb == "amend" else plan.pk
    if data is None:
        duties = plan.duties.values_list("pk", flat=True)
        data = {f"{pk}-{how}": value for pk in duties for how, value in (("email", "ny@k.example"), ("phone", "1"))}
    client = Client()
    client.force_login(by)
    before = AuditEvent.objects.count()
    response = client.post(reverse(f"accounts:{name}", args=[of]), data)
    goes_on = verb == "amend" and response.status_code == 302 and response.url.startswith("/planer/")
    if AuditEvent.objects.count() == before and not goes_on:
        raise Refused


def take(verb: str, thing: ActivityPlan | Account, by: User) -> None:
    if verb in PAGES:
        through_its_page(verb, thing, by)
    elif verb == "sign":
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


@pytest.mark.parametrize("state", PLAN_STATES)
def test_a_plan_takes_exactly_the_steps_of_the_table(gullspang, state):
    plan = PLAN_STATES[state](gullspang)

    able = {verb: {role for role, user in people(gullspang).items() if can(verb, plan, user)} for verb in PLAN_VERBS}

    assert able == {verb: PLAN_TABLE.get((state, verb), set()) for verb in PLAN_VERBS}


def test_the_plans_table_speaks_of_every_step_there_is():
    assert set(PLAN_VERBS) == {*lifecycle_of(ActivityPlan).steps, "sign", *PAGES}


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
