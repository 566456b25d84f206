"""What somebody who leaves still holds is a finding until another has it, or nobody needs to (R-REG-9, R-CRED-3)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Account, Duty
from accounts.models.account import RUNNING
from accounts.organisation import answering
from accounts.organisation.staffing import DAYS_AHEAD, rules_of, since
from accounts.plans import amendment, points
from governance import clock
from governance.models import RoleAssignment, Unit, User
from governance.policy.schema import DEFAULT_CLAUSE
from governance.role_words import role_words
from governance.rules import DEFAULT, Verdict, rule
from governance.templatetags.ui import day as in_words

RULE = "LEAVE-1"
HELD = (*RUNNING, Account.Status.APPROVED, Account.Status.LOST)


@rule(RULE, Account)
def nobody_who_left_has_a_duty(account: Account, at: datetime) -> Iterator[Verdict]:
    """A duty of somebody who has left, or has a last day, is taken over or ended."""
    if account.status not in HELD:
        return
    for duty in still_held(account):
        due, late = _times(duty.person, since(account, RULE, f"duty-{duty.pk}", at))
        yield Verdict(
            _said(account, duty),
            DEFAULT_CLAUSE,
            _where(account, duty),
            key=f"duty-{duty.pk}",
            basis=DEFAULT,
            who=answering.people_for(account.unit),
            due_at=due,
            breached_at=late,
        )


@rule(RULE, Unit)
def nobody_who_left_has_a_role(unit: Unit, at: datetime) -> Iterator[Verdict]:
    """A role of somebody who has left is given to another, or ended."""
    lasting = RoleAssignment.objects.filter(unit=unit, valid_to=None, user__is_active=False)
    words = role_words()
    for role in lasting.select_related("user"):
        key = f"role-{role.pk}"
        text = _("%(person)s har slutat men står kvar som %(role)s, %(unit)s. Ge rollen till en efterträdare.")
        yield Verdict(
            text % {"person": role.user, "role": words[role.role].lower(), "unit": unit},
            DEFAULT_CLAUSE,
            reverse("accounts:leaving-show", args=[role.user_id]),
            key=key,
            basis=DEFAULT,
            breached_at=since(unit, RULE, key, at),
            who=answering.keepers(),
        )


def still_held(account: Account) -> list[Duty]:
    """Answer the duties in force of people who have left, or have a last day."""
    held = Duty.objects.of_plan().filter(account=account, valid_to=None, valid_from__isnull=False)
    leaving = held.filter(person__is_active=False) | held.filter(person__leaves_on__isnull=False)
    return list(leaving.select_related("person").order_by("pk"))


def handed_over_in(account: Account, duty: Duty) -> Any:
    """Answer the open version of the plan where the person is no longer named, or None: then nothing is begun."""
    coming = amendment.unfinished(account)
    named = coming is not None and coming.duties.filter(person=duty.person_id, kind=duty.kind).exists()
    return None if named else coming


def _said(account: Account, duty: Duty) -> str:
    rules = rules_of(account)
    facts = {
        "account": account,
        "person": duty.person,
        "duty": points.title_of(duty.kind, rules).lower() if rules else duty.kind,
        "day": in_words(duty.person.leaves_on),
    }
    if handed_over_in(account, duty) is not None:
        return _("%(account)s: den nya planen utan %(person)s som %(duty)s ska godkännas.") % facts
    if duty.person.is_active:
        return _("%(account)s: %(person)s, som är %(duty)s, slutar den %(day)s. Utse en efterträdare.") % facts
    return _("%(account)s: %(person)s har slutat men står kvar som %(duty)s. Utse en efterträdare.") % facts


def _where(account: Account, duty: Duty) -> str:
    plan = handed_over_in(account, duty)
    return plan.get_absolute_url() if plan else reverse("accounts:leaving-show", args=[duty.person_id])


def _times(person: User, seen: datetime) -> tuple[datetime | None, datetime]:
    """Answer from when it is to be done, and since when it is late: a coming last day is known ahead."""
    if person.leaves_on is None:
        return None, seen
    first = clock.at(person.leaves_on + timedelta(days=1), time.min)
    if not person.is_active:
        return None, min(first, seen)
    return clock.at(person.leaves_on - timedelta(days=DAYS_AHEAD), time.min), first
