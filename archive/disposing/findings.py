"""What the policy and the plan promise about disposal, as findings (R-ARCH-5)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.disposing import planning, proposing
from archive.models import DisposalHold, DocumentKind, Record, RetentionRule
from governance import clock
from governance.models import Authority, PolicyVersion, RoleAssignment, Unit, User
from governance.permissions import REGISTRAR
from governance.policy.base import DEFAULT_CLAUSE, Origin
from governance.rules import Verdict, rule

TIME_TO_DISPOSE = timedelta(days=90)
LONGEST_HOLD = timedelta(days=365)


@rule("ARCH-5", Unit)
def plan_is_followed(unit: Unit, at: datetime) -> Iterator[Verdict]:
    """An authority with records has a plan that says what becomes of each kind, and what is due is disposed of."""
    authority = unit.authority
    if planning.seat(authority) != unit:
        return
    records = Record.objects.filter(authority=authority)
    first = records.aggregate(first=Min("kept_at"))["first"]
    plan = planning.in_force(authority)
    who = _registrars(unit)
    if plan is None:
        if first is not None:
            yield _plan_missing(authority, first, who)
        return
    url = plan.get_absolute_url()
    if _unplanned(records, plan).exists():
        text = _("%(authority)s: planen säger inget om en handlingstyp som används") % {"authority": authority}
        yield _verdict(text, "document_plan", "kinds", url, who, due_at=plan.adopted_at)
    if _undecided(plan).exists():
        text = _("%(authority)s: gallringsbeslut saknas för det som ska gallras") % {"authority": authority}
        yield _verdict(text, "decision", "decision", url, who, due_at=plan.adopted_at, breached_at=plan.adopted_at)
    yield from _due(authority, who)


@rule("ARCH-5", DisposalHold)
def stop_is_looked_at(hold: DisposalHold, at: datetime) -> Iterator[Verdict]:
    """A stop that has lasted a year is looked at again."""
    if hold.ended_at is None:
        origin = Origin(DEFAULT_CLAUSE, "bör", "default")
        yield Verdict(
            text=_("%(hold)s har gällt ett år. Pröva om det behövs.") % {"hold": hold},
            clause=origin.clause,
            basis=origin.basis,
            strength=origin.strength,
            url=hold.get_absolute_url(),
            key="age",
            due_at=hold.made_at + LONGEST_HOLD,
            who=[hold.made_by],
        )


def origin_of(field: str) -> Origin:
    """Answer where it stands: the policy's clause on disposal, else the product's default."""
    version = PolicyVersion.objects.current()
    demand = getattr(version.policy.disposal, field) if version else None
    return demand.origin if demand else Origin(DEFAULT_CLAUSE, "bör", "default")


def _plan_missing(authority: Authority, since: datetime, who: list[User]) -> Verdict:
    text = _("%(authority)s: dokumenthanteringsplan saknas för det som arkiveras") % {"authority": authority}
    return _verdict(text, "document_plan", "plan", reverse("archive:retention-list"), who, due_at=since)


def _due(authority: Authority, who: list[User]) -> Iterator[Verdict]:
    """Time alone makes a record due: the finding stands before, with its moment."""
    waiting = proposing.due(clock.today() + timedelta(days=36_500)).filter(authority=authority)
    first = waiting.aggregate(first=Min("dispose_after"))["first"]
    if first is None:
        return
    begins = clock.at(first + timedelta(days=1), time.min)
    text = _("%(authority)s: handlingar som får gallras väntar på förslag") % {"authority": authority}
    url = reverse("archive:disposal-due")
    yield _verdict(text, "answers", "due", url, who, due_at=begins, breached_at=begins + TIME_TO_DISPOSE)


def _verdict(
    text: str,
    field: str,
    key: str,
    url: str,
    who: list[User],
    *,
    due_at: datetime | None,
    breached_at: datetime | None = None,
) -> Verdict:
    origin = origin_of(field)
    return Verdict(
        text=text,
        clause=origin.clause,
        basis=origin.basis,
        strength=origin.strength,
        url=url,
        key=key,
        due_at=due_at,
        breached_at=breached_at,
        who=who,
    )


def _unplanned(records, plan):
    """Answer the kinds that records of the authority have, and that the plan does not name."""
    used = records.filter(document_kind__isnull=False).order_by().values("document_kind")
    return DocumentKind.objects.filter(pk__in=used).exclude(rules__plan=plan)


def _undecided(plan):
    ended = Q(decision=None) | Q(decision__ended_on__lt=clock.today())
    return plan.rules.filter(ended, fate=RetentionRule.Fate.DISPOSE)


def _registrars(unit: Unit) -> list[User]:
    """Answer the registrars nearest above the authority's seat."""
    covering = RoleAssignment.objects.in_force(clock.today()).covering(unit).filter(role=REGISTRAR)
    held = list(covering.select_related("user"))
    return list(dict.fromkeys(given.user for given in held if given.unit_id == held[0].unit_id))
