"""What a plan's page shows of its paper: scans that were laid in, the decisions' numbers, the PDF that is kept."""

from typing import Any

from accounts.models import ActivityPlan
from accounts.signatures import delegation
from governance import access
from governance.models import User


def context(plan: ActivityPlan, user: User) -> dict[str, Any]:
    """Answer what stands beside the signatures, and what this person may enter of it."""
    sealed = plan.sealed
    decided = plan.status in delegation.DECIDED
    lies_before = plan.status == ActivityPlan.Status.SIGNING
    asks_numbers = decided and bool(delegation.statements(plan))
    return {
        "scans": list(plan.scans.select_related("entered_by")),
        "printed": sealed.prints.first() if sealed and decided else None,
        "may_enter_paper": lies_before and access.can(user, "open_account", plan),
        "may_enter_numbers": asks_numbers and access.can(user, "approve_plan", plan),
    }
