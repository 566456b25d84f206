"""What must hold before a plan takes a step; each refusal says what is missing and where the policy says so."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import points, signing
from accounts.models import ActivityPlan
from governance.models import User
from governance.workflow import Refused


def plan_is_complete(plan: ActivityPlan, by: User | None) -> None:
    """Refuse a plan that lacks a mandatory point or a duty (R-PLAN-1, R-PLAN-2)."""
    problems = [*missing_points(plan), *missing_duties(plan)]
    if problems:
        raise Refused(" ".join(problems))
    if not signing.approvers(plan):
        raise Refused(_("Det finns ingen som kan godkänna planen: ingen chef utan eget ansvar på kontot."))


def missing_points(plan: ActivityPlan) -> list[str]:
    """Answer a sentence for each point that the policy demands and nobody has filled in."""
    return [
        _("”%(point)s” saknas (%(clause)s).") % {"point": point.label, "clause": point.clause}
        for point in plan.policy_version.policy.plan.points
        if point.strength == "ska" and not points.is_filled(plan, point.key)
    ]


def missing_duties(plan: ActivityPlan) -> list[str]:
    """Answer a sentence for each duty with fewer, or more, people than the policy says."""
    named = list(plan.duties.values_list("kind", flat=True))
    problems = []
    for rule in plan.policy_version.policy.plan.duties:
        count = named.count(rule.kind)
        facts = {"duty": rule.title, "count": count, "clause": rule.clause}
        if count < rule.minimum and rule.strength == "ska":
            text = ngettext(
                "Minst %(minimum)d person behövs som %(duty)s, %(count)d är angivna (%(clause)s).",
                "Minst %(minimum)d personer behövs som %(duty)s, %(count)d är angivna (%(clause)s).",
                rule.minimum,
            )
            problems.append(text % {**facts, "minimum": rule.minimum})
        if rule.maximum is not None and count > rule.maximum:
            text = _("Högst %(maximum)d får anges som %(duty)s, %(count)d är angivna (%(clause)s).")
            problems.append(text % {**facts, "maximum": rule.maximum})
    return problems


def is_approver(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone but the manager whose turn it is, never one with a duty in the plan (R-PLAN-12)."""
    if by is not None and plan.duties.filter(person=by).exists():
        raise Refused(_("Du har själv ett ansvar i planen och kan därför inte godkänna den."))
    if by not in signing.approvers(plan):
        raise Refused(_("Planen godkänns av närmaste chef utan eget ansvar på kontot."))


def may_approve(plan: ActivityPlan, by: User | None) -> None:
    """Refuse approval until everybody else has signed (R-PLAN-3)."""
    is_approver(plan, by)
    left = [place.user.name for place in signing.waiting(plan)]
    if left:
        raise Refused(_("Planen väntar på underskrift av %(names)s.") % {"names": ", ".join(dict.fromkeys(left))})


def is_named(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone who is not named in the plan."""
    if not plan.duties.filter(person=by).exists():
        raise Refused(_("Bara den som är utsedd i planen kan avböja uppdraget."))
