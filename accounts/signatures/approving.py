"""Who approves a plan (R-PLAN-12): the nearest manager without a duty in it, a stand-in, in time one step up."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import ActivityPlan
from governance import clock, workingdays
from governance.models import RoleAssignment, Unit
from governance.permissions import MANAGER

# No policy says how long an approval may wait before the next manager above may give it too.
DAYS_TO_APPROVE = 5


def roles(plan: ActivityPlan, *, waiting_since: datetime | None = None) -> list[RoleAssignment]:
    """Answer by which roles the plan may be approved now, the nearest first.

    The managers of the plan's unit, else of the next one up, else whom the policy names; and the managers one step
    above them too, once approval has waited longer than `DAYS_TO_APPROVE` since `waiting_since`.
    """
    near = nearest(MANAGER, plan)
    fallback = plan.rules.approval.fallback_role
    if not near:
        return nearest(fallback, plan) if fallback else []
    return near + (above(plan, near[0].unit) if has_waited(waiting_since) else [])


def nearest(role: str, plan: ActivityPlan) -> list[RoleAssignment]:
    """Answer those nearest above the plan's unit who hold a role that may approve, and no duty in the plan."""
    free = _free(role, plan, plan.unit)
    return [each for each in free if each.unit_id == free[0].unit_id]


def above(plan: ActivityPlan, unit: Unit) -> list[RoleAssignment]:
    """Answer the managers one step above `unit` who hold no duty in the plan; nobody above the municipality itself."""
    found = [each for each in _free(MANAGER, plan, unit) if each.unit_id != unit.pk]
    return [each for each in found if each.unit_id == found[0].unit_id]


def moves_up_at(waiting_since: datetime) -> datetime:
    """Answer when the approval may be given one step up, too."""
    return workingdays.deadline(waiting_since, DAYS_TO_APPROVE)


def has_waited(since: datetime | None) -> bool:
    """Answer whether an approval that has waited since then goes one step up now."""
    return since is not None and clock.now() >= moves_up_at(since)


def capacity(role: RoleAssignment, plan: ActivityPlan) -> str:
    """Answer in what capacity this role approves: as what, of what unit, in whose place."""
    title = plan.rules.approval.title
    if role.role != MANAGER:
        title = plan.policy_version.policy.word(role.role).capitalize()
    if role.standing_in_for is not None:
        stands = _("Ställföreträdande %(title)s för %(name)s, %(unit)s")
        return stands % {"title": _small(title), "name": role.standing_in_for.name, "unit": role.unit}
    near = nearest(MANAGER, plan) if role.role == MANAGER else []
    if near and near[0].unit.depth > role.unit.depth:
        up = _("%(title)s, %(unit)s, i stället för %(names)s")
        return up % {"title": title, "unit": role.unit, "names": ", ".join(str(each.user) for each in near)}
    return f"{title}, {role.unit}"


def _free(role: str, plan: ActivityPlan, unit: Unit) -> list[RoleAssignment]:
    """Answer who holds a role on `unit` or above it; neither who has a duty in the plan, nor who stands in for one."""
    named = set(plan.duties.values_list("person", flat=True))
    holding = RoleAssignment.objects.in_force(clock.today()).giving("approve_plan").filter(role=role)
    found = holding.covering(unit).select_related("user", "unit", "standing_in_for")
    free = [each for each in found if not {each.user_id, each.standing_in_for_id} & named]
    # Whoever holds the role comes before who stands in, on the same unit; the order is kept otherwise.
    return sorted(free, key=lambda each: (-each.unit.depth, each.standing_in_for_id is not None))


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
