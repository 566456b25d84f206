"""Opening a campaign of snapshots: which accounts, for which period, each exactly once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import ordering, responsible, schedule
from governance import audit, clock, notices, rules
from governance.models import AuditEvent, PolicyVersion, User
from governance.workflow import Refused, perform

Status = Snapshot.Status
# What nobody needs any more once the account is closed; a page that waits to be looked at is looked at all the same.
LAPSING = (Status.ORDERED, Status.FAILED, Status.CANCELLED)


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
    accounts = list(candidates())
    promised = responsible.rules(accounts, version.policy)
    for account in accounts:
        period = schedule.current(promised[account.pk], clock.local(at).date())
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
    orders = (
        ordering.made(account, by=by, occasion=Snapshot.Occasion.CAMPAIGN, campaign=campaign) for account in missing
    )
    ordered = Snapshot.objects.bulk_create(orders)
    ordering.note(ordered, by)
    return campaign, len(ordered)


def lapse(snapshot: Snapshot) -> None:
    """End a snapshot of an account that was closed meanwhile; one that just ended otherwise stays as it is."""
    try:
        perform(snapshot, "lapse", by=None, data={"why": _("Kontot är avslutat, och avslutet har sin egen bild.")})
    except Refused:
        return


def follow(campaign: SnapshotCampaign) -> None:
    """Say what is left of a campaign as a finding; where nothing is, write it to the log and tell its followers, once.

    A campaign that somebody reopened, by trying one of its accounts again, ends a second time without a word.
    """
    rules.evaluate(campaign)
    SnapshotCampaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.snapshots.open().exists() or not campaign.snapshots.exists() or _has_ended(campaign):
        return
    count = campaign.snapshots.count()
    audit.record("snapshotcampaign.finish", by=None, obj=campaign, data={"count": count})
    words = {"campaign": campaign, "count": count}
    for person in responsible.registrars():
        notices.send(
            "campaign_finished",
            to=person,
            key=f"campaign-finished-{campaign.pk}-{person.pk}",
            subject=_("%(campaign)s är avslutad") % words,
            body=_("%(campaign)s är avslutad: alla %(count)s konton har fått sin bild eller ett beslut.") % words,
            url=campaign.get_absolute_url(),
        )


def _has_ended(campaign: SnapshotCampaign) -> bool:
    ends = AuditEvent.objects.filter(action="snapshotcampaign.finish", object_type=campaign._meta.label_lower)
    return ends.filter(object_id=campaign.pk).exists()
