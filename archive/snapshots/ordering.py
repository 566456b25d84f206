"""What an order of a snapshot is made of, whoever orders: a person, a campaign, or the account's opening."""

from collections.abc import Collection

from django.db import models

from accounts.models import Account
from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import bell, hosts
from governance import audit, clock
from governance.models import Unit, User


def made(
    account: Account,
    *,
    by: User | None,
    occasion: str,
    campaign: SnapshotCampaign | None = None,
    link: str = "",
) -> Snapshot:
    """Answer an order that is not saved yet: of the account's page, or of the item that `link` leads to."""
    now, address = clock.now(), link or account.address
    return Snapshot(
        account=account,
        unit=account.unit,
        authority=account.unit.authority,
        campaign=campaign,
        occasion=occasion,
        subject=Snapshot.Subject.ITEM if link else Snapshot.Subject.PAGE,
        requested_by=by,
        ordered_at=now,
        next_try_at=now,
        address_asked=address,
        host=hosts.of(account.platform, address),
    )


def note(orders: Collection[Snapshot], by: User | None) -> None:
    """Write orders that were saved to the log, one line each, and ring for them when they are committed."""
    for order in orders:
        audit.record("snapshot.order", by=by, obj=order, data={"occasion": order.get_occasion_display().lower()})
    bell.ring_on_commit(order.pk for order in orders)


def of_unit(unit: Unit) -> models.QuerySet[Account]:
    """Answer the open accounts of a unit and of those below it."""
    below = Account.objects.running().filter(unit__in=Unit.objects.under(unit).values("pk"))
    return below.select_related("unit__authority", "platform").order_by("pk")
