"""What an account's page shows to one person: only what this person may see of each thing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.life import life_page
from accounts.models import Account, AccountChange, ActivityPlan, Closing, Duty, Loss, Waiver
from accounts.plans import points, prerequisites
from governance import access, audit, clock, panels
from governance.models import AuditEvent, Finding, PolicyVersion, User
from governance.views.findings import Row, rows

HISTORY_SHOWN = 8
# Rounds and snapshots have panels of their own, and would drown the rest.
OWN_HISTORY = [model._meta.label_lower for model in (Account, ActivityPlan, AccountChange, Waiver, Closing, Loss)]
BESIDE = range(30, 50)  # information, and how one gets in
COLORS = {
    Account.Status.PROPOSED: "info",
    Account.Status.REJECTED: "danger",
    Account.Status.APPROVED: "warning",
    Account.Status.ACTIVE: "success",
    Account.Status.PAUSED: "info",
    Account.Status.CLOSING: "warning",
    Account.Status.CLOSED: "neutral",
    Account.Status.LOST: "danger",
    Account.Status.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class Holder:
    """Somebody with a duty on the account, and what the policy calls it."""

    duty: Duty
    title: str


def context(account: Account, user: User, request: HttpRequest) -> dict[str, Any]:
    """Answer everything the page needs."""
    plans = list(access.visible(user, account.plans.select_related("policy_version"), "see_plan"))
    return {
        "account": account,
        "color": COLORS[Account.Status(account.status)],
        "plans": plans,
        "holders": _holders(account),
        "findings": _findings(account, user),
        "confirmed": _confirmed(account, plans),
        "history": _history(account, user, plans),
        "may_read_log": access.can(user, "see_audit", account),
        **life_page.context(account, user),
        **_panels(account, user, request),
    }


def _holders(account: Account) -> list[Holder]:
    """Answer who has a duty now, or will have it when the plan is approved, in the policy's order."""
    duties = list(
        Duty.objects.named()
        .of_plan()
        .filter(account=account)
        .select_related("person", "plan", "mission_by")
        .order_by("pk")
    )
    plan = account.plans.select_related("policy_version").first()
    version = PolicyVersion.objects.current()
    rules = plan.rules if plan else version.policy.rule("plan", account.scope) if version else None
    if rules is None:
        return []
    held = {(duty.person_id, duty.kind) for duty in duties if duty.valid_from}
    duties = [duty for duty in duties if duty.valid_from or (duty.person_id, duty.kind) not in held]
    order = [rule.kind for rule in rules.duties]
    duties.sort(key=lambda duty: order.index(duty.kind) if duty.kind in order else len(order))
    return [Holder(duty, points.title_of(duty.kind, rules)) for duty in duties]


def _confirmed(account: Account, plans: list[ActivityPlan]) -> list[str]:
    """Answer what was said to be so when the account was opened, in the words of the plan's policy."""
    events = AuditEvent.objects.filter(account_id=account.pk, action="account.open")
    event = events.first() if plans else None
    return prerequisites.texts(event.data.get("confirmed", []), plans[0].rules) if event else []


def _findings(account: Account, user: User) -> list[Row]:
    """Answer what is to be done or late here, as far as the reader sees findings, or must act."""
    by_role = access.visible(user, Finding.objects.all(), "see_findings")
    seen = Q(pk__in=by_role.values("pk")) | Q(pk__in=Finding.objects.of(user).values("pk"))
    at = clock.now()
    return rows(list(Finding.objects.filter(seen, account_id=account.pk).open(at).select_related("unit")), at)


def _history(account: Account, user: User, plans: list[ActivityPlan]) -> list[tuple[AuditEvent, str]]:
    """Answer the latest of the account's own events as sentences; of the plans only what the reader sees."""
    events = AuditEvent.objects.filter(account_id=account.pk, object_type__in=OWN_HISTORY)
    if not access.can(user, "see_audit", account):
        of_account = ~Q(object_type=ActivityPlan._meta.label_lower)
        of_plans = Q(object_type=ActivityPlan._meta.label_lower, object_id__in=[plan.pk for plan in plans])
        events = events.filter(of_account | of_plans)
    return audit.with_sentences(list(events[:HISTORY_SHOWN]))


def _panels(account: Account, user: User, request: HttpRequest) -> dict[str, list[SafeString]]:
    """Answer the apps' panels, drawn: those that are short stand beside, the others one after another."""
    drawn: dict[str, list[SafeString]] = {"panels": [], "beside": []}
    for order, panel in panels.account_panels_for(user, account):
        place = "beside" if order in BESIDE else "panels"
        drawn[place].append(render_to_string(panel.template, panel.context, request))
    return drawn
