"""What a plan says, as plain data: what is sealed when it is submitted, and compared when a version follows it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import ActivityPlan
from accounts.models.plan import ASSESSED, CONTENT
from governance.models import Unit

Content = dict[str, Any]


def of(plan: ActivityPlan) -> Content:
    """Answer the draft as it stands: the policy, the account, every point, every goal, everyone named."""
    account, policy = plan.account, plan.policy_version
    return {
        "policy": {"key": policy.key, "number": policy.number, "sha256": policy.sha256},
        "title": plan.title,
        "account": {
            "name": account.name,
            "platform": account.platform.name,
            "kind": account.kind,
            "visibility": account.visibility,
            "visibility_reason": account.visibility_reason,
        },
        "units": _way_down(plan.unit),
        "version": plan.version,
        "points": {name: getattr(plan, name) for name in CONTENT},
        "assessed_by": {name: _name(getattr(plan, f"{name}_by")) for name in ASSESSED},
        "goals": [
            {
                "series": goal.series,
                "text": goal.text,
                "measure": goal.measure,
                "target": goal.target,
                "follow_up_on": goal.follow_up_on,
            }
            for goal in plan.goals.order_by("pk")
        ],
        "duties": [
            {
                "person": duty.person_id,
                "kind": duty.kind,
                "name": duty.person.name,
                "login": duty.person.shown_email,
                "email": duty.email,
                "phone": duty.phone,
            }
            for duty in plan.duties.select_related("person").order_by("kind", "pk")
        ],
    }


def as_json(content: Content) -> str:
    """Answer a content as JSON with sorted keys: the same content gives the same text."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


def current(plan: ActivityPlan) -> Content:
    """Answer what the plan says as JSON reads it back: as sealed, or the draft as it stands."""
    sealed = plan.sealed
    return _read(sealed.content) if sealed else as_read(plan)


def as_read(plan: ActivityPlan) -> Content:
    """Answer what the rows of the plan say now, as JSON reads it back."""
    return _read(as_json(of(plan)))


def _read(text: str) -> Content:
    found: Content = json.loads(text)
    return found


def _way_down(unit: Unit) -> list[str]:
    """Answer the names from the department to the unit; the municipality itself only where it is the unit."""
    names = [each.name for each in Unit.objects.above(unit) if each.parent_id is not None or each == unit]
    return names[::-1]


def _name(user: Any) -> str:
    return user.name if user else ""
