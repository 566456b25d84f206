"""Why a plan is a draft again: who gave it back, when, and with what words."""

from dataclasses import dataclass
from datetime import datetime

from accounts import signing
from accounts.models import ActivityPlan
from governance import audit
from governance.models import AuditEvent

BACK = ("activityplan.send_back", "activityplan.decline", "activityplan.recall", "activityplan.reopen")
STEPS = (*BACK, "activityplan.submit")


@dataclass(frozen=True)
class CameBack:
    """The step that gave the plan back, as the log says it; `declined` is who declined and is named all the same."""

    at: datetime
    sentence: str
    declined: str


def of(plan: ActivityPlan) -> CameBack | None:
    """Answer the step that made the plan a draft again; None where it is no draft, or never lay before anybody."""
    if plan.status != ActivityPlan.Status.DRAFT:
        return None
    of_plan = AuditEvent.objects.filter(object_type=plan._meta.label_lower, object_id=plan.pk, action__in=STEPS)
    last = of_plan.order_by("-pk").first()
    if last is None or last.action not in BACK:
        return None
    [(event, sentence)] = audit.with_sentences([last])
    return CameBack(event.at, sentence, _declined(plan, event))


def _declined(plan: ActivityPlan, event: AuditEvent) -> str:
    if event.action != "activityplan.decline":
        return ""
    duties = list(plan.duties.filter(person_id=event.actor_id).select_related("person").order_by("pk"))
    titles = dict.fromkeys(signing.title_of(duty.kind, plan.rules).lower() for duty in duties)
    return f"{duties[0].person} ({', '.join(titles)})" if duties else ""
