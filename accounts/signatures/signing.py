"""Who signs a plan, in what capacity and with which words; who approves it; and what is exactly signed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet

from accounts.models import ActivityPlan, SealedPlan, Signature
from accounts.plans import amendment, points
from accounts.signatures import approving
from governance import clock
from governance.models import RoleAssignment, User
from governance.permissions import MANAGER


@dataclass(frozen=True)
class Place:
    """A place on the plan where one person signs one statement; without a person it waits for whoever approves."""

    user: User | None
    capacity_kind: str
    capacity: str
    statement_key: str
    statement: str
    signature: Signature | None = None


def digest(content: str) -> str:
    """Answer the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def places(plan: ActivityPlan) -> list[Place]:
    """Answer every place where somebody named in the plan signs, in the policy's order, with who has signed.

    In an amendment that does not ask everybody again (R-PLAN-11), the earlier signature of whoever is not asked stands
    there; who has none that says the same signs anew.
    """
    rules = plan.rules
    signed = {(row.user_id, row.statement_key): row for row in _rows(plan)}
    named = list(plan.duties.select_related("person").order_by("pk"))
    standing = _standing(plan)
    return [
        Place(
            duty.person,
            duty.kind,
            points.title_of(duty.kind, rules),
            f"{signer.duty}.{number}",
            signer.statement,
            signed.get((duty.person_id, f"{signer.duty}.{number}"))
            or standing.get((duty.person_id, duty.kind, signer.statement)),
        )
        for number, signer in enumerate(rules.signers, start=1)
        for duty in named
        if duty.kind == signer.duty
    ]


def waiting(plan: ActivityPlan) -> list[Place]:
    """Answer the places that still wait for their signature."""
    return [place for place in places(plan) if place.signature is None]


def approval_places(plan: ActivityPlan, by: User | None = None) -> list[Place]:
    """Answer the statements of the one who approves (Lekeberg: two decisions), with what is signed.

    In the capacity of `by`; where nobody is given, of whoever signed, else of those it waits for.
    """
    rules = plan.rules
    signed = {row.statement_key: row for row in _rows(plan) if row.capacity_kind == MANAGER}
    if _is_correction(plan):
        signed = {row.statement_key: row for row in _earlier(plan).filter(capacity_kind=MANAGER)} | signed
    turn = next((role for role in approving_roles(plan) if by in (None, role.user)), None)
    capacity = approving.capacity(turn, plan) if turn else rules.approval.title
    return [
        Place(by, MANAGER, row.capacity if row else capacity, each.key, each.text, row)
        for each in rules.approval.statements
        for row in [signed.get(each.key)]
    ]


def approvers(plan: ActivityPlan) -> list[User]:
    """Answer who may approve, the nearest first; empty where nobody is left: then a role must be given first."""
    return list(dict.fromkeys(role.user for role in approving_roles(plan)))


def approving_roles(plan: ActivityPlan) -> list[RoleAssignment]:
    """Answer by which roles: the nearest managers, and one step up where approval has waited (R-PLAN-12)."""
    return approving.roles(plan, waiting_since=waits_for_approval_since(plan))


def waits_for_approval_since(plan: ActivityPlan) -> datetime | None:
    """Answer since when nothing but the approval is left; None for a draft, or where others have still to sign."""
    sealed = plan.sealed
    if sealed is None or waiting(plan):
        return None
    signed = sealed.signatures.exclude(capacity_kind=MANAGER)
    last: datetime | None = signed.aggregate(last=Max("signed_at"))["last"]
    return last or plan.submitted_at


def sign(place: Place, plan: ActivityPlan) -> Signature:
    """Write one signature over what lies before the signers."""
    sealed = plan.sealed
    if sealed is None or place.user is None:
        raise ValueError("only a person signs, and no draft")
    return Signature.objects.create(
        sealed=sealed,
        user=place.user,
        name=_name_in(sealed, place.user),
        capacity_kind=place.capacity_kind,
        capacity=place.capacity,
        statement_key=place.statement_key,
        statement=place.statement,
        signed_at=clock.now(),
    )


def _name_in(sealed: SealedPlan, user: User) -> str:
    """Answer the name in clear: the one that was sealed, whatever the person is called by now."""
    named = {duty["login"]: duty["name"] for duty in json.loads(sealed.content)["duties"]}
    return named.get(user.email, user.name)


def _standing(plan: ActivityPlan) -> dict[tuple[int | None, str, str], Signature]:
    """Answer the earlier signatures that still stand, by person, duty and statement; none where everyone signs."""
    asked = _asked_again(plan)
    if asked is None:
        return {}
    rows = _earlier(plan).exclude(user__in=asked).exclude(capacity_kind=MANAGER)
    return {(row.user_id, row.capacity_kind, row.statement): row for row in rows}


def _earlier(plan: ActivityPlan) -> QuerySet[Signature]:
    """Answer the signatures under the earlier versions that came into force; the latest last."""
    before = ActivityPlan.objects.filter(account=plan.account_id, version__lt=plan.version, approved_at__isnull=False)
    seals = SealedPlan.objects.filter(plan__in=before, sealed_at=F("plan__submitted_at"))
    rows = Signature.objects.filter(sealed__in=seals).select_related("sealed__plan", "user", "entered_by")
    return rows.order_by("sealed__plan__version", "pk")


def _asked_again(plan: ActivityPlan) -> set[int] | None:
    """Answer who of those named signs this version, None for everyone: as it was sealed, else as the draft stands."""
    if plan.version == 1:
        return None
    sealed = plan.sealed
    if sealed is None:
        return amendment.who_signs(plan)
    amends = json.loads(sealed.content).get("amends")
    return None if amends is None or amends["signed_by"] is None else set(amends["signed_by"])


def _is_correction(plan: ActivityPlan) -> bool:
    """Answer whether the version only puts the spelling right: then the earlier approval stands, too."""
    sealed = plan.sealed if plan.version > 1 else None
    return bool(sealed and (json.loads(sealed.content).get("amends") or {}).get("correction"))


def _rows(plan: ActivityPlan) -> "list[Signature] | QuerySet[Signature]":
    sealed = plan.sealed
    return sealed.signatures.select_related("user", "entered_by") if sealed else []
