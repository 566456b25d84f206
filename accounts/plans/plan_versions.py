"""What a plan's page says of its other versions: which one is in force, what is changed, what can be done about it."""

from typing import Any

from accounts.models import ActivityPlan
from accounts.plans import amendment, comparison, corrections, goals
from accounts.signatures import turns
from governance import access
from governance.models import User

Status = ActivityPlan.Status


def context(plan: ActivityPlan, user: User) -> dict[str, Any]:
    """Answer what the page needs beside the plan itself."""
    in_force = plan.status == Status.APPROVED
    may_write = access.can(user, "edit_plan", plan)
    amends = in_force and may_write and plan.account.status in amendment.AMENDABLE
    return {
        "versions": _others(plan, user),
        "unfinished": amendment.unfinished(plan.account) if in_force else None,
        "may_amend": amends,
        "may_correct_contacts": in_force and may_write,
        "may_correct": access.can(user, "open_account", plan) and not _correction_refusal(plan, user),
        "newer_policy": amendment.newer_policy(plan),
        "amended": _amended(plan),
        "standings": goals.standings(plan),
        "may_follow_up": in_force and may_write,
        "reached": corrections.reached_otherwise(plan),
    }


def _others(plan: ActivityPlan, user: User) -> list[ActivityPlan]:
    """Answer the account's other versions that the reader may see, the latest first."""
    others = ActivityPlan.objects.filter(account=plan.account_id).exclude(pk=plan.pk).select_related("policy_version")
    seen = access.visible(user, others, "see_plan").order_by("-version")
    # A status is shown in the words of the version's own policy, for this account.
    found = list(seen)
    for other in found:
        other.account = plan.account
    return found


def _amended(plan: ActivityPlan) -> dict[str, Any] | None:
    """Answer of a version that is not decided yet: what it changes, and who signs it."""
    if plan.amends is None or plan.status not in (Status.DRAFT, Status.SIGNING, Status.REJECTED):
        return None
    signers = amendment.who_signs(plan)
    named = plan.duties.select_related("person").filter(person__in=signers or ())
    return {
        "comparison": comparison.between(plan.amends, plan),
        "everyone": signers is None,
        "names": ", ".join(dict.fromkeys(str(duty.person) for duty in named)),
    }


def _correction_refusal(plan: ActivityPlan, user: User) -> str:
    return turns.step_refusal(plan, "publish_correction", user)
