"""What the policy promises about snapshots, as findings."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Account, Duty
from archive import campaigns, schedule, texts
from archive.models import Snapshot
from governance import clock
from governance.models import PolicyVersion, RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER, DUTIES
from governance.policy.schema import ACTS_AS, Policy
from governance.policy.schema import Snapshot as SnapshotRule
from governance.rules import Verdict, rule


@rule("ARCH-1", Account)
def snapshot_in_every_period(account: Account, at: datetime) -> Iterator[Verdict]:
    """A snapshot in every period that the policy promises (R-ARCH-1); and a failed one is somebody's to mend."""
    version, since = PolicyVersion.objects.current(), campaigns.promised_from()
    if not account.is_running or version is None or since is None:
        return
    promised = version.policy.rule("snapshot", account.scope)
    who = responsible(account, version.policy, promised)
    yield from _missing(account, promised, who, since)
    yield from _failed(account, promised, who)


def responsible(account: Account, policy: Policy, promised: SnapshotRule) -> list[User]:
    """Answer whom the policy makes responsible: holders of the duty it names, else of the role that acts for it."""
    named = promised.responsible.who if promised.responsible else COMMUNICATIONS_OFFICER
    if named in DUTIES:
        duties = Duty.objects.in_force().filter(account=account, kind=named).select_related("person")
        if people := [duty.person for duty in duties]:
            return people
    role = ACTS_AS.get(named, named)
    return _in_role(account, role) or _in_role(account, COMMUNICATIONS_OFFICER)


def _missing(account: Account, promised: SnapshotRule, who: list[User], since: date) -> Iterator[Verdict]:
    last = _latest(account)
    begun = max(since, clock.local(account.opened_at).date()) if account.opened_at else since
    period = schedule.unmet(promised, last=last, since=begun)
    if period is None:
        return
    origin = promised.origin("months" if not promised.is_default("months") else "times_per_year")
    month = date_format(period.start, "F Y")
    yield Verdict(
        text=_("%(account)s: ögonblicksbild för perioden från %(month)s") % {"account": account, "month": month},
        clause=origin.clause,
        basis=origin.basis,
        strength=origin.strength,
        url=account.get_absolute_url(),
        key="period",
        due_at=clock.at(period.start, time.min),
        breached_at=clock.at(period.late_from, time.min),
        who=who,
    )


def _failed(account: Account, promised: SnapshotRule, who: list[User]) -> Iterator[Verdict]:
    last = account.snapshots.exclude(status=Snapshot.Status.CANCELLED).order_by("-ordered_at", "-pk").first()
    if last is None or last.status != Snapshot.Status.FAILED:
        return
    origin = promised.origin("times_per_year")
    why = texts.reason(last.failure_code)
    yield Verdict(
        text=_("%(account)s: ögonblicksbilden misslyckades. %(why)s") % {"account": account, "why": why},
        clause=origin.clause,
        basis=origin.basis,
        strength=origin.strength,
        url=last.get_absolute_url(),
        key="failed",
        due_at=last.finished_at,
        who=who,
    )


def _latest(account: Account) -> date | None:
    done = account.snapshots.filter(status=Snapshot.Status.DONE).order_by("-finished_at").first()
    return clock.local(done.finished_at).date() if done and done.finished_at else None


def _in_role(account: Account, role: str) -> list[User]:
    """Answer those who hold the role nearest the account: on its unit, else on the next one above."""
    covering = RoleAssignment.objects.in_force(clock.today()).covering(account.unit)
    held = list(covering.filter(role=role).select_related("user"))
    return list(dict.fromkeys(given.user for given in held if given.unit_id == held[0].unit_id))
