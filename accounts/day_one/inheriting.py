"""Accounts that were live before Uppsikt: taken over at once, with a day by which their plan must be in force.

Public, watched and captured from the same moment; what is owed is the plan, and a finding says so until it is there.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.life import exemption
from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import drafts, points
from governance import clock
from governance.models import PolicyVersion, User
from governance.policy.schema import DEFAULT_CLAUSE, Origin, Plan
from governance.workflow import Refused, perform

# What a careful municipality gives itself where its policy says nothing of accounts that were there before.
DAYS = 90
Holders = Mapping[str, list[User]]  # kind of duty -> who


def days(rules: Plan) -> tuple[int, Origin]:
    """Answer how many days an inherited account has for its plan, and who says so."""
    said = rules.inherited
    return (said.plan_within_days, said.origin) if said else (DAYS, Origin(DEFAULT_CLAUSE, "bör", "default"))


@transaction.atomic
def inherit(
    account: Account, *, by: User, address: str, handle: str, opened_at: datetime | None, holders: Holders
) -> Account:
    """Take over a live account, `account` being not saved yet; its plan is begun, unless the policy asks for none.

    Raises `Refused` before a policy is adopted, IntegrityError where the address is another account's.
    """
    policy = PolicyVersion.objects.current()
    if policy is None:
        raise Refused(_("Ingen policy är antagen än. En policy måste antas innan konton kan läsas in."))
    account.proposed_by, account.proposed_at = by, clock.now()
    account.address, account.handle = address, handle
    account.opened_at = opened_at or clock.now()
    account.plan_due_on = None if exemption.of(account) else _due_on(policy, account)
    account.save()
    hold(account, holders)
    if account.plan_due_on is not None:
        _begin_plan(account, policy, holders, by)
    return perform(account, "inherit", by=by, data={"address": address})


@transaction.atomic
def hold(account: Account, holders: Holders) -> None:
    """Let these people, and of each kind named nobody else, hold their duties from today; those who do go on."""
    today = clock.today()
    held = Duty.objects.in_force().of_plan().filter(account=account, kind__in=holders)
    wanted = {(person.pk, kind) for kind, people in holders.items() for person in people}
    present = {(duty.person_id, duty.kind): duty.pk for duty in held}
    Duty.objects.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).update(valid_to=today)
    Duty.objects.bulk_create(
        Duty(account=account, person_id=person, kind=kind, valid_from=today)
        for person, kind in sorted(wanted - present.keys())
    )
    duties.project(account)


def name_in_draft(account: Account, holders: Holders, *, by: User) -> None:
    """Name the people in the plan that is being written, where there is one; what is written else stays."""
    plan = account.plans.filter(status=ActivityPlan.Status.DRAFT).first()
    if plan is not None and holders:
        drafts.save(plan, by=by, fields={}, people=_named(holders, plan.rules))


def _due_on(policy: PolicyVersion, account: Account) -> date:
    number, _origin = days(policy.policy.rule("plan", account.scope))
    return clock.today() + timedelta(days=number)


def _begin_plan(account: Account, policy: PolicyVersion, holders: Holders, by: User) -> None:
    said: dict[str, Any] = {"address_planned": account.address, "purpose": account.public_about}
    plan = ActivityPlan.objects.create(
        account=account,
        unit=account.unit,
        policy_version=policy,
        drafted_by=by,
        created_at=clock.now(),
        **(points.suggestions(policy.policy, account.scope) | said),
    )
    drafts.save(plan, by=by, fields={}, people=_named(holders, plan.rules))


def _named(holders: Holders, rules: Plan) -> dict[str, drafts.Named]:
    """Name people as the plan's form would: with how they are reached where the policy asks for it."""
    named: dict[str, drafts.Named] = {}
    for kind, people in holders.items():
        reached = points.home_of(kind, rules) in points.REACHED
        named[kind] = [
            (user, user.shown_email if reached else "", user.shown_phone if reached else "") for user in people
        ]
    return named
