"""A reorganisation: one decision moves many accounts to another unit, and is said once (R-PLAN-11).

Plans in force stay, under the unit they were made under, and so do records. A plan that lies before its signers is
taken back: another manager will approve it. Each new manager confirms the accounts (`confirmations`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Account, ActivityPlan, Move, Reorganisation
from accounts.plans import holding
from governance import audit, clock
from governance.models import Unit, User
from governance.workflow import Refused, perform

# What is over stays where it was; everything else can move.
STAYS = (Account.Status.CLOSED, Account.Status.WITHDRAWN)
Status = ActivityPlan.Status


@dataclass(frozen=True)
class Preview:
    """What a decision would mean for one account."""

    account: Account
    recalled: ActivityPlan | None
    other_authority: bool


def preview(accounts: Iterable[Account], to: Unit) -> list[Preview]:
    """Answer what the move would mean, account by account; those that are there already are left out."""
    found = [account for account in accounts if account.unit_id != to.pk]
    before = ActivityPlan.objects.filter(account__in=found, status=Status.SIGNING)
    signing = {plan.account_id: plan for plan in before}
    return [Preview(account, signing.get(account.pk), account.authority_id != to.authority_id) for account in found]


def new_managers(to: Unit) -> list[User]:
    """Answer who will answer for the accounts, and confirm them."""
    return people.managers(to)


@transaction.atomic
def decide(accounts: Iterable[Account], *, to: Unit, decision: str, day: date, note: str, by: User) -> Reorganisation:
    """Move the accounts to a unit by one decision. Raises Refused where nothing moves, or the unit has ended.

    An account that begins to belong to another authority keeps what was made under the old one.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=to.pk)
    if unit.valid_to and unit.valid_to < clock.today():
        raise Refused(_("Enheten är avslutad. Välj en enhet som finns."))
    chosen = [account.pk for account in accounts]
    holding.hold(chosen)
    locked = Account.objects.select_for_update(of=("self",)).filter(pk__in=chosen).exclude(status__in=STAYS)
    moving = list(locked.exclude(unit=unit).select_related("unit", "platform").order_by("pk"))
    if not moving:
        raise Refused(_("Inget av kontona behöver flyttas: de hör redan till enheten."))
    made = Reorganisation.objects.create(unit=unit, decision=decision, day=day, note=note, by=by, at=clock.now())
    for account in moving:
        _move(account, made)
    data = {"count": len(moving), "after": str(unit), "day": day}
    audit.record("reorganisation.decide", by=by, obj=made, data=data)
    return made


def _move(account: Account, made: Reorganisation) -> None:
    """Move one account, with the version of its plan that is not yet decided."""
    before = account.unit
    _recall(account, made)
    account.plans.filter(status__in=[Status.DRAFT, Status.REJECTED]).update(unit=made.unit)
    account.unit, account.authority = made.unit, made.unit.authority
    account.save(update_fields=["unit", "authority", "sort_key"])
    Move.objects.create(reorganisation=made, account=account, from_unit=before, unit=made.unit)
    data = {"before": str(before), "after": str(made.unit), "decision": made.decision}
    audit.record("account.move", by=made.by, obj=account, data=data)


def _recall(account: Account, made: Reorganisation) -> None:
    reason = _("Kontot flyttas till %(unit)s genom beslutet %(decision)s.")
    for plan in account.plans.filter(status=Status.SIGNING):
        perform(plan, "recall", by=made.by, reason=reason % {"unit": made.unit, "decision": made.decision})
