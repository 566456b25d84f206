"""What differs between two versions of a plan, as data: which points, who came and who went, which goals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.plans.content import Content
from accounts.plans.spelling import is_spelling

Row = dict[str, Any]  # a duty or a goal of a content
# The free texts, in which a spelling can be put right.
TEXTS = ("purpose", "target_group", "absence_routine", "terms_of_use", "website_first", "mission")
NUMBERS = ("updates_per_week", "hours_per_week")
# Who made an assessment and when is no promise of those who sign.
DAYS_OF_ASSESSMENT = ("terms_of_use_on", "website_first_on")
GOAL_TEXTS = ("text", "measure")
GOAL_FIGURES = ("target", "follow_up_on")
OWN_POINTS = "own_points"


@dataclass(frozen=True)
class Differences:
    """What the new version says otherwise; the names of points are columns, or keys of the policy's own points."""

    points: tuple[str, ...]  # in other words, or with other figures
    spelt: tuple[str, ...]  # the same words, spelt otherwise
    assessed: tuple[str, ...]  # the same assessment, by somebody else or on another day
    platform: bool
    came: tuple[Row, ...]
    went: tuple[Row, ...]
    reached: tuple[tuple[Row, Row], ...]  # the same person in the same duty, reached otherwise
    goals: tuple[tuple[Row | None, Row | None], ...]
    goals_spelt: tuple[tuple[Row, Row], ...]

    @property
    def of_substance(self) -> bool:
        """Answer whether those who signed have something else before them than what they signed (R-PLAN-11)."""
        return bool(self.points or self.platform or self.goals)

    @property
    def only_small(self) -> bool:
        """Answer whether nothing differs but spelling and how people are reached."""
        return not (self.of_substance or self.assessed or self.came or self.went)

    @property
    def nothing(self) -> bool:
        """Answer whether the two say the same."""
        return self.only_small and not (self.spelt or self.reached or self.goals_spelt)


def between(old: Content, new: Content) -> Differences:
    """Answer what differs; two equal contents give nothing."""
    before, after = _points(old), _points(new)
    changed = [key for key in {**before, **after} if not _same(key, before.get(key), after.get(key))]
    spelt = tuple(key for key in changed if _is_text(key) and is_spelling(before.get(key, ""), after.get(key, "")))
    goals = _paired(old["goals"], new["goals"], lambda goal: goal["series"])
    other_goals = [pair for pair in goals if pair[0] != pair[1]]
    duties = _paired(old["duties"], new["duties"], lambda duty: (duty["person"], duty["kind"]))
    return Differences(
        points=tuple(key for key in changed if key not in spelt and key not in DAYS_OF_ASSESSMENT),
        spelt=spelt,
        assessed=_assessed(old, new),
        platform=old["account"]["platform"] != new["account"]["platform"],
        came=tuple(put for out, put in duties if out is None and put is not None),
        went=tuple(out for out, put in duties if put is None and out is not None),
        reached=tuple((out, put) for out, put in duties if out and put and _ways(out) != _ways(put)),
        goals=tuple(pair for pair in other_goals if not _is_goal_spelt(*pair)),
        goals_spelt=tuple((out, put) for out, put in other_goals if out and put and _is_goal_spelt(out, put)),
    )


def _points(content: Content) -> Row:
    points = {key: value for key, value in content["points"].items() if key != OWN_POINTS}
    return {**points, **content["points"].get(OWN_POINTS, {})}


def _same(key: str, old: Any, new: Any) -> bool:
    if key in NUMBERS and old is not None and new is not None:
        return Decimal(str(old)) == Decimal(str(new))
    return old == new or (not old and not new and _is_text(key))


def _is_text(key: str) -> bool:
    return key in TEXTS or key.startswith("own_")


def _assessed(old: Content, new: Content) -> tuple[str, ...]:
    """Answer the assessments that somebody else has made, or that were made on another day."""

    def made(content: Content, name: str) -> tuple[Any, Any]:
        return content["assessed_by"].get(name, ""), content["points"].get(f"{name}_on")

    return tuple(name for name in new["assessed_by"] if made(old, name) != made(new, name))


def _ways(duty: Row) -> tuple[str, str]:
    return duty["email"], duty["phone"]


def _is_goal_spelt(out: Row | None, put: Row | None) -> bool:
    if out is None or put is None or any(out[name] != put[name] for name in GOAL_FIGURES):
        return False
    return all(is_spelling(out[name], put[name]) for name in GOAL_TEXTS)


def _paired(old: Iterable[Row], new: Iterable[Row], key: Callable[[Row], Any]) -> list[tuple[Row | None, Row | None]]:
    """Answer the rows of both by their key, in the order of the old ones, then the new."""
    before, after = {key(row): row for row in old}, {key(row): row for row in new}
    return [(before.get(each), after.get(each)) for each in {**before, **after}]
