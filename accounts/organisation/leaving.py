"""Letting others take over what somebody held: duties through the plan's next version, roles at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import amendment, completeness, drafts, points
from accounts.plans.drafts import Named
from accounts.signatures import signing
from governance import audit, clock, people
from governance.models import RoleAssignment, User
from governance.workflow import perform

Successors = Mapping[int, User | None]  # duty or role -> who takes it over; None: nobody does


@dataclass
class Outcome:
    """What became of it: plans before their signers, plans still to be written, duties that went at once, roles."""

    submitted: list[ActivityPlan] = field(default_factory=list)
    drafts: list[tuple[ActivityPlan, str]] = field(default_factory=list)
    at_once: list[Account] = field(default_factory=list)
    roles: int = 0


@transaction.atomic
def hand_over(person: User, *, by: User, duties_to: Successors, roles_to: Successors) -> Outcome:
    """Hand over what is chosen of what a person holds; what is not among the keys is left for later.

    Raises Refused where an account's plan cannot be changed now.
    """
    outcome = Outcome()
    held = Duty.objects.select_related("account__platform", "account__unit", "plan", "person")
    chosen = held.filter(pk__in=duties_to, person=person, valid_to=None).order_by("account", "pk")
    for account, same in groupby(chosen, key=lambda duty: duty.account):
        _hand_over_account(account, list(same), duties_to, by=by, outcome=outcome)
    roles = RoleAssignment.objects.select_related("unit", "user").filter(pk__in=roles_to, user=person)
    for role in roles.order_by("pk"):
        _hand_over_role(role, roles_to[role.pk], by=by)
        outcome.roles += 1
    return outcome


def _hand_over_account(account: Account, held: list[Duty], to: Successors, *, by: User, outcome: Outcome) -> None:
    by_plan = [duty for duty in held if duty.plan_id]
    inherited = [duty for duty in held if duty.plan_id is None]
    for duty in inherited:
        _replace_at_once(duty, to[duty.pk], by=by)
    if inherited:
        duties.project(account)
        outcome.at_once.append(account)
    if not by_plan:
        return
    plan, own = _draft(account, by=by)
    drafts.save(plan, by=by, fields={}, people=_renamed(plan, by_plan, to))
    plan.refresh_from_db()
    if why := _unfinished(plan, own):
        outcome.drafts.append((plan, why))
    else:
        outcome.submitted.append(perform(plan, "submit", by=by))


def _draft(account: Account, *, by: User) -> tuple[ActivityPlan, bool]:
    """Answer the account's open version as a draft, and whether nothing else is being written in it.

    One that lies before its signers is taken back first.
    """
    before = amendment.unfinished(account)
    plan = amendment.begin(account, by=by)
    if plan.status == ActivityPlan.Status.SIGNING:
        reason = _("Någon som är utsedd på kontot slutar, och planen ska skrivas om.")
        return perform(plan, "recall", by=by, reason=reason), True
    return plan, before is None


def _unfinished(plan: ActivityPlan, own: bool) -> str:
    """Answer why the plan cannot be submitted yet, or nothing."""
    if missing := completeness.blocking(plan):
        return " ".join(gap.text for gap in missing)
    if not own:
        return _("Någon skriver redan på en ny version. Namnen är bytta i utkastet; lämna det när det är klart.")
    if not signing.approvers(plan):
        return _("Det finns ingen som kan godkänna planen: ingen chef utan eget ansvar på kontot.")
    return ""


def _renamed(plan: ActivityPlan, held: Sequence[Duty], to: Successors) -> dict[str, Named]:
    """Answer who is named for each duty that changes: successors in the place of those who go."""
    rules = plan.rules
    named: dict[str, Named] = {}
    for kind in dict.fromkeys(duty.kind for duty in held):
        instead = {duty.person_id: to[duty.pk] for duty in held if duty.kind == kind}
        rows = plan.duties.filter(kind=kind).select_related("person").order_by("pk")
        kept = [(row.person, row.email, row.phone) for row in rows if row.person_id not in instead]
        reached = points.home_of(kind, rules) in points.REACHED
        new = [_reached(user, plan) if reached else (user, "", "") for user in instead.values() if user is not None]
        known = {person.pk for person, _email, _phone in kept}
        named[kind] = [*kept, *(row for row in new if row[0].pk not in known)]
    return named


def _reached(user: User, plan: ActivityPlan) -> tuple[User, str, str]:
    """Answer a person with how he or she is reached; one who is protected through the unit's function address."""
    return user, user.shown_email or plan.unit.email, user.shown_phone


def _replace_at_once(duty: Duty, successor: User | None, *, by: User) -> None:
    """Let another take over a duty that no plan gives: it was inherited with the account."""
    today = clock.today()
    Duty.objects.filter(pk=duty.pk).update(valid_to=today)
    if successor is None:
        audit.record("account.end_duty", by=by, obj=duty.account, personal={"person": duty.person.name})
        return
    same = {"account": duty.account, "person": successor, "kind": duty.kind, "plan": None, "valid_to": None}
    if not Duty.objects.filter(**same).exists():
        Duty.objects.create(**same, valid_from=today, mission_by=by, email=successor.shown_email)
    personal = {"person": duty.person.name, "successor": successor.name}
    audit.record("account.hand_over", by=by, obj=duty.account, data={"duty": duty.kind}, personal=personal)


def _hand_over_role(role: RoleAssignment, successor: User | None, *, by: User) -> None:
    """Give the role to a successor, without the right to read what is secret, and end it for the one who leaves."""
    if successor is not None:
        first = max(role.valid_from, clock.today())
        people.give_role(successor, role=role.role, unit=role.unit, by=by, valid_from=first, valid_to=role.valid_to)
    last = role.user.leaves_on
    if role.user.is_active and last and last >= clock.today():
        people.limit_role(role, last_day=last, by=by)
    else:
        people.end_role(role, by=by)
