"""Who signs a plan, in what capacity and with which words; who approves it; and what is exactly signed."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import ActivityPlan, Duty, Signature
from accounts.models.plan import CONTENT
from governance import clock, permissions
from governance.models import RoleAssignment, User

MANAGER = permissions.MANAGER


@dataclass(frozen=True)
class Place:
    """A place on the plan where one person signs one statement."""

    user: User
    capacity_kind: str
    capacity: str
    statement_key: str
    statement: str
    signature: Signature | None = None


def canonical(plan: ActivityPlan) -> str:
    """Answer exactly what is signed, as JSON with sorted keys: the policy, the account, every point, every duty."""
    duties = plan.duties.select_related("person").order_by("kind", "person__email")
    content = {
        "policy": {"key": plan.policy_version.key, "number": plan.policy_version.number},
        "policy_sha256": plan.policy_version.sha256,
        "title": plan.policy_version.policy.plan.title,
        "account": {
            "name": plan.account.name,
            "platform": plan.account.platform.name,
            "kind": plan.account.kind,
            "visibility": plan.account.visibility,
        },
        "unit": plan.unit.name,
        "version": plan.version,
        "points": {name: getattr(plan, name) for name in CONTENT},
        "duties": [
            {
                "kind": d.kind,
                "name": d.person.name,
                "login": d.person.email,
                "email": d.email,
                "phone": d.phone,
            }
            for d in duties
        ],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def digest(content: str) -> str:
    """Answer the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def places(plan: ActivityPlan) -> list[Place]:
    """Answer every place where somebody named in the plan signs, in the policy's order, with who has signed."""
    rules = plan.policy_version.policy.plan
    titles = {duty.kind: duty.title for duty in rules.duties}
    named = list(plan.duties.select_related("person").order_by("person__sort_key"))
    signed = _signed(plan)
    return [
        Place(
            duty.person,
            duty.kind,
            titles[duty.kind],
            signer.duty,
            signer.statement,
            signed.get((duty.person_id, duty.kind, signer.duty)),
        )
        for signer in rules.signers
        for duty in named
        if duty.kind == signer.duty
    ]


def waiting(plan: ActivityPlan) -> list[Place]:
    """Answer the places that still wait for their signature."""
    return [place for place in places(plan) if place.signature is None]


def approval_places(plan: ActivityPlan, manager: User) -> list[Place]:
    """Answer the statements that the approver signs (Lekeberg: two decisions), with what is signed."""
    approval = plan.policy_version.policy.plan.approval
    capacity = f"{approval.title}, {plan.unit}"
    signed = _signed(plan)
    return [
        Place(manager, MANAGER, capacity, s.key, s.text, signed.get((manager.pk, MANAGER, s.key)))
        for s in approval.statements
    ]


def approvers(plan: ActivityPlan) -> list[User]:
    """Answer who may approve: the nearest managers without a duty in the plan, else whom the policy names.

    The unit's own, else the next one up (R-PLAN-12). Empty where nobody is left: then a role must be given first.
    """
    named = set(Duty.objects.filter(plan=plan).values_list("person", flat=True))
    today = clock.today()
    roles = RoleAssignment.objects.in_force(today).covering(plan.unit).select_related("user", "unit")
    managers = [a for a in roles.filter(role=MANAGER) if a.user_id not in named]
    if managers:
        nearest = managers[0].unit_id
        return [a.user for a in managers if a.unit_id == nearest]
    fallback = plan.policy_version.policy.plan.approval.fallback_role
    return [a.user for a in roles.filter(role=fallback) if a.user_id not in named]


def sign(place: Place, plan: ActivityPlan) -> Signature:
    """Write one signature over what lies before the signers."""
    sealed = plan.sealed
    if sealed is None:
        raise ValueError("a draft cannot be signed")
    return Signature.objects.create(
        sealed=sealed,
        user=place.user,
        name=place.user.name,
        capacity_kind=place.capacity_kind,
        capacity=place.capacity,
        statement_key=place.statement_key,
        statement=place.statement,
        signed_at=clock.now(),
    )


def _signed(plan: ActivityPlan) -> dict[tuple[int, str, str], Signature]:
    sealed = plan.sealed
    rows = sealed.signatures.all() if sealed else []
    return {(row.user_id, row.capacity_kind, row.statement_key): row for row in rows}
