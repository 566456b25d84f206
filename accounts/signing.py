"""Who signs a plan, in what capacity and with which words; who approves it; and what is exactly signed."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from accounts.models import ActivityPlan, SealedPlan, Signature
from accounts.models.plan import CONTENT
from governance import clock
from governance.models import RoleAssignment, Unit, User
from governance.permissions import MANAGER
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Place:
    """A place on the plan where one person signs one statement; without a person it waits for whoever approves."""

    user: User | None
    capacity_kind: str
    capacity: str
    statement_key: str
    statement: str
    signature: Signature | None = None


def canonical(plan: ActivityPlan) -> str:
    """Answer exactly what is signed, as JSON with sorted keys: the policy, the account, every point, every duty."""
    account, policy = plan.account, plan.policy_version
    content = {
        "policy": {"key": policy.key, "number": policy.number, "sha256": policy.sha256},
        "title": plan.title,
        "account": {
            "name": account.name,
            "platform": account.platform.name,
            "kind": account.kind,
            "visibility": account.visibility,
            "visibility_reason": account.visibility_reason,
        },
        "units": _way_down(plan.unit),
        "version": plan.version,
        "points": {name: getattr(plan, name) for name in CONTENT},
        "duties": [
            {
                "kind": duty.kind,
                "name": duty.person.name,
                "login": duty.person.email,
                "email": duty.email,
                "phone": duty.phone,
            }
            for duty in plan.duties.select_related("person").order_by("kind", "pk")
        ],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def digest(content: str) -> str:
    """Answer the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def places(plan: ActivityPlan) -> list[Place]:
    """Answer every place where somebody named in the plan signs, in the policy's order, with who has signed."""
    rules = plan.rules
    signed = {(row.user_id, row.statement_key): row for row in _rows(plan)}
    named = list(plan.duties.select_related("person").order_by("pk"))
    return [
        Place(
            duty.person,
            duty.kind,
            title_of(duty.kind, rules),
            f"{signer.duty}.{number}",
            signer.statement,
            signed.get((duty.person_id, f"{signer.duty}.{number}")),
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
    turn = next((role for role in approving_roles(plan) if by in (None, role.user)), None)
    capacity = _capacity(turn, plan, rules) if turn else rules.approval.title
    return [
        Place(by, MANAGER, row.capacity if row else capacity, each.key, each.text, row)
        for each in rules.approval.statements
        for row in [signed.get(each.key)]
    ]


def approvers(plan: ActivityPlan) -> list[User]:
    """Answer who may approve, in Swedish order; empty where nobody is left: then a role must be given first."""
    return list(dict.fromkeys(role.user for role in approving_roles(plan)))


def approving_roles(plan: ActivityPlan) -> list[RoleAssignment]:
    """Answer by which roles: the nearest managers without a duty in the plan, else whom the policy names.

    The unit's own, else the next one up (R-PLAN-12).
    """
    managers = nearest(MANAGER, plan)
    fallback = plan.rules.approval.fallback_role
    return managers or (nearest(fallback, plan) if fallback else [])


def nearest(role: str, plan: ActivityPlan) -> list[RoleAssignment]:
    """Answer those nearest above the plan's unit who hold a role that may approve, and no duty in the plan."""
    named = set(plan.duties.values_list("person", flat=True))
    holding = RoleAssignment.objects.in_force(clock.today()).giving("approve_plan").filter(role=role)
    free = [each for each in holding.covering(plan.unit).select_related("user", "unit") if each.user_id not in named]
    return [each for each in free if each.unit_id == free[0].unit_id]


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


def title_of(kind: str, rules: Plan) -> str:
    """Answer what the policy calls a duty."""
    rule = rules.duty(kind)
    return rule.title if rule else kind


def _capacity(role: RoleAssignment, plan: ActivityPlan, rules: Plan) -> str:
    title = rules.approval.title
    if role.role != MANAGER:
        title = plan.policy_version.policy.word(role.role).capitalize()
    return f"{title}, {role.unit}"


def _rows(plan: ActivityPlan) -> "list[Signature] | QuerySet[Signature]":
    sealed = plan.sealed
    return sealed.signatures.all() if sealed else []


def _way_down(unit: Unit) -> list[str]:
    """Answer the names from the department to the unit; the municipality itself only where it is the unit."""
    names = [each.name for each in Unit.objects.above(unit) if each.parent_id is not None or each == unit]
    return names[::-1]
