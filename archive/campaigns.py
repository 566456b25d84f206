"""Opening a campaign of snapshots: which accounts, for which period, each exactly once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction

from accounts.models import Account
from archive import bell, schedule
from archive.models import Snapshot, SnapshotCampaign
from governance import audit, clock
from governance.models import PolicyVersion, User


def candidates() -> models.QuerySet[Account]:
    """Answer the accounts of which pictures are taken."""
    return Account.objects.running().select_related("unit__authority", "platform")


def open_due(at: datetime, *, by: User | None) -> list[SnapshotCampaign]:
    """Open the campaign of every period that goes on at `at` by the policy; answer those with new orders.

    Late is no hindrance: whoever was down when the period began opens it when he is back. A period that was over
    before the municipality adopted a policy was never promised. Run again, or twice at once, it adds nothing.
    """
    version = PolicyVersion.objects.current()
    since = promised_from()
    if version is None or since is None:
        return []
    groups: dict[date, list[Account]] = defaultdict(list)
    for account in candidates():
        period = schedule.current(version.policy.rule("snapshot", account.scope), clock.local(at).date())
        if period is not None and period.start >= since:
            groups[period.start].append(account)
    opened = [open_one(start, groups[start], version=version, at=at, by=by) for start in sorted(groups)]
    return [campaign for campaign, added in opened if added]


def promised_from() -> date | None:
    """Answer the first day of the month in which the municipality first adopted a policy."""
    adopted = PolicyVersion.objects.filter(status=PolicyVersion.Status.ADOPTED)
    first = adopted.aggregate(at=models.Min("adopted_at"))["at"]
    return schedule.first_of_month(clock.local(first).date()) if first else None


@transaction.atomic
def open_one(
    start: date, accounts: Iterable[Account], *, version: PolicyVersion, at: datetime, by: User | None
) -> tuple[SnapshotCampaign, int]:
    """Open the campaign of a period, or complete the one there is; answer it and how many snapshots it ordered.

    An account that was opened after the campaign has its first picture from its opening.
    """
    campaign, created = SnapshotCampaign.objects.get_or_create(
        period=schedule.label(start),
        defaults={"starts_on": start, "policy_version": version, "opened_at": at, "opened_by": by},
    )
    # One at a time: the second sees what the first made.
    SnapshotCampaign.objects.select_for_update().get(pk=campaign.pk)
    there = set(campaign.snapshots.values_list("account", flat=True))
    missing = [a for a in accounts if a.pk not in there and (a.opened_at is None or a.opened_at <= campaign.opened_at)]
    if created:
        audit.record("snapshotcampaign.open", by=by, obj=campaign, data={"count": len(missing)})
    ordered = Snapshot.objects.bulk_create(_order(campaign, account, by) for account in missing)
    for snapshot in ordered:
        audit.record("snapshot.order", by=by, obj=snapshot, data={"occasion": snapshot.get_occasion_display().lower()})
    bell.ring_on_commit(snapshot.pk for snapshot in ordered)
    return campaign, len(ordered)


def _order(campaign: SnapshotCampaign, account: Account, by: User | None) -> Snapshot:
    now = clock.now()
    return Snapshot(
        account=account,
        unit=account.unit,
        authority=account.unit.authority,
        campaign=campaign,
        occasion=Snapshot.Occasion.CAMPAIGN,
        requested_by=by,
        ordered_at=now,
        next_try_at=now,
        address_asked=account.address,
    )
