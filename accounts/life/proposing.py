"""Proposing an account: with the draft of its plan, or without one where the policy asks for none."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts import actions
from accounts.life import exemption
from accounts.models import Account, ActivityPlan, Platform
from governance.models import Unit, User


@transaction.atomic
def propose(
    *,
    by: User,
    name: str,
    platform: Platform,
    unit: Unit,
    kind: str,
    publishing_units: Iterable[Unit] = (),
    **facts: Any,
) -> Account | ActivityPlan:
    """Enter an account in the register as proposed; answer the draft of its plan, or the account where it needs none.

    Raises `Refused` before a policy is adopted.
    """
    account = Account(name=name, platform=platform, unit=unit, kind=kind, **facts)
    if exemption.of(account) is not None:
        exemption.propose(account, by=by)
        account.publishing_units.set(publishing_units)
        return account
    first = ("visibility", "visibility_reason")
    known = {key: facts[key] for key in first if key in facts}
    plan = actions.propose_account(by=by, name=name, platform=platform, unit=unit, kind=kind, **known)
    for key, value in facts.items():
        setattr(plan.account, key, value)
    plan.account.save()
    plan.account.publishing_units.set(publishing_units)
    return plan
