"""Accounts as the public may meet them, for the tests of the public pages."""

from datetime import datetime

import pgtrigger

from accounts.models import Account
from governance import clock
from tests.accounts import factories
from tests.factories import root


def opened(town: factories.Town, **changed) -> Account:
    """An active account whose address is its name."""
    plan = factories.written(town, factories.begun(town, **changed), people=None)
    plan = factories.signed(town, factories.submitted(town, plan))
    manager = town.director if changed.get("unit") == root() else town.manager
    if changed.get("unit") == town.department:
        manager = town.head
    plan = factories.actions.approve_plan(plan, by=manager, digest=factories.digest_of(plan))
    handle = "".join(letter for letter in changed["name"].lower() if letter.isascii() and letter.isalnum())
    return factories.opened(town, plan, handle=handle or "konto")


SNAPSHOT_FIRST = "archive.ClosedAccount:account_closed_with_snapshot"
WAYS = {"paused": ["paused"], "closing": ["closing"], "closed": ["closing", "closed"], "lost": ["lost"]}


def became(status: str, account: Account, closed_at: datetime | None = None, **changed) -> Account:
    """The account as it is after a while; only the row is moved, by the edges that the database knows."""
    for step in WAYS[status]:
        said = {"closed_at": closed_at or clock.now()} if step == "closed" else {}
        with pgtrigger.ignore(SNAPSHOT_FIRST):
            Account.objects.filter(pk=account.pk).update(status=step, **said)
    Account.objects.filter(pk=account.pk).update(**changed)
    account.refresh_from_db()
    return account
