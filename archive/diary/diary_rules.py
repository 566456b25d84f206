"""What the diary still waits for, as findings (R-ARCH-3, R-MOD-4)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Account
from archive import rules as snapshot_rules
from archive.models import DiaryDestination, DiaryHandover, Record
from governance import clock, workingdays
from governance.models import PolicyVersion, RoleAssignment, User
from governance.permissions import REGISTRAR
from governance.policy.base import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule

# No document says how soon; a week of working days is long enough for a number, and short enough to remember.
NUMBER_DAYS = 5
Status = DiaryHandover.Status


@rule("ARCH-3", DiaryHandover)
def comes_into_the_diary(handover: DiaryHandover, at: datetime) -> Iterator[Verdict]:
    """What was handed over gets its number, and what did not arrive is somebody's to mend."""
    if handover.status in (Status.FAILED, Status.UNCERTAIN):
        yield _verdict(handover, _("En handling kom inte fram till diariet"), due=handover.ordered_at)
    if handover.status == Status.SENT and handover.sent_at is not None:
        due = workingdays.deadline(handover.sent_at, NUMBER_DAYS)
        yield _verdict(handover, _("En överlämnad handling har inget diarienummer"), due=due)


@rule("ARCH-3", Account)
def picture_comes_into_the_diary(account: Account, at: datetime) -> Iterator[Verdict]:
    """Where the policy saves the picture in the diary's system, the latest one is handed over (Lekeberg 7)."""
    version = PolicyVersion.objects.current()
    promised = version.policy.rule("snapshot", account.scope) if version else None
    if version is None or promised is None or promised.saved_to is None or not account.is_running:
        return
    if not DiaryDestination.objects.filter(authority=account.unit.authority_id).exists():
        return
    latest = Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT).order_by("-made_at", "-pk").first()
    if latest is None or latest.handovers.exclude(status=Status.CANCELLED).exists():
        return
    words = {"account": account, "system": promised.saved_to.system}
    yield Verdict(
        text=_("%(account)s: den senaste ögonblicksbilden är inte sparad i %(system)s") % words,
        clause=promised.saved_to.clause,
        strength=promised.saved_to.strength,
        url=latest.get_absolute_url(),
        key="saved_to",
        due_at=latest.kept_at,
        breached_at=workingdays.deadline(latest.kept_at, NUMBER_DAYS),
        who=snapshot_rules.responsible(account, version.policy, promised),
    )


def _verdict(handover: DiaryHandover, text: str, *, due: datetime) -> Verdict:
    return Verdict(
        text=text,
        clause=_(DEFAULT_CLAUSE),
        basis=DEFAULT,
        url=handover.get_absolute_url(),
        key="diary",
        due_at=due,
        who=_who(handover),
    )


def _who(handover: DiaryHandover) -> list[User]:
    """Answer whoever ordered it; what was handed over by itself is the registrar's."""
    if handover.ordered_by is not None and handover.ordered_by.is_active:
        return [handover.ordered_by]
    held = RoleAssignment.objects.in_force(clock.today()).covering(handover.unit).filter(role=REGISTRAR)
    return list(dict.fromkeys(given.user for given in held.select_related("user")))
