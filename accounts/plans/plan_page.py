"""What a plan's page shows to one person."""

from typing import Any

from accounts.models import ActivityPlan, SealedPlan
from accounts.plans import came_back, completeness, document, plan_versions
from accounts.signatures import signature_blocks, signing, signing_page, turns
from governance import access
from governance.models import User
from governance.templatetags.workflow import step_url
from governance.workflow import Step

COLORS = {
    ActivityPlan.Status.DRAFT: "info",
    ActivityPlan.Status.SIGNING: "warning",
    ActivityPlan.Status.REJECTED: "danger",
    ActivityPlan.Status.APPROVED: "success",
    ActivityPlan.Status.SUPERSEDED: "neutral",
    ActivityPlan.Status.WITHDRAWN: "neutral",
}


def context(plan: ActivityPlan, user: User, asked_round: str) -> dict[str, Any]:
    """Answer everything the page needs; `asked_round` chooses an earlier round of signing, if there was one."""
    rounds = list(plan.seals.prefetch_related("signatures"))
    earlier = _earlier(plan, rounds, asked_round)
    is_draft = plan.status == ActivityPlan.Status.DRAFT
    rules = plan.rules
    gaps = [(gap, completeness.anchor(gap, rules)) for gap in completeness.gaps(plan)] if is_draft else []
    return {
        "plan": plan,
        "color": COLORS[ActivityPlan.Status(plan.status)],
        "document": document.of(plan, earlier),
        "blocks": signature_blocks.of_round(plan, earlier) if earlier else signature_blocks.of(plan),
        "earlier": earlier,
        "came_back": came_back.of(plan),
        "next_step": turns.next_step(plan),
        "rounds": [seal for seal in rounds if seal != plan.sealed],
        "blocking": [each for each in gaps if each[0].blocks],
        "advised": [each for each in gaps if not each[0].blocks],
        "no_approver": is_draft and not signing.approvers(plan),
        "may_edit": is_draft and access.can(user, "edit_plan", plan),
        "may_sign": bool(turns.places_of(plan, user)),
        "may_approve": _may_approve(plan, user),
        "steps": [_button(plan, step) for step in turns.offered(plan, user)],
        **plan_versions.context(plan, user),
        **signing_page.context(plan, user),
    }


def copy_to(plan: ActivityPlan) -> str:
    """Answer who gets a copy of the plan, in the policy's words; nothing where it names nobody."""
    policy = plan.policy_version.policy
    return ", ".join(policy.word(role) for role in plan.rules.copy_to)


def _may_approve(plan: ActivityPlan, user: User) -> bool:
    return access.can(user, "approve_plan", plan) and not turns.approval_refusal(plan, user)


def _earlier(plan: ActivityPlan, rounds: list[SealedPlan], asked: str) -> SealedPlan | None:
    """Answer the round that was asked for, unless it is the one that the page shows anyway."""
    return next((seal for seal in rounds if str(seal.round) == asked and seal != plan.sealed), None)


def _button(plan: ActivityPlan, step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "label": turns.label(plan, step),
        "color": step.color,
        "asks_reason": step.asks_reason,
        "url": step_url(plan, step.name),
    }
