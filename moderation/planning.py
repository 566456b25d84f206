"""Rounds made ahead: the rows of what will be due, from the policy and the plan in force.

A round that has begun stays as it is. One that has not begun follows the schedule of the day: it is replaced when the
policy, the plan or the unit changes.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, ActivityPlan
from governance import clock, rules
from governance.models import PolicyVersion
from moderation import schedule
from moderation.models import Round
from moderation.schedule import Due, PlanDays

logger = logging.getLogger(__name__)

AHEAD = timedelta(days=14)
FACTS = ("due_from", "due_at", "escalate_at", "clause", "strength", "basis", "unit_id", "policy_version_id")


def plan_all(at: datetime) -> int:
    """Make the rounds ahead for every account that is in use; answer for how many accounts anything changed."""
    version = PolicyVersion.objects.current()
    if version is None:
        return 0
    return sum(_plan_or_log(account, version, at) for account in list(Account.objects.running().order_by("pk")))


def _plan_or_log(account: Account, version: PolicyVersion, at: datetime) -> bool:
    try:
        return plan_account(account, version, at)
    except Exception:  # whatever one account fails with, the others are planned, and it is tried again in an hour
        logger.exception("the rounds of account %s could not be planned", account.pk)
        return False


def plan_account(account: Account, version: PolicyVersion, at: datetime) -> bool:
    """Make the account's rounds ahead; answer whether anything changed. Safe to run twice at once."""
    with transaction.atomic():
        locked = Account.objects.select_for_update(of=("self",)).select_related("unit", "platform").get(pk=account.pk)
        changed = _replace(locked, [_row(locked, version, due) for due in promised(locked, version, at)], at)
        if changed:
            rules.evaluate(locked)
    return changed


def end_rounds(account: Account, at: datetime) -> int:
    """Take away what was still to come at `at`, when the account ended; answer how many. Safe to run twice."""
    with transaction.atomic():
        locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if locked.is_running:
            return 0
        left = Round.objects.filter(account=locked, status=Round.Status.DUE, due_at__gt=at)
        return left.delete()[0]


def promised(account: Account, version: PolicyVersion, at: datetime) -> list[Due]:
    """Answer what will be due: each round whose whole time lies after `at` and after the account's opening.

    So nobody misses a round on an account that was opened, or came under a schedule, in the middle of it. Nothing on an
    account that is closed, or lost: nobody can look after it.
    """
    if not account.is_running:
        return []
    begin = max(at, account.opened_at or at)
    oversight = version.policy.rule("oversight", account.scope)
    first, last = clock.local(begin).date(), clock.local(at + AHEAD).date()
    return [due for due in schedule.due_rounds(oversight, days_of_plan(account), first, last) if due.due_from >= begin]


def days_of_plan(account: Account) -> PlanDays:
    """Answer the weekdays that the account's plan in force promises."""
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).first()
    if plan is None:
        return PlanDays()
    name = _("Kontots plan, version %(version)s") % {"version": plan.version}
    return PlanDays(tuple(sorted(plan.watch_days)), plan.watch_on_holidays, name)


def _row(account: Account, version: PolicyVersion, due: Due) -> Round:
    return Round(
        account=account,
        unit=account.unit,
        authority=account.authority,
        policy_version=version,
        due_from=due.due_from,
        due_at=due.due_at,
        escalate_at=due.escalate_at,
        clause=due.source.clause,
        strength=due.source.strength,
        basis=due.source.basis,
    )


def _replace(account: Account, wanted: Iterable[Round], at: datetime) -> bool:
    coming = {_facts(row): row.pk for row in Round.objects.coming(at).filter(account=account)}
    missing = {_facts(row): row for row in wanted}
    stale = [pk for facts, pk in coming.items() if facts not in missing]
    Round.objects.filter(pk__in=stale).delete()
    new = [row for facts, row in missing.items() if facts not in coming]
    # A round that has begun keeps its due time even where the new schedule ends at the same moment.
    Round.objects.bulk_create(new, ignore_conflicts=True)
    return bool(stale or new)


def _facts(row: Round) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in FACTS)
