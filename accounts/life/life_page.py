"""What an account's page says of its life, and what this person can do with it now."""

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from accounts.life import advice, changes, closing, exemption, lost, seasons, uses
from accounts.life.advice import Advice
from accounts.models import Account, AccountChange, ActivityPlan, Waiver
from accounts.organisation import responsibility
from governance import access, workflow
from governance.models import PolicyVersion, User
from governance.templatetags.workflow import step_url
from governance.workflow import Refused, Step

# Taken where the closing is gone through, not on the account's page.
ELSEWHERE = ("keep",)
CLOSABLE = (Account.Status.ACTIVE, Account.Status.PAUSED, Account.Status.LOST)


@dataclass(frozen=True)
class AdviceRow:
    """What the policy would rather see, and the deviation that was decided, if any."""

    advice: Advice
    waiver: Waiver | None


def context(account: Account, user: User) -> dict[str, Any]:
    """Answer what the page shows of the account's life, and the buttons of this person."""
    status = account.status
    waits = exemption.waits(account)
    may_open = access.can(user, "open_account", account)
    may_close = access.can(user, "close_account", account)
    return {
        "may_open": status == Account.Status.APPROVED and may_open and _has_plan(account),
        "may_open_exempt": waits and may_open,
        "waits_without_plan": waits,
        "may_edit": changes.may_edit(account, user),
        "may_pause": status == Account.Status.ACTIVE and access.can(user, "pause_account", account),
        "may_close": status in CLOSABLE and may_close,
        "closing": closing.current(account) if status == Account.Status.CLOSING else None,
        "loss": lost.current(account) if status == Account.Status.LOST else None,
        "had_losses": account.losses.exists(),
        "waiting_changes": _waiting_changes(account),
        "steps": [button(account, step) for step in offered(account, user)],
        "uses": uses.labels(account, PolicyVersion.objects.current()),
        "season": seasons.in_words(account),
        "answers": responsibility.lines(account),
        "publishing_units": list(account.publishing_units.all()),
        "advice": advice_rows(account),
        "may_waive": access.can(user, "publish_account", account),
        "inherited": account.plan_due_on is not None and account.is_running and not _has_plan(account),
    }


def offered(account: Account, user: User) -> list[Step]:
    """Answer the steps with a button that this person may take and no guard of ours refuses."""
    steps = [step for step in workflow.available(account, user) if step.name not in ELSEWHERE]
    return [step for step in steps if not _refused(account, step, user)]


def advice_rows(account: Account) -> list[AdviceRow]:
    """Answer what the policy would rather see of name and visibility, each with its deviation."""
    if account.status in changes.OVER:
        return []
    in_force = {each.key: each for each in Waiver.objects.in_force().filter(account=account).select_related("by")}
    return [AdviceRow(each, in_force.get(each.key)) for each in advice.of(account)]


def _waiting_changes(account: Account) -> list[AccountChange]:
    waiting = AccountChange.objects.filter(account=account, status=AccountChange.Status.WAITING)
    return list(waiting.select_related("made_by"))


def _refused(account: Account, step: Step, user: User) -> bool:
    try:
        if step.guard:
            import_string(step.guard)(account, user)
    except Refused:
        return True
    return False


def button(account: Account, step: Step) -> dict[str, Any]:
    """Answer a step as the buttons' component takes it."""
    return {
        "name": step.name,
        "label": step.label,
        "color": step.color,
        "asks_reason": step.asks_reason,
        "url": step_url(account, step.name),
    }


def _has_plan(account: Account) -> bool:
    return account.plans.filter(status=ActivityPlan.Status.APPROVED).exists()
