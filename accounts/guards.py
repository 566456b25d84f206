"""What must hold before a plan takes a step; each refusal says what is missing and where the policy says so."""

from django.utils.translation import gettext as _

from accounts import completeness, signing
from accounts.models import Account, ActivityPlan
from governance.models import User
from governance.workflow import Refused


def plan_is_complete(plan: ActivityPlan, by: User | None) -> None:
    """Refuse a plan that lacks a mandatory point or a duty (R-PLAN-1, R-PLAN-2), or that nobody could approve."""
    problems = completeness.blocking(plan)
    if problems:
        raise Refused(" ".join(str(gap) for gap in problems))
    if not signing.approvers(plan):
        raise Refused(_("Det finns ingen som kan godkänna planen: ingen chef utan eget ansvar på kontot."))


def is_approver(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone but the manager whose turn it is, never one with a duty in the plan (R-PLAN-12)."""
    if by is not None and plan.duties.filter(person=by).exists():
        raise Refused(_("Du har själv ett ansvar i planen och kan därför inte godkänna den."))
    if by not in signing.approvers(plan):
        raise Refused(_("Planen godkänns av närmaste chef utan eget ansvar på kontot."))


def may_approve(plan: ActivityPlan, by: User | None) -> None:
    """Refuse approval until everybody else has signed (R-PLAN-3)."""
    is_approver(plan, by)
    left = [place.user.name for place in signing.waiting(plan) if place.user]
    if left:
        raise Refused(_("Planen väntar på underskrift av %(names)s.") % {"names": ", ".join(dict.fromkeys(left))})


def account_is_not_open(plan: ActivityPlan, by: User | None) -> None:
    """Refuse to take a plan out of force while its account is run under it."""
    if plan.account.status != Account.Status.APPROVED:
        raise Refused(_("Kontot är öppnat under den här planen. Då kan den inte öppnas för ändring."))


def is_named(plan: ActivityPlan, by: User | None) -> None:
    """Refuse everyone who is not named in the plan."""
    if not plan.duties.filter(person=by).exists():
        raise Refused(_("Bara den som är utsedd i planen kan avböja uppdraget."))
