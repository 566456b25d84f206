"""Still right ("Stämmer fortfarande?"): accounts are confirmed once a year, and by new managers (R-PLAN-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from accounts.models import Account, ActivityPlan, Confirmation
from governance import audit, clock
from governance.models import AuditEvent, RoleAssignment, User
from governance.permissions import MANAGER

# The policies do not say how often: these are the product's own numbers, and are shown as such.
YEAR = timedelta(days=365)
DAYS_FOR_YEARLY, DAYS_FOR_MANAGER = 20, 20  # working days until it is late


@dataclass(frozen=True)
class Waiting:
    """A new manager who has not yet confirmed, and since when the account is his or hers."""

    manager: User
    since: datetime


@transaction.atomic
def confirm(account: Account, *, by: User, note: str = "") -> Confirmation:
    """Keep that somebody who answers for the account says that it is right; as a new manager where that is awaited."""
    locked = Account.objects.select_for_update(of=("self",)).select_related("unit").get(pk=account.pk)
    awaited = any(waiting.manager == by for waiting in new_managers(locked))
    kind = Confirmation.Kind.MANAGER if awaited else Confirmation.Kind.YEARLY
    confirmation = Confirmation.objects.create(
        account=locked, unit=locked.unit, kind=kind, by=by, at=clock.now(), note=note
    )
    audit.record("account.confirm", by=by, obj=locked, data={"kind": kind}, personal={"note": note} if note else None)
    return confirmation


def due_at(account: Account) -> datetime | None:
    """Answer when the account is to be confirmed: a year after it was opened or last confirmed; None before."""
    if account.opened_at is None:
        return None
    last = account.confirmations.first()
    return max(account.known_since, last.at if last else account.known_since) + YEAR


def new_managers(account: Account) -> list[Waiting]:
    """Answer the nearest managers who came after the account's plan was approved, and have not confirmed it."""
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).first()
    if account.opened_at is None:
        return []
    settled = plan.approved_at if plan and plan.approved_at else account.known_since
    moved = account.moves.order_by("-pk").values_list("reorganisation__at", flat=True).first()
    found = (_waiting(role, account, moved) for role in nearest(account))
    return [each for each in found if each.since > settled and not _has_confirmed(account, each)]


def nearest(account: Account) -> list[RoleAssignment]:
    """Answer the roles of the nearest managers; a stand-in confirms nothing in somebody's place."""
    held = RoleAssignment.objects.in_force(clock.today()).filter(role=MANAGER, standing_in_for=None)
    roles = list(held.covering(account.unit).select_related("user", "unit"))
    return [each for each in roles if each.unit_id == roles[0].unit_id]


def last_by(accounts: Iterable[Account]) -> dict[int, Confirmation]:
    """Answer the latest confirmation of each account, in one query."""
    rows = Confirmation.objects.filter(account__in=list(accounts)).select_related("by")
    return {row.account_id: row for row in rows.order_by("account_id", "-at", "-pk").distinct("account_id")}


def _waiting(role: RoleAssignment, account: Account, moved: datetime | None) -> Waiting:
    began = _given_at(role)
    return Waiting(role.user, max(began, moved) if moved else began)


def _given_at(role: RoleAssignment) -> datetime:
    """Answer when somebody became manager: the first day, or the hour of that day when the role was given."""
    first = clock.at(role.valid_from, time.min)
    given = AuditEvent.objects.filter(
        action="roleassignment.give", object_type=role._meta.label_lower, object_id=role.pk
    ).first()
    return max(first, given.at) if given else first


def _has_confirmed(account: Account, waiting: Waiting) -> bool:
    return account.confirmations.filter(by=waiting.manager, at__gte=waiting.since).exists()
