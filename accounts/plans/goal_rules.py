"""What the rules say of goals: those that the policy demands are followed up on the day the plan says (R-PLAN-7)."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import goals
from governance import access, clock, workingdays
from governance.models import User
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import Verdict, rule

# The plan says the day; no policy says how soon after it the look is late.
DAYS_TO_FOLLOW_UP = 10
LONGEST_CLAUSE = 200


@rule("PLAN-7", ActivityPlan)
def goals_are_followed_up(plan: ActivityPlan, at: datetime) -> Iterator[Verdict]:
    """A goal is looked at on its day, by those who answer for the account; late some working days after it."""
    point = goals.demanded(plan)
    if plan.status != ActivityPlan.Status.APPROVED or point is None or not _is_run(plan.account):
        return
    who = _who(plan)
    whose = _("tidsgränsen: %(default)s") % {"default": DEFAULT_CLAUSE}
    said = Truncator(point.clause).chars(LONGEST_CLAUSE - len(whose) - 2)
    for standing in goals.standings(plan):
        if standing.due_on is None:
            continue
        due = clock.at(standing.due_on, time.min)
        goal = Truncator(standing.goal.text).chars(120)
        yield Verdict(
            _("Följ upp målet ”%(goal)s” för %(account)s.") % {"goal": goal, "account": plan.account},
            f"{said}; {whose}",
            reverse("accounts:goal-follow-up", args=[standing.goal.pk]),
            key=f"goal-{standing.goal.series}",
            basis=point.basis,
            strength=point.strength,
            due_at=due,
            breached_at=workingdays.deadline(due, DAYS_TO_FOLLOW_UP),
            who=who,
        )


def _is_run(account: Account) -> bool:
    return Account.objects.running().filter(pk=account.pk).exists()


def _who(plan: ActivityPlan) -> list[User]:
    """Answer those with a duty by which they may write the plan, else the nearest managers."""
    holders = [duty.person for duty in Duty.objects.in_force().filter(plan=plan).select_related("person")]
    able = [user for user in dict.fromkeys(holders) if access.can(user, "edit_plan", plan)]
    return able or people.managers(plan.unit)
