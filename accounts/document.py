"""The plan as it is read and printed: the sealed content, point by point, in the policy's order.

Whatever is shown of a plan is made from the content that is signed, never from the rows beside it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts import points, signing
from accounts.models import Account, ActivityPlan, SealedPlan
from accounts.wording import days_in_words, number_in_words, times_a_week
from governance.policy.points import POINTS
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Line:
    """One line under a point; `label` tells it from its neighbours."""

    text: str
    label: str = ""


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
    content = json.loads(seal.content if seal else signing.canonical(plan))
    rules = plan.rules
    return Document(
        title=content["title"],
        facts=tuple(_facts(content, rules)),
        version=content["version"],
        asked=tuple(_asked(content, rules)),
        more=tuple(_more(content, rules)),
        digest=seal.digest if seal else "",
    )


def _facts(content: dict[str, Any], rules: Plan) -> Iterator[Line]:
    """Yield which account it is; what the policy asks for as points of its own stands there and not twice."""
    account = content["account"]
    yield Line(account["name"], _("Konto"))
    if rules.point("platform") is None:
        yield Line(account["platform"], _("Plattform"))
    if rules.point("unit") is None:
        yield Line(", ".join(content["units"]), _("Verksamhet"))
    seen_by = str(Account.Visibility(account["visibility"]).label)
    reason = account["visibility_reason"]
    yield Line(f"{seen_by}: {reason}" if reason else seen_by, _("Vem kan se kontot"))


def _asked(content: dict[str, Any], rules: Plan) -> Iterator[Heading]:
    """Yield what the policy asks for: its points as numbered there, then the duties that no point speaks of."""
    for number, same in groupby(rules.points, key=lambda point: point.number):
        parts = [Part(p.label, tuple(_lines(p.key, content, rules)), p.clause, p.strength) for p in same]
        if number is None:
            yield from (Heading(None, (part,)) for part in parts)
        else:
            yield Heading(number, tuple(parts))
    for duty in rules.duties:
        if points.home_of(duty.kind, rules) is None:
            named = tuple(_people(content, [duty.kind], rules))
            yield Heading(None, (Part(duty.title, named, duty.clause, duty.strength),))


def _more(content: dict[str, Any], rules: Plan) -> Iterator[Part]:
    """Yield what was filled in though the policy does not ask for it."""
    for key in points.optional(rules):
        lines = tuple(_lines(key, content, rules))
        if lines:
            yield Part(POINTS[key].label, lines)


def _lines(key: str, content: dict[str, Any], rules: Plan) -> Iterable[Line]:
    said = content["points"]
    if key == "platform":
        return [Line(content["account"]["platform"])]
    if key == "unit":
        return [Line(", ".join(content["units"]))]
    if key in points.PEOPLE:
        return _people(content, points.kinds_of(key, rules), rules)
    if key == "watch_and_updates":
        return _watch(said)
    if key == "hours_per_week":
        hours = said["hours_per_week"]
        return [] if hours is None else [Line(_("%(hours)s timmar i veckan") % {"hours": number_in_words(hours)})]
    text = said["own_points"].get(key, "") if key.startswith(points.OWN) else said[points.COLUMNS[key][0]]
    return [Line(text)] if text.strip() else []


def _watch(said: dict[str, Any]) -> Iterator[Line]:
    if said["watch_days"]:
        days = days_in_words(said["watch_days"])
        holidays = _("även helgdagar") if said["watch_on_holidays"] else _("inte helgdagar")
        yield Line(f"{days} ({holidays})", _("Bevakas"))
    if said["watch_times"]:
        yield Line(said["watch_times"], _("Tider"))
    if said["updates_per_week"] is not None:
        yield Line(times_a_week(said["updates_per_week"]), _("Uppdateras"))
    if said["removal_hours"] is not None:
        hours = _("inom %(hours)s timmar") % {"hours": said["removal_hours"]}
        yield Line(hours, _("Otillåtet innehåll tas bort"))


def _people(content: dict[str, Any], kinds: Iterable[str], rules: Plan) -> Iterator[Line]:
    for kind in kinds:
        named = [duty for duty in content["duties"] if duty["kind"] == kind]
        for number, duty in enumerate(named, start=1):
            title = signing.title_of(kind, rules)
            reached = [part for part in (duty["name"], duty["email"], duty["phone"]) if part]
            yield Line(", ".join(reached), f"{title} {number}" if len(named) > 1 else title)
