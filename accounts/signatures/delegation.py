"""The numbers of decisions by delegation (Lekeberg 5, 5.2): asked for at approval, entered or put right later."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ActivityPlan, DelegationDecision
from governance import audit, clock
from governance.models import User
from governance.policy.schema import Statement
from governance.workflow import Refused

DECIDED = (ActivityPlan.Status.APPROVED, ActivityPlan.Status.SUPERSEDED)


def statements(plan: ActivityPlan) -> list[Statement]:
    """Answer the statements of the approval that are decisions by delegation; none for most policies."""
    return [each for each in plan.rules.approval.statements if each.delegated]


def entered(plan: ActivityPlan) -> dict[str, DelegationDecision]:
    """Answer the number that holds for each statement, by its key: the one that was entered last."""
    return {row.statement_key: row for row in plan.delegation_decisions.select_related("entered_by").order_by("pk")}


def missing(plan: ActivityPlan) -> list[Statement]:
    """Answer the decisions whose numbers nobody has entered."""
    known = entered(plan)
    return [each for each in statements(plan) if each.key not in known]


@transaction.atomic
def enter(plan: ActivityPlan, *, by: User, numbers: Mapping[str, str]) -> int:
    """Enter or put right the numbers by statement; what is empty or as before stays. Answer how many were written."""
    locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.status not in DECIDED:
        raise Refused(_("Numret skrivs in när planen är godkänd."))
    before = entered(locked)
    known = {each.key for each in statements(locked)}
    changed = {
        key: number
        for key, number in numbers.items()
        if key in known and number and (key not in before or before[key].number != number)
    }
    for key, number in changed.items():
        DelegationDecision.objects.create(
            plan=locked, statement_key=key, number=number, entered_by=by, entered_at=clock.now()
        )
        audit.record("activityplan.enter_number", by=by, obj=locked, data={"number": number, "statement": key})
    return len(changed)
