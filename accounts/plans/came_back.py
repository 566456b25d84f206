"""Why a plan is a draft again, or rejected: who said so, in what capacity, when, and with what words."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import ActivityPlan
from accounts.plans import points
from governance import audit, clock
from governance.models import AuditEvent, RoleAssignment

BACK = (
    "activityplan.send_back",
    "activityplan.decline",
    "activityplan.withdraw_signature",
    "activityplan.recall",
    "activityplan.reopen",
    "activityplan.reject",
)
# By the decision of whoever approves; the others are taken by those who write or sign.
DECIDED = ("activityplan.send_back", "activityplan.reject")
STEPS = (*BACK, "activityplan.submit")


@dataclass(frozen=True)
class CameBack:
    """The step that gave the plan back, as the log says it.

    `declined` is who declined and is named all the same; `capacity` is by what role it was decided.
    """

    at: datetime
    sentence: str
    declined: str
    capacity: str
    rejected: bool


def of(plan: ActivityPlan) -> CameBack | None:
    """Answer the step that gave the plan back; None where it lies before somebody, is decided, or never was."""
    if plan.status not in (ActivityPlan.Status.DRAFT, ActivityPlan.Status.REJECTED):
        return None
    of_plan = AuditEvent.objects.filter(object_type=plan._meta.label_lower, object_id=plan.pk, action__in=STEPS)
    last = of_plan.order_by("-pk").first()
    if last is None or last.action not in BACK:
        return None
    [(event, sentence)] = audit.with_sentences([last])
    rejected = event.action == "activityplan.reject"
    return CameBack(event.at, sentence, _declined(plan, event), _capacity(plan, event), rejected)


def _declined(plan: ActivityPlan, event: AuditEvent) -> str:
    if event.action != "activityplan.decline":
        return ""
    duties = list(plan.duties.filter(person_id=event.actor_id).select_related("person").order_by("pk"))
    titles = dict.fromkeys(points.title_of(duty.kind, plan.rules).lower() for duty in duties)
    return f"{duties[0].person} ({', '.join(titles)})" if duties else ""


def _capacity(plan: ActivityPlan, event: AuditEvent) -> str:
    """Answer by which role the one who decided could, on that day: the nearest one to the plan's unit."""
    if event.action not in DECIDED:
        return ""
    roles = RoleAssignment.objects.filter(user=event.actor_id or 0).giving("approve_plan").covering(plan.unit)
    that_day = clock.local(event.at).date()
    held = (role for role in roles.select_related("unit") if _held(role, that_day))
    role = next(held, None)
    return f"{plan.policy_version.policy.word(role.role).capitalize()}, {role.unit}" if role else ""


def _held(role: RoleAssignment, day: date) -> bool:
    return role.valid_from <= day and (role.valid_to is None or role.valid_to >= day)
