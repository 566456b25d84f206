"""What the policy promises about snapshots, as findings."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from archive import texts
from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import campaigns, schedule
from archive.snapshots import promised as promising
from archive.snapshots import responsible as answering
from governance import clock
from governance.models import PolicyVersion, User
from governance.policy.schema import Policy
from governance.policy.schema import Snapshot as SnapshotRule
from governance.rules import Verdict, rule

NEEDS_SOMEBODY = (Snapshot.Status.FAILED, Snapshot.Status.ATTENTION)
FAILED = gettext_lazy("%(account)s: ögonblicksbilden misslyckades. %(why)s")
# What the machine needs before somebody is told that a campaign is not done.
TIME_TO_WORK = timedelta(days=1)


@rule("ARCH-1", Account)
def snapshot_in_every_period(account: Account, at: datetime) -> Iterator[Verdict]:
    """A snapshot in every period that the policy promises (R-ARCH-1); and a failed one is somebody's to mend."""
    version, since = PolicyVersion.objects.current(), campaigns.promised_from()
    if not account.is_running or version is None or since is None:
        return
    promised = promising.of(account, version.policy)
    who = responsible(account, version.policy, promised)
    yield from _missing(account, promised, who, since)
    yield from _failed(account, promised, who)


@rule("ARCH-1", SnapshotCampaign)
def campaign_to_the_last_account(campaign: SnapshotCampaign, at: datetime) -> Iterator[Verdict]:
    """A campaign is followed until every account has its picture, or a decision that none is needed (R-ARCH-1)."""
    left = campaign.snapshots.open().count()
    if not left:
        return
    promised = campaign.policy_version.policy.rule("snapshot")
    origin = promised.origin("months" if not promised.is_default("months") else "times_per_year")
    period = schedule.current(promised, campaign.starts_on)
    words = {"campaign": campaign, "left": left, "total": campaign.snapshots.count()}
    yield Verdict(
        text=_("%(campaign)s: %(left)s av %(total)s konton är inte klara") % words,
        clause=origin.clause,
        basis=origin.basis,
        strength=origin.strength,
        url=campaign.get_absolute_url(),
        key="open",
        due_at=campaign.opened_at + TIME_TO_WORK,
        breached_at=clock.at(period.late_from, time.min) if period and period.start == campaign.starts_on else None,
        who=answering.registrars(),
    )


def responsible(account: Account, policy: Policy, promised: SnapshotRule) -> list[User]:
    """Answer whom the policy makes responsible: holders of the duty it names, else of the role that acts for it."""
    return answering.of([account], {account.pk: promised})[account.pk]


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
    """What went wrong with the account's latest picture, and with each item that somebody wanted kept."""
    asked = account.snapshots.exclude(status=Snapshot.Status.CANCELLED)
    page = asked.pages().order_by("-ordered_at", "-pk")[:1]
    items = asked.filter(subject=Snapshot.Subject.ITEM, status__in=NEEDS_SOMEBODY).order_by("pk")
    for snapshot in [*page, *items]:
        if snapshot.status in NEEDS_SOMEBODY:
            yield _to_mend(account, snapshot, promised, who)


def _to_mend(account: Account, snapshot: Snapshot, promised: SnapshotRule, who: list[User]) -> Verdict:
    origin = promised.origin("times_per_year")
    is_item = snapshot.subject == Snapshot.Subject.ITEM
    if snapshot.status == Snapshot.Status.FAILED:
        text = _("%(account)s: inlägget kunde inte bevaras. %(why)s") if is_item else FAILED
        text = text % {"account": account, "why": texts.reason(snapshot.failure_code)}
    else:
        text = _("%(account)s: se över bilden innan den arkiveras") % {"account": account}
    key = "failed" if snapshot.status == Snapshot.Status.FAILED else "attention"
    return Verdict(
        text=text,
        clause=origin.clause,
        basis=origin.basis,
        strength=origin.strength,
        url=snapshot.get_absolute_url(),
        key=f"{key}-{snapshot.pk}" if is_item else key,
        due_at=snapshot.finished_at,
        who=who,
    )


def _latest(account: Account) -> date | None:
    """Answer the day of the account's last picture, or of the last decision that a campaign needs none of it."""
    counts = Q(status=Snapshot.Status.DONE) | Q(status=Snapshot.Status.NOT_NEEDED, campaign__isnull=False)
    ended = account.snapshots.pages().filter(counts, finished_at__isnull=False).order_by("-finished_at").first()
    return clock.local(ended.finished_at).date() if ended and ended.finished_at else None
