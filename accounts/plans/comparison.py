"""Two versions of a plan, readable: point by point what was said and what is said now, who came and who went."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import ActivityPlan
from accounts.plans import content, differences, lines, points, word_diff
from accounts.plans.content import Content
from accounts.plans.differences import Differences
from accounts.plans.lines import Line
from accounts.plans.word_diff import Piece
from accounts.signatures import protection
from governance.policy.points import POINTS
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Change:
    """One point that says something else: the old text, the new one, and both in one with what differs marked."""

    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs, in the order of the plan; nothing in it where the two say the same."""

    changes: tuple[Change, ...]
    found: Differences

    @property
    def nothing(self) -> bool:
        """Answer whether the two say the same."""
        return not self.changes


def between(old: ActivityPlan, new: ActivityPlan) -> Comparison:
    """Answer what `new` says otherwise than `old`; where both say it, in the words of the new one's policy."""
    before, after = protection.masked(content.current(old)), protection.masked(content.current(new))
    changes = tuple(
        Change(label, was, now, tuple(word_diff.between(was, now)))
        for label, was, now in (_policies(old, new), *_sides(before, after, old.rules, new.rules))
        if was != now
    )
    return Comparison(changes, differences.between(before, after))


def _policies(old: ActivityPlan, new: ActivityPlan) -> tuple[str, str, str]:
    return _("Policy"), str(old.policy_version), str(new.policy_version)


def _sides(before: Content, after: Content, old: Plan, new: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield every heading with what stood under it and what stands there now."""
    was, now = ({line.label: line.text for line in lines.facts(each, new)} for each in (before, after))
    for label in {**was, **now}:
        yield label, was.get(label, ""), now.get(label, "")
    for key in _keys(old, new):
        yield _label(key, old, new), _said(key, before, new), _said(key, after, new)
    yield from _goals(before, after)
    yield from _people(before, after, old, new)


def _keys(old: Plan, new: Plan) -> list[str]:
    """Answer the points of either policy and every other one, in the order of the new policy; people come apart."""
    asked = [*(point.key for point in new.points), *(point.key for point in old.points), *POINTS]
    apart = {*points.PEOPLE, points.GOALS}
    return [key for key in dict.fromkeys(asked) if key not in apart]


def _label(key: str, old: Plan, new: Plan) -> str:
    point = new.point(key) or old.point(key)
    return point.label if point else str(_(POINTS[key].label))


def _said(key: str, said: Content, rules: Plan) -> str:
    return _joined(lines.of_point(key, said, rules))


def _joined(found: list[Line]) -> str:
    return "\n".join(f"{line.label}: {line.text}" if line.label else line.text for line in found)


def _goals(before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    was = {goal["series"]: lines.goal(goal) for goal in before["goals"]}
    now = {goal["series"]: lines.goal(goal) for goal in after["goals"]}
    for series in {**was, **now}:
        yield _("Mål"), was.get(series, ""), now.get(series, "")


def _people(before: Content, after: Content, old: Plan, new: Plan) -> Iterator[tuple[str, str, str]]:
    was = {(duty["person"], duty["kind"]): lines.person(duty) for duty in before["duties"]}
    now = {(duty["person"], duty["kind"]): lines.person(duty) for duty in after["duties"]}
    for who in {**was, **now}:
        title = points.title_of(who[1], new if new.duty(who[1]) else old)
        yield title, was.get(who, ""), now.get(who, "")
