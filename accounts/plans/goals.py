"""Following up a plan's goals: which are due, and what became of each, whatever version it stands in (R-PLAN-7)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import ActivityPlan, Goal, GoalFollowUp
from governance import audit, clock
from governance.models import User
from governance.policy.schema import Point


@dataclass(frozen=True)
class Standing:
    """A goal, what became of it so far (oldest first), and the day on which it is to be looked at; None: no more."""

    goal: Goal
    follow_ups: tuple[GoalFollowUp, ...]
    due_on: date | None

    @property
    def is_due(self) -> bool:
        """Answer whether the day has come."""
        return self.due_on is not None and self.due_on <= clock.today()


def standings(plan: ActivityPlan) -> list[Standing]:
    """Answer how each goal of the version stands; what was followed up in an earlier version counts."""
    goals = list(plan.goals.order_by("pk"))
    done = GoalFollowUp.objects.filter(
        goal__series__in=[goal.series for goal in goals], goal__plan__account=plan.account_id
    )
    by_series: dict[Any, list[GoalFollowUp]] = defaultdict(list)
    for row in done.select_related("goal", "by").order_by("followed_up_on", "pk"):
        by_series[row.goal.series].append(row)
    return [_standing(goal, by_series[goal.series]) for goal in goals]


def demanded(plan: ActivityPlan) -> Point | None:
    """Answer the point by which the plan's policy demands goals, if it does."""
    point = plan.rules.point("goals")
    return point if point and point.strength != "exempel" else None


@transaction.atomic
def follow_up(
    goal: Goal, *, by: User, followed_up_on: date, outcome: str, result: str, next_on: date | None = None
) -> GoalFollowUp:
    """Write down what became of a goal, seen on a day, and when it is looked at again."""
    row = GoalFollowUp.objects.create(
        goal=goal,
        by=by,
        followed_up_on=followed_up_on,
        outcome=outcome,
        result=result,
        next_on=next_on,
        entered_at=clock.now(),
    )
    data = {"goal": goal.text, "outcome": str(row.get_outcome_display())}
    audit.record("activityplan.follow_up", by=by, obj=goal.plan, data=data)
    return row


def _standing(goal: Goal, done: list[GoalFollowUp]) -> Standing:
    """A day that a newer version of the plan sets after the last look is kept as well."""
    if not done:
        return Standing(goal, (), goal.follow_up_on)
    last = done[-1]
    ahead = [day for day in (last.next_on, goal.follow_up_on) if day and day > last.followed_up_on]
    return Standing(goal, tuple(done), last.next_on or max(ahead, default=None))
