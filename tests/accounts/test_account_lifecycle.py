"""The lifecycle of an account: state x verb x role. What is not in the table is refused; the table is the promise."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from accounts import actions
from accounts.life import closing, exemption, pausing
from accounts.models import Account, Platform
from governance import clock
from governance.models import User
from governance.workflow import Refused, lifecycle_of, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, Town
from tests.accounts.test_closing import begun, preserved, ticked
from tests.accounts.test_lost import reported, worked_on
from tests.factories import person


def exempt(town: Town) -> Account:
    """A proposal without a plan, by the policy's leave."""
    account = Account(name="Omvärlden", platform=town.platform, unit=town.library, kind="monitoring")
    return exemption.propose(account, by=town.proposer)


def paused(town: Town) -> Account:
    """An account that rests."""
    return pausing.pause(
        factories.opened(town), by=town.officer, until=clock.today() + timedelta(days=3), reason=REASON
    )


def ready(town: Town) -> Account:
    """A closing account of which nothing is left but the last button."""
    return preserved(ticked(begun(town), town)).account


STATES = {
    "proposed": lambda town: factories.written(town).account,
    "exempt": exempt,
    "exempt rejected": lambda town: perform(exempt(town), "turn_down", by=town.officer, reason=REASON),
    "rejected": lambda town: factories.rejected(town).account,
    "approved": lambda town: factories.approved(town).account,
    "active": factories.opened,
    "paused": paused,
    "closing": lambda town: begun(town).account,
    "ready": ready,
    "closed": lambda town: closing.close(ready(town), by=town.officer),
    "lost": reported,
    "lost, worked on": lambda town: worked_on(reported(town), town.officer),
    "withdrawn": lambda town: factories.withdrawn(town).account,
}
VERBS = tuple(lifecycle_of(Account).steps)
OFFICER = {"officer"}
# Who writes a proposal; whoever answers for an account by duty ("named") or by role; whoever has any duty on it.
WRITERS = {"proposer", "manager", "head", "director", "officer"}
KEEPERS = {"named", "manager", "head", "director", "officer"}
ALARM = KEEPERS | {"operator", "coordinator"}
TABLE = {
    ("proposed", "inherit"): OFFICER,
    ("exempt", "inherit"): OFFICER,
    ("exempt", "approve_exempt"): OFFICER,
    ("exempt", "turn_down"): OFFICER,
    ("exempt", "take_back"): WRITERS,
    ("exempt rejected", "propose_again"): WRITERS,
    ("exempt rejected", "take_back"): WRITERS,
    ("approved", "open"): OFFICER,
    ("active", "pause"): KEEPERS,
    ("active", "begin_closing"): KEEPERS,
    ("active", "report_lost"): ALARM,
    ("paused", "resume"): KEEPERS,
    ("paused", "begin_closing"): KEEPERS,
    ("paused", "report_lost"): ALARM,
    ("closing", "keep"): KEEPERS,
    ("closing", "report_lost"): ALARM,
    ("ready", "keep"): KEEPERS,
    ("ready", "close"): KEEPERS,
    ("ready", "report_lost"): ALARM,
    ("lost", "begin_closing"): KEEPERS,
    ("lost, worked on", "begin_closing"): KEEPERS,
    ("lost, worked on", "recover"): {"officer", "coordinator"},
}


@pytest.fixture
def coordinator(gullspang) -> User:
    """The security coordinator."""
    return person("security_coordinator", name="Säkerhetssamordnaren")


def people(town: Town, coordinator: User) -> dict[str, User]:
    return {
        "proposer": town.proposer,
        "named": town.staff[0],
        "operator": town.staff[-1],
        "manager": town.manager,
        "head": town.head,
        "director": town.director,
        "officer": town.officer,
        "coordinator": coordinator,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "outsider": town.outsider,
    }


def take(verb: str, account: Account, by: User) -> None:
    """Take a step through the verb that people reach it by."""
    if verb == "open":
        actions.open_account(account, by=by, address="https://www.facebook.com/annan", handle="annan")
    elif verb == "inherit":
        now = {"address": "https://www.facebook.com/arvt", "opened_at": clock.now()}
        Account.objects.filter(pk=account.pk, status="proposed").update(**now)
        perform(account, verb, by=by, data={"address": now["address"]})
    elif verb == "pause":
        pausing.pause(account, by=by, until=clock.today(), reason=REASON)
    elif verb == "begin_closing":
        closing.begin(account, by=by, reason=REASON, closes_on=clock.today(), successor=None)
    else:
        perform(account, verb, by=by, reason=REASON)


def can(verb: str, account: Account, by: User) -> bool:
    """Try, and leave everything as it was."""
    account = Account.objects.get(pk=account.pk)
    with transaction.atomic():
        try:
            take(verb, account, by)
        except (Refused, PermissionDenied):
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("state", STATES)
def test_an_account_takes_exactly_the_steps_of_the_table(gullspang, coordinator, state):
    account = STATES[state](gullspang)

    able = {
        (state, verb): roles
        for verb in VERBS
        if (roles := {role for role, user in people(gullspang, coordinator).items() if can(verb, account, user)})
    }

    assert able == {key: roles for key, roles in TABLE.items() if key[0] == state}


def test_the_table_speaks_of_states_and_steps_that_there_are():
    assert {state for state, _verb in TABLE} <= STATES.keys()
    assert {verb for _state, verb in TABLE} <= set(VERBS)
    by_the_application = {step.name for step in lifecycle_of(Account).steps.values() if not step.permission}
    assert {verb for _state, verb in TABLE} | by_the_application == set(VERBS)


@pytest.mark.parametrize("target", ["proposed", "approved", "closed", "withdrawn", "rejected"])
def test_the_database_refuses_every_way_around_the_table(gullspang, target):
    account = factories.opened(gullspang)

    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(status=target, closed_at=clock.now())


@pytest.mark.parametrize("verb", ["keep", "report_lost", "turn_down", "recover"])
def test_a_step_that_others_must_understand_asks_for_its_reason(gullspang, coordinator, verb):
    state = {"keep": "closing", "report_lost": "active", "turn_down": "exempt", "recover": "lost, worked on"}[verb]
    account = STATES[state](gullspang)

    with pytest.raises(Refused, match="motivering"):
        perform(account, verb, by=gullspang.officer, reason="  ")


def test_a_closed_account_keeps_its_address_and_its_platform_has_not_changed(gullspang):
    account = STATES["closed"](gullspang)

    assert Account.objects.get(pk=account.pk).address == "https://www.facebook.com/biblioteket"
    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(platform=Platform.objects.get(key="instagram"))
    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=account.pk)._raw_delete("default")
