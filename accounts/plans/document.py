"""The plan as it is read and printed: the sealed content, point by point, in the policy's order.

Whatever is shown of a plan is made from the content that is signed, never from the rows beside it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import ActivityPlan, SealedPlan
from accounts.plans import amendment, lines, points
from accounts.plans.content import Content
from accounts.plans.lines import Line
from accounts.signatures import protection
from governance.policy.points import POINTS
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Part:
    """One point with what is said there; `clause` is empty for what the policy does not ask for."""

    label: str
    lines: tuple[Line, ...]
    clause: str = ""
    strength: str = ""


@dataclass(frozen=True)
class Heading:
    """The points that stand under one number on the printed plan, or one point without a number."""

    number: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Document:
    """A plan in print: which account, every point, and the SHA-256 where the content is sealed."""

    title: str
    facts: tuple[Line, ...]
    version: int
    asked: tuple[Heading, ...]
    more: tuple[Part, ...]
    digest: str


def of(plan: ActivityPlan, seal: SealedPlan | None = None) -> Document:
    """Answer the plan in print: as sealed (the round given, else the latest), or the draft as it stands."""
    seal = seal or plan.sealed
    found = protection.masked(json.loads(seal.content if seal else amendment.canonical(plan)))
    rules = plan.rules
    return Document(
        title=found["title"],
        facts=(*lines.facts(found, rules), *_standing(found)),
        version=found["version"],
        asked=tuple(_asked(found, rules)),
        more=tuple(_more(found, rules)),
        digest=seal.digest if seal else "",
    )


def _standing(content: Content) -> Iterator[Line]:
    """Yield which version this one changes, and whose signatures it stands on beside its own (R-PLAN-11)."""
    amends = content.get("amends")
    if not amends:
        return
    words = _("Rättar stavning i version %(version)s") if amends["correction"] else _("Ändrar version %(version)s")
    yield Line(words % {"version": amends["version"]}, _("Ändring"))
    if amends["stands_on"]:
        versions = ", ".join(str(each["version"]) for each in amends["stands_on"])
        yield Line(_("version %(versions)s") % {"versions": versions}, _("Står också på underskrifterna i"))


def _asked(content: Content, rules: Plan) -> Iterator[Heading]:
    """Yield what the policy asks for: its points as numbered there, then the duties that no point speaks of."""
    for number, same in groupby(rules.points, key=lambda point: point.number):
        parts = [Part(p.label, tuple(lines.of_point(p.key, content, rules)), p.clause, p.strength) for p in same]
        if number is None:
            yield from (Heading(None, (part,)) for part in parts)
        else:
            yield Heading(number, tuple(parts))
    for duty in rules.duties:
        if points.home_of(duty.kind, rules) is None:
            named = tuple(lines.people(content, [duty.kind], rules))
            yield Heading(None, (Part(duty.title, named, duty.clause, duty.strength),))


def _more(content: Content, rules: Plan) -> Iterator[Part]:
    """Yield what was filled in though the policy does not ask for it."""
    for key in points.optional(rules):
        said = tuple(lines.of_point(key, content, rules))
        if said:
            yield Part(_(POINTS[key].label), said)
