"""The signature places of a plan as they are shown and printed: statement by statement, who, in what capacity, when."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import ActivityPlan, DelegationDecision, SealedPlan, Signature
from accounts.plans import points
from accounts.signatures import delegation, signing
from accounts.signatures.signing import Place
from governance import clock


@dataclass(frozen=True)
class Line:
    """One place: in what capacity, the name in clear, and when it was signed; no time while it waits.

    On paper a day stands instead of a moment. `note` says what else must be known: who wrote it in from a paper, under
    which version it was given that it still stands.
    """

    capacity: str
    name: str
    signed_at: datetime | None = None
    paper_day: date | None = None
    note: str = ""

    @property
    def is_signed(self) -> bool:
        """Answer whether it is signed, here or on paper."""
        return self.signed_at is not None or self.paper_day is not None


@dataclass(frozen=True)
class Block:
    """One statement and the places under it."""

    statement: str
    delegated: bool
    lines: tuple[Line, ...]
    number: DelegationDecision | None = None


def of(plan: ActivityPlan) -> list[Block]:
    """Answer the places of the plan as it now is: those who are named first, then whoever approves."""
    return [*_named(plan), *_approval(plan)]


def of_round(plan: ActivityPlan, seal: SealedPlan) -> list[Block]:
    """Answer what was signed in one round, whatever became of it."""
    delegated = {each.text for each in plan.rules.approval.statements if each.delegated}
    found = seal.signatures.select_related("user", "entered_by")
    rows = sorted(found, key=lambda row: (row.capacity_kind, row.statement_key, row.pk))
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
        nobody = (Line(points.title_of(signer.duty, rules), ""),)
        blocks.append(Block(signer.statement, False, _lines(same, plan) or nobody))
    return blocks


def _approval(plan: ActivityPlan) -> list[Block]:
    turn = _(" eller ").join(user.name for user in signing.approvers(plan))
    delegated = {each.key for each in delegation.statements(plan)}
    numbers = delegation.entered(plan) if delegated else {}
    return [
        Block(
            place.statement,
            place.statement_key in delegated,
            (_line(place, plan, turn),),
            numbers.get(place.statement_key),
        )
        for place in signing.approval_places(plan)
    ]


def _lines(places: list[Place], plan: ActivityPlan) -> tuple[Line, ...]:
    """Answer the places numbered where several people sign in the same capacity, as on the printed form."""
    count = Counter(place.capacity for place in places)
    seen: Counter[str] = Counter()
    lines = []
    for place in places:
        seen[place.capacity] += 1
        number = f" {seen[place.capacity]}" if count[place.capacity] > 1 else ""
        lines.append(_line(replace(place, capacity=f"{place.capacity}{number}"), plan))
    return tuple(lines)


def _line(place: Place, plan: ActivityPlan, turn: str = "") -> Line:
    row = place.signature
    if row is None:
        return Line(place.capacity, place.user.name if place.user else turn)
    line = replace(_signed(row), capacity=place.capacity)
    sealed = plan.sealed
    if sealed is None or row.sealed_id == sealed.pk:
        return line
    stands = _("Underskriften på version %(version)s gäller fortfarande.") % {"version": row.sealed.plan.version}
    return replace(line, note=f"{stands} {line.note}".strip())


def _signed(row: Signature) -> Line:
    name = row.user.name if row.user and row.user.protected_identity else row.name
    if row.paper_day is None:
        return Line(row.capacity, name, row.signed_at)
    written = _("Undertecknad på papper %(day)s, inskriven av %(who)s %(when)s.")
    facts = {
        "day": row.paper_day.isoformat(),
        "who": row.entered_by,
        "when": clock.local(row.signed_at).date().isoformat(),
    }
    return Line(row.capacity, name, paper_day=row.paper_day, note=written % facts)
