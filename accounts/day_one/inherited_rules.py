"""An account that was there before owes its plan by a day; and what people are to do on accounts, for their mail."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import people
from accounts.day_one import inheriting
from accounts.models import Account, ActivityPlan, Duty
from governance import access, clock, invitations
from governance.models import PolicyVersion
from governance.rules import Verdict, rule


@rule("PLAN-1", Account)
def inherited_gets_its_plan(account: Account, at: datetime) -> Iterator[Verdict]:
    """To be done from the day it was taken over, late after the day its plan should have been in force (R-PLAN-1)."""
    version = PolicyVersion.objects.current()
    if account.plan_due_on is None or version is None or not account.is_running:
        return
    plans = account.plans.order_by("-version")
    if plans.filter(status=ActivityPlan.Status.APPROVED).exists():
        return
    _days, origin = inheriting.days(version.policy.rule("plan", account.scope))
    begun = plans.first()
    words = _("%(account)s fanns före Uppsikt och saknar plan. Planen ska gälla senast %(day)s.")
    answering = [*access.holders("edit_plan", account), *people.managers(account.unit)]
    yield Verdict(
        words % {"account": account, "day": date_format(account.plan_due_on, "j F Y")},
        origin.clause,
        (begun or account).get_absolute_url(),
        basis=origin.basis,
        strength=origin.strength,
        due_at=account.proposed_at,
        breached_at=clock.at(account.plan_due_on + timedelta(days=1), time.min),
        who=list(dict.fromkeys(answering)),
    )


def titles(ids: list[int]) -> dict[int, list[str]]:
    """Answer the titles of people's duties, by person: what they are, never on which account."""
    version = PolicyVersion.objects.current()
    held = Duty.objects.named().of_plan().filter(person__in=ids).order_by("pk")
    found: dict[int, list[str]] = {}
    for person, kind in held.values_list("person", "kind").distinct():
        duty = version.policy.plan.duty(kind) if version else None
        word = duty.title if duty else version.policy.word(kind).capitalize() if version else kind
        found.setdefault(person, []).append(word)
    return found


invitations.tell_of("accounts", titles)
