"""How complete a campaign is, in the accounts that the reader sees; and which one the policy has coming."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from archive import schedule
from archive.filters import UNFINISHED
from archive.models import Snapshot, SnapshotCampaign
from governance import access, clock
from governance.models import PolicyVersion, User

Status = Snapshot.Status


@dataclass(frozen=True)
class Completeness:
    """One campaign in numbers, each with the address of the rows it counts."""

    campaign: SnapshotCampaign
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Answer how many accounts it covers."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Answer how many have their picture."""
        return self.counts.get(Status.DONE, 0)

    @property
    def waiting(self) -> int:
        """Answer how many are still to come."""
        return self.counts.get(Status.ORDERED, 0) + self.counts.get(Status.RUNNING, 0)

    @property
    def failed(self) -> int:
        """Answer how many need somebody."""
        return self.counts.get(Status.FAILED, 0)

    @property
    def cancelled(self) -> int:
        """Answer how many somebody called off."""
        return self.counts.get(Status.CANCELLED, 0)

    @property
    def percent(self) -> int:
        """Answer how much is done, in whole per cent; 100 only when all is."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def urls(self) -> dict[str, str]:
        """Answer where the rows behind each number are."""
        base = reverse("archive:snapshot-list")
        states = {"done": Status.DONE, "waiting": UNFINISHED, "failed": Status.FAILED, "cancelled": Status.CANCELLED}
        return {
            name: f"{base}?{urlencode({'omgang': self.campaign.pk, 'lage': state})}" for name, state in states.items()
        }


def of(campaigns: list[SnapshotCampaign], user: User) -> list[Completeness]:
    """Answer each campaign's numbers, with one query for all."""
    seen = access.visible(user, Snapshot.objects.filter(campaign__in=campaigns), "see_account")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for campaign, status, count in seen.order_by().values_list("campaign", "status").annotate(n=Count("pk")):
        counts[campaign][status] = count
    return [Completeness(campaign, counts[campaign.pk]) for campaign in campaigns]


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
