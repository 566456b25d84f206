"""Whose turn it is: what a person can do with a plan now, so that nobody is offered what would be refused."""

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Account, ActivityPlan
from accounts.signatures import signing
from accounts.signatures.signing import Place
from governance import access, workflow
from governance.models import User
from governance.permissions import COMMUNICATIONS_OFFICER
from governance.workflow import Refused, Step


def offered(plan: ActivityPlan, user: User) -> list[Step]:
    """Answer the steps with a button that this person may take and no guard refuses."""
    steps = [step for step in workflow.available(plan, user) if not refusal(plan, step, user)]
    # Who approves sends back; taking back is for those who wrote it.
    sends_back = any(step.name == "send_back" for step in steps)
    return [step for step in steps if not (sends_back and step.name == "recall")]


def label(plan: ActivityPlan, step: Step) -> str:
    """Answer the words of a step's button: where nobody named signs, a plan is submitted for approval."""
    if step.name == "submit" and not plan.signed_by_named:
        return _("Lämna för godkännande")
    return str(step.label)


def next_step(plan: ActivityPlan) -> str:
    """Answer whom or what the plan waits for now, or nothing."""
    if plan.status == ActivityPlan.Status.APPROVED and plan.account.status == Account.Status.APPROVED:
        who = plan.policy_version.policy.word(COMMUNICATIONS_OFFICER)
        return _("Nu väntar planen på att kontot öppnas. Det gör: %(who)s.") % {"who": who}
    if plan.status != ActivityPlan.Status.SIGNING:
        return ""
    if signers := [place.user.name for place in signing.waiting(plan) if place.user]:
        return _("Nu väntar planen på underskrift av %(names)s.") % {"names": _joined(signers)}
    names = _joined([user.name for user in signing.approvers(plan)]) or plan.rules.approval.title
    return _("Nu väntar planen på att godkännas av %(names)s.") % {"names": names}


def refusal(plan: ActivityPlan, step: Step, user: User) -> str:
    """Answer why the step's guard refuses this person, or nothing."""
    try:
        if step.guard:
            import_string(step.guard)(plan, user)
    except Refused as refused:
        return str(refused)
    return ""


def places_of(plan: ActivityPlan, user: User) -> list[Place]:
    """Answer the places on the plan that wait for this person's signature now."""
    if plan.status != ActivityPlan.Status.SIGNING or not access.can(user, "sign_plan", plan):
        return []
    return [place for place in signing.waiting(plan) if place.user == user]


def approval_refusal(plan: ActivityPlan, user: User) -> str:
    """Answer why this person cannot approve the plan now, or nothing."""
    return step_refusal(plan, "approve", user)


def step_refusal(plan: ActivityPlan, name: str, user: User) -> str:
    """Answer why a step cannot be taken now by this person, who may take it, or nothing."""
    step = workflow.lifecycle_of(ActivityPlan).steps[name]
    if plan.status not in step.source:
        return _("Läget är ”%(status)s”.") % {"status": plan.get_status_display()}
    return refusal(plan, step, user)


def _joined(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))
