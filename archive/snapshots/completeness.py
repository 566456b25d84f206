"""How complete a campaign is, in the accounts that the reader sees; and which one the policy has coming."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Max, Q

from accounts.models import Account
from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import queueing, schedule
from archive.snapshots.snapshot_filters import NEEDS_SOMEBODY, UNFINISHED, UPLOADED
from governance import access, clock
from governance.models import PolicyVersion, User

Status = Snapshot.Status
OUTSIDE_SHOWN = 50
# How the rows behind a number are asked for in the campaign's own list.
STATES = {
    "done": Status.DONE,
    "uploaded": UPLOADED,
    "not_needed": Status.NOT_NEEDED,
    "waiting": UNFINISHED,
    "attention": Status.ATTENTION,
    "failed": Status.FAILED,
    "cancelled": Status.CANCELLED,
    "needs_somebody": NEEDS_SOMEBODY,
}


@dataclass(frozen=True)
class Completeness:
    """One campaign in numbers, each with the address of the rows it counts."""

    campaign: SnapshotCampaign
    counts: dict[str, int]
    uploaded: int = 0
    last_end: datetime | None = None

    @property
    def total(self) -> int:
        """Answer how many accounts it covers."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Answer how many have their picture, taken here or uploaded."""
        return self.counts.get(Status.DONE, 0)

    @property
    def not_needed(self) -> int:
        """Answer of how many it was decided that no picture is needed."""
        return self.counts.get(Status.NOT_NEEDED, 0)

    @property
    def ended(self) -> int:
        """Answer about how many nothing is left to do."""
        return self.done + self.not_needed

    @property
    def waiting(self) -> int:
        """Answer how many are still to come."""
        return self.counts.get(Status.ORDERED, 0) + self.counts.get(Status.RUNNING, 0)

    @property
    def attention(self) -> int:
        """Answer how many pages somebody must look at."""
        return self.counts.get(Status.ATTENTION, 0)

    @property
    def failed(self) -> int:
        """Answer how many could not be taken."""
        return self.counts.get(Status.FAILED, 0)

    @property
    def cancelled(self) -> int:
        """Answer how many somebody called off."""
        return self.counts.get(Status.CANCELLED, 0)

    @property
    def needs_somebody(self) -> int:
        """Answer how many stand still until somebody does something."""
        return self.attention + self.failed + self.cancelled

    @property
    def is_finished(self) -> bool:
        """Answer whether every account has ended."""
        return self.total > 0 and self.ended == self.total

    @property
    def finished_at(self) -> datetime | None:
        """Answer when the last account ended, where all have."""
        return self.last_end if self.is_finished else None

    @property
    def percent(self) -> int:
        """Answer how much has ended, in whole per cent; 100 only when all has."""
        return 100 * self.ended // self.total if self.total else 0

    @property
    def urls(self) -> dict[str, str]:
        """Answer where the rows behind each number are."""
        base = self.campaign.get_absolute_url()
        return {name: f"{base}?{urlencode({'lage': state})}#lista" for name, state in STATES.items()}


def of(campaigns: list[SnapshotCampaign], user: User) -> list[Completeness]:
    """Answer each campaign's numbers, with one query for all."""
    seen = access.visible(user, Snapshot.objects.filter(campaign__in=campaigns), "see_account")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    uploads: dict[int, int] = defaultdict(int)
    ends: dict[int, datetime] = {}
    uploaded = Count("pk", filter=Q(status=Status.DONE, origin=Snapshot.Origin.UPLOADED))
    rows = seen.order_by().values("campaign", "status").annotate(n=Count("pk"), up=uploaded, end=Max("finished_at"))
    for row in rows:
        pk = row["campaign"]
        counts[pk][row["status"]] = row["n"]
        uploads[pk] += row["up"]
        if row["end"]:
            ends[pk] = max(row["end"], ends.get(pk, row["end"]))
    return [Completeness(each, counts[each.pk], uploads[each.pk], ends.get(each.pk)) for each in campaigns]


def outside(campaign: SnapshotCampaign, user: User) -> list[Account]:
    """Answer the open accounts that a campaign does not cover: opened after it, each with a picture of its own."""
    there = campaign.snapshots.order_by().values("account")
    late = Account.objects.running().filter(opened_at__gt=campaign.opened_at).exclude(pk__in=there)
    later = SnapshotCampaign.objects.filter(starts_on__gt=campaign.starts_on).order_by("starts_on").first()
    if later is not None:
        late = late.filter(opened_at__lte=later.opened_at)
    return list(access.visible(user, late, "see_account").select_related("platform", "unit")[:OUTSIDE_SHOWN])


def time_left(campaign: SnapshotCampaign) -> timedelta | None:
    """Answer how long the campaign needs at least, judged by recent runs; None where nothing waits or is known.

    Whichever is longer: all that waits with every worker at it, or the pages of one website one after another.
    """
    waiting = campaign.snapshots.unfinished().order_by().values_list("host").annotate(n=Count("pk"))
    counts = dict(waiting)
    usual = queueing.usual_time() if counts else None
    if usual is None:
        return None
    alone = max((count for host, count in counts.items() if host), default=0)
    return usual * max(alone, math.ceil(sum(counts.values()) / settings.CAPTURE_WORKERS))


def coming() -> date | None:
    """Answer when the policy's general rule opens the next campaign; None where it schedules none."""
    version = PolicyVersion.objects.current()
    if version is None:
        return None
    period = schedule.current(version.policy.rule("snapshot"), clock.today())
    return period.end if period else None


def source() -> str:
    """Answer what names the months of the campaigns: a clause of the policy, or that it is the product's default."""
    version = PolicyVersion.objects.current()
    return version.policy.rule("snapshot").origin("months").clause if version else ""
