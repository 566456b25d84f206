"""What a plan still lacks of what its policy demands, each gap with its clause (R-PLAN-1, R-PLAN-2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import ActivityPlan, Duty
from accounts.plans import points
from governance.policy.schema import DutyRule, Origin, Plan

Named = Mapping[str, set[int]]  # kind of duty -> the people named for it


@dataclass(frozen=True)
class Gap:
    """One thing that is missing; `key` is the point it belongs to, or the duty where it is about people."""

    key: str
    text: str
    origin: Origin
    of_duty: bool = False

    @property
    def blocks(self) -> bool:
        """What is only "bör" is told, and stops nobody."""
        return self.origin.strength == "ska"

    def __str__(self) -> str:
        return f"{self.text} ({self.origin.clause})"


def anchor(gap: Gap, rules: Plan) -> str:
    """Answer the part of the plan's form where the gap is mended."""
    return (points.home_of(gap.key, rules) or gap.key) if gap.of_duty else gap.key


def gaps(plan: ActivityPlan) -> list[Gap]:
    """Answer everything that is missing, in the policy's order: points first, then people."""
    rules = plan.rules
    duties = list(plan.duties.all())
    return [*_points(plan, rules), *_goals(plan, rules), *_reached(duties, rules), *_people(duties, rules)]


def blocking(plan: ActivityPlan) -> list[Gap]:
    """Answer what must be mended before the plan can be laid before its signers."""
    return [gap for gap in gaps(plan) if gap.blocks]


def undercut(rules: Plan, duties: Iterable[Duty]) -> list[Gap]:
    """Answer the duties with fewer people than the policy demands, or with nobody to stand in."""
    named = _by_kind(duties)
    few = (gap for rule in rules.duties if (gap := _too_few(rule, named)))
    alone = (gap for rule in rules.duties if (gap := _nobody_else(rule, rules, named)))
    return [*few, *alone]


def _points(plan: ActivityPlan, rules: Plan) -> Iterator[Gap]:
    for point in rules.points:
        if point.strength != "exempel" and not points.is_filled(plan, point.key):
            text = _("”%(point)s” är inte ifyllt.") % {"point": point.label}
            yield Gap(point.key, text, Origin(point.clause, point.strength, point.basis))


def _goals(plan: ActivityPlan, rules: Plan) -> Iterator[Gap]:
    """Where goals are demanded, each says how it is measured, how much is enough and when it is followed up."""
    point = rules.point(points.GOALS)
    if point is None or point.strength == "exempel":
        return
    count = plan.goals.filter(Q(measure="") | Q(target="") | Q(follow_up_on=None)).count()
    if count:
        text = ngettext(
            "”%(point)s”: %(count)d mål saknar hur det mäts, målvärde eller dag för uppföljning.",
            "”%(point)s”: %(count)d mål saknar hur de mäts, målvärde eller dag för uppföljning.",
            count,
        )
        facts = {"point": point.label, "count": count}
        yield Gap(point.key, text % facts, Origin(point.clause, point.strength, point.basis))


def _reached(duties: list[Duty], rules: Plan) -> Iterator[Gap]:
    for point in rules.points:
        if point.key not in points.MUST_BE_REACHED:
            continue
        kinds = points.kinds_of(point.key, rules)
        count = sum(duty.kind in kinds and not (duty.email and duty.phone) for duty in duties)
        if count:
            text = ngettext(
                "”%(point)s”: e-post eller telefon saknas för %(count)d person.",
                "”%(point)s”: e-post eller telefon saknas för %(count)d personer.",
                count,
            )
            origin = Origin(point.clause, point.strength, point.basis)
            yield Gap(point.key, text % {"point": point.label, "count": count}, origin)


def _people(duties: list[Duty], rules: Plan) -> list[Gap]:
    named = _by_kind(duties)
    many = [gap for rule in rules.duties if (gap := _too_many(rule, named))]
    return [*undercut(rules, duties), *many]


def _too_few(rule: DutyRule, named: Named) -> Gap | None:
    count = len(named[rule.kind])
    if count >= rule.minimum:
        return None
    text = ngettext(
        "Minst %(minimum)d person behövs som %(duty)s, %(named)s.",
        "Minst %(minimum)d personer behövs som %(duty)s, %(named)s.",
        rule.minimum,
    )
    facts = {"minimum": rule.minimum, "duty": _in_sentence(rule.title), "named": _are_named(count)}
    return Gap(rule.kind, text % facts, rule.minimum_origin, of_duty=True)


def _too_many(rule: DutyRule, named: Named) -> Gap | None:
    count = len(named[rule.kind])
    if rule.maximum is None or count <= rule.maximum:
        return None
    text = _("Högst %(maximum)d får anges som %(duty)s, %(named)s.")
    facts = {"maximum": rule.maximum, "duty": _in_sentence(rule.title), "named": _are_named(count)}
    return Gap(rule.kind, text % facts, Origin(rule.clause, rule.strength, rule.basis), of_duty=True)


def _nobody_else(rule: DutyRule, rules: Plan, named: Named) -> Gap | None:
    """A person cannot stand in for nobody but himself or herself."""
    if rule.stands_in_for is None or not named[rule.kind]:
        return None
    mainly, standing_in = named[rule.stands_in_for], named[rule.kind]
    if not mainly or any(mainly - {person} for person in standing_in):
        return None
    of = rules.duty(rule.stands_in_for)
    text = _("%(duty)s måste vara någon annan än den som är %(other)s.")
    facts = {"duty": rule.title, "other": _in_sentence(of.title if of else rule.stands_in_for)}
    return Gap(rule.kind, text % facts, Origin(rule.clause, rule.strength, rule.basis), of_duty=True)


def _by_kind(duties: Iterable[Duty]) -> defaultdict[str, set[int]]:
    named: defaultdict[str, set[int]] = defaultdict(set)
    for duty in duties:
        named[duty.kind].add(duty.person_id)
    return named


def _are_named(count: int) -> str:
    return ngettext("%(count)d är angiven", "%(count)d är angivna", count) % {"count": count}


def _in_sentence(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
