"""The points of a plan: which columns and duties hold each of them, and whether it is filled in."""

from collections.abc import Iterable

from accounts.models import ActivityPlan
from governance.policy.schema import POINTS, Plan, Policy, Scope

# The policy's point -> the columns of the plan that hold it; a point held by duties or by the account has none.
COLUMNS: dict[str, tuple[str, ...]] = {
    "platform": (),
    "address": ("address_planned",),
    "unit": (),
    "purpose": ("purpose",),
    "target_group": ("target_group",),
    "administrators": (),
    "daily_operation": (),
    "watch_and_updates": (
        "watch_days",
        "watch_on_holidays",
        "watch_times",
        "updates_per_week",
        "removal_hours",
    ),
    "hours_per_week": ("hours_per_week",),
    "staffing": (),
    "absence_routine": ("absence_routine",),
    "terms_of_use": ("terms_of_use", "terms_of_use_by", "terms_of_use_on"),
    "website_first": ("website_first", "website_first_by", "website_first_on"),
    "goals": (),
    "responsible": (),
    "mission": ("mission",),
}
# Without these the point says nothing; its other columns may stay empty.
NEEDED = {
    "watch_and_updates": ("watch_days", "updates_per_week"),
    "terms_of_use": ("terms_of_use",),
    "website_first": ("website_first",),
}
# Rows of their own, each with its measure and its day.
GOALS = "goals"
# The points that say who: which duties they speak of, first of all; of every duty where the policy has none of these.
PEOPLE: dict[str, tuple[str, ...]] = {
    "administrators": ("administrator",),
    "daily_operation": ("operator",),
    "responsible": ("responsible", "page_owner"),
    "staffing": (),
}
# Where the plan says how those named are reached.
REACHED = ("administrators", "daily_operation", "responsible")
# Where it must: Gullspång Bilaga 1 asks for e-mail and telephone in its points 5 and 6.
MUST_BE_REACHED = ("administrators", "daily_operation")
OWN = "own_"


def optional(rules: Plan) -> list[str]:
    """Answer the known points that the policy does not ask for, in the catalogue's order; none of them names people."""
    return [key for key in POINTS if (COLUMNS[key] or key == GOALS) and rules.point(key) is None]


def title_of(kind: str, rules: Plan) -> str:
    """Answer what the policy calls a duty."""
    rule = rules.duty(kind)
    return rule.title if rule else kind


def kinds_of(key: str, rules: Plan) -> tuple[str, ...]:
    """Answer the kinds of duty that a point about people speaks of under this policy."""
    known = tuple(duty.kind for duty in rules.duties)
    return tuple(kind for kind in PEOPLE[key] if kind in known) or known


def home_of(kind: str, rules: Plan) -> str | None:
    """Answer the point under which a duty is filled in; None where it stands under a heading of its own."""
    asked = (point.key for point in rules.points if point.key in PEOPLE)
    return next((key for key in asked if kind in kinds_of(key, rules)), None)


def is_filled(plan: ActivityPlan, key: str) -> bool:
    """Answer whether the point has what it needs; a point of the policy's own is free text.

    Who is named is counted duty by duty (`completeness`), so a point about people is never missing by itself.
    """
    if key.startswith(OWN):
        return bool(plan.own_points.get(key, "").strip())
    if key == GOALS:
        return plan.goals.exists()
    return not any(_is_empty(getattr(plan, column)) for column in NEEDED.get(key, COLUMNS[key]))


def suggestions(policy: Policy, scope: Scope) -> dict[str, object]:
    """Answer what the policy gives as an example for a new plan, by column (Gullspång Bilaga 1 p. 7)."""
    oversight, removal = policy.rule("oversight", scope), policy.rule("removal", scope)
    found: dict[str, object] = {}
    if oversight.suggested_days:
        found["watch_days"] = list(oversight.suggested_days.days)
    if oversight.suggested_updates:
        found["updates_per_week"] = oversight.suggested_updates.per_week
    if removal.plan_limit and removal.plan_limit.suggested.unit == "hours":
        found["removal_hours"] = removal.plan_limit.suggested.count
    return found


def columns(keys: Iterable[str]) -> list[str]:
    """Answer the columns that hold these points."""
    return [column for key in keys for column in COLUMNS.get(key, ())]


def _is_empty(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())
