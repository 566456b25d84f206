"""The signature places of a plan as they are shown and printed: statement by statement, who, in what capacity, when."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from accounts import signing
from accounts.models import ActivityPlan, SealedPlan, Signature
from accounts.signing import Place


@dataclass(frozen=True)
class Line:
    """One place: in what capacity, the name in clear, and when it was signed; no time while it waits."""

    capacity: str
    name: str
    signed_at: datetime | None


@dataclass(frozen=True)
class Block:
    """One statement and the places under it."""

    statement: str
    delegated: bool
    lines: tuple[Line, ...]


def of(plan: ActivityPlan) -> list[Block]:
    """Answer the places of the plan as it now is: those who are named first, then whoever approves."""
    return [*_named(plan), *_approval(plan)]


def of_round(plan: ActivityPlan, seal: SealedPlan) -> list[Block]:
    """Answer what was signed in one round, whatever became of it."""
    delegated = {each.text for each in plan.rules.approval.statements if each.delegated}
    rows = sorted(seal.signatures.all(), key=lambda row: (row.capacity_kind, row.statement_key, row.pk))
    return [
        Block(statement, statement in delegated, tuple(_signed(row) for row in same))
        for statement, same in groupby(rows, key=lambda row: row.statement)
    ]


def _named(plan: ActivityPlan) -> list[Block]:
    """Answer the places of those who are named; while nobody is, one that says for whom it is meant."""
    places, rules = signing.places(plan), plan.rules
    blocks = []
    for signer in rules.signers:
        same = [place for place in places if (place.capacity_kind, place.statement) == (signer.duty, signer.statement)]
        nobody = (Line(signing.title_of(signer.duty, rules), "", None),)
        blocks.append(Block(signer.statement, False, _lines(same) or nobody))
    return blocks


def _approval(plan: ActivityPlan) -> list[Block]:
    turn = _(" eller ").join(user.name for user in signing.approvers(plan))
    delegated = {each.key: each.delegated for each in plan.rules.approval.statements}
    return [
        Block(place.statement, delegated[place.statement_key], (_line(place, turn),))
        for place in signing.approval_places(plan)
    ]


def _lines(places: list[Place]) -> tuple[Line, ...]:
    """Answer the places numbered where several people sign in the same capacity, as on the printed form."""
    count = Counter(place.capacity for place in places)
    seen: Counter[str] = Counter()
    lines = []
    for place in places:
        seen[place.capacity] += 1
        number = f" {seen[place.capacity]}" if count[place.capacity] > 1 else ""
        lines.append(_line(replace(place, capacity=f"{place.capacity}{number}")))
    return tuple(lines)


def _line(place: Place, turn: str = "") -> Line:
    if place.signature is None:
        return Line(place.capacity, place.user.name if place.user else turn, None)
    return Line(place.capacity, place.signature.name, place.signature.signed_at)


def _signed(row: Signature) -> Line:
    return Line(row.capacity, row.name, row.signed_at)
