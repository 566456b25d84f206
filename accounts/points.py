"""The points of a plan: which columns hold each of them, and whether it is filled in."""

from collections.abc import Callable

from accounts.models import ActivityPlan

# The policy's point -> the columns of the plan that hold it; a point held by duties or by the account has none.
COLUMNS: dict[str, tuple[str, ...]] = {
    "platform": (),
    "address": ("address_planned",),
    "unit": (),
    "purpose": ("purpose",),
    "target_group": ("target_group",),
    "administrators": (),
    "daily_operation": (),
    "staffing": (),
    "responsible": (),
    "watch_and_updates": (
        "watch_days",
        "watch_on_holidays",
        "watch_times",
        "updates_per_week",
        "removal_hours",
    ),
    "hours_per_week": ("hours_per_week",),
    "absence_routine": ("absence_routine",),
    "terms_of_use": ("terms_of_use",),
    "website_first": ("website_first",),
    "goals": ("goals",),
    "mission": ("mission",),
}
OWN = "own_"

_FILLED: dict[str, Callable[[ActivityPlan], bool]] = {
    "platform": lambda plan: True,
    "unit": lambda plan: True,
    "administrators": lambda plan: plan.duties.filter(kind="administrator").exists(),
    "daily_operation": lambda plan: plan.duties.filter(kind="operator").exists(),
    "staffing": lambda plan: plan.duties.exists(),
    "responsible": lambda plan: plan.duties.exists(),
    "watch_and_updates": lambda plan: bool(plan.watch_days) and plan.updates_per_week is not None,
}


def is_filled(plan: ActivityPlan, key: str) -> bool:
    """Answer whether the point has what it needs; a point of the policy's own is free text."""
    if key in _FILLED:
        return _FILLED[key](plan)
    if key.startswith(OWN):
        return bool(plan.own_points.get(key, "").strip())
    return all(getattr(plan, column) not in ("", None) for column in COLUMNS[key])
