"""The least number of people an account may have, and who must act when it is undercut or is about to be (R-PLAN-2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.life import exemption
from accounts.models import Account, ActivityPlan, Duty
from accounts.models.account import RUNNING
from accounts.organisation import answering
from accounts.plans import completeness
from accounts.plans.completeness import Gap
from governance import clock
from governance.models import Finding, PolicyVersion
from governance.policy.schema import Plan
from governance.rules import Verdict, rule
from governance.templatetags.ui import day as in_words

# No policy says how long before a last day a successor must be found; this is the product's own number.
DAYS_AHEAD = 30


@rule("PLAN-2", Account)
def account_is_staffed(account: Account, at: datetime) -> Iterator[Verdict]:
    """A running account keeps the people its policy demands; whoever answers mends it when somebody leaves."""
    rules = rules_of(account)
    if account.status not in RUNNING or rules is None:
        return
    duties = list(Duty.objects.in_force().filter(account=account).select_related("person"))
    missing = completeness.undercut(rules, duties)
    for gap in missing:
        yield _verdict(account, gap, _said(account, gap), breached=_left_at(account, gap.key, at))
    known = {gap.key for gap in missing}
    for last, left in _who_remain(duties, clock.local(at).date()):
        for gap in completeness.undercut(rules, left):
            if gap.key not in known:
                known.add(gap.key)
                yield _coming(account, gap, last)


def rules_of(account: Account) -> Plan | None:
    """Answer what the plan in force is held to, else what the policy in force demands; None where neither is."""
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).select_related("policy_version").first()
    if plan is not None:
        return plan.rules
    version = PolicyVersion.objects.current()
    if version is None or exemption.of(account) is not None:
        return None
    return version.policy.rule("plan", account.scope)


def since(obj: models.Model, name: str, key: str, at: datetime) -> datetime:
    """Answer since when a finding is late, where nothing else tells: when it was first seen."""
    subject = {"subject_type": obj._meta.label_lower, "subject_id": obj.pk}
    known = Finding.objects.filter(rule=name, key=key, breached_at__lte=at, **subject).first()
    return known.breached_at if known and known.breached_at else at


def _who_remain(duties: list[Duty], today: date) -> Iterator[tuple[date, list[Duty]]]:
    """Yield each coming last day of somebody named, with the duties that are left after it."""
    days = sorted({duty.person.leaves_on for duty in duties if duty.person.leaves_on})
    for last in days:
        if last >= today:
            yield last, [duty for duty in duties if not duty.person.leaves_on or duty.person.leaves_on > last]


def _coming(account: Account, gap: Gap, last: date) -> Verdict:
    text = _("%(account)s, efter den %(day)s: %(gap)s") % {
        "account": account,
        "day": in_words(last),
        "gap": gap.text,
    }
    due = clock.at(last - timedelta(days=DAYS_AHEAD), time.min)
    return _verdict(account, gap, text, due=due, breached=clock.at(last + timedelta(days=1), time.min))


def _said(account: Account, gap: Gap) -> str:
    return _("%(account)s: %(gap)s") % {"account": account, "gap": gap.text}


def _verdict(account: Account, gap: Gap, text: str, *, breached: datetime, due: datetime | None = None) -> Verdict:
    return Verdict(
        text,
        gap.origin.clause,
        account.get_absolute_url(),
        key=gap.key,
        basis=gap.origin.basis,
        strength=gap.origin.strength,
        due_at=due,
        breached_at=breached,
        who=answering.people_for(account.unit),
    )


def _left_at(account: Account, kind: str, at: datetime) -> datetime:
    """Answer since when somebody is missing: the day a duty ended, else when it was first seen."""
    ended = Duty.objects.filter(account=account, kind=kind).aggregate(last=Max("valid_to"))["last"]
    gone = Duty.objects.filter(account=account, kind=kind, valid_to=None, person__is_active=False).exists()
    if ended and not gone:
        return clock.at(ended, time.min)
    return since(account, "PLAN-2", kind, at)
