"""What people and the application do with snapshots and records: verbs save with their audit, never validate."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Account
from archive import guards
from archive.models import Snapshot, SnapshotCampaign
from archive.snapshots import campaigns, ordering, schedule
from governance import access, audit, clock
from governance.models import PolicyVersion, Unit, User
from governance.workflow import Refused, perform

UNFINISHED = (Snapshot.Status.ORDERED, Snapshot.Status.RUNNING)


@dataclass(frozen=True)
class Ordered:
    """What became of an order for many: how many are new, were on their way already, and could not be ordered."""

    new: int
    waiting: int = 0
    refused: int = 0


@transaction.atomic
def order_snapshot(
    account: Account, *, by: User | None, occasion: str = Snapshot.Occasion.REQUEST
) -> tuple[Snapshot, bool]:
    """Order a snapshot, and answer it with whether it is new: one that already waits or runs is answered instead.

    Raises `Refused` where the account is not open.
    """
    locked = _locked(account)
    guards.check_active(locked)
    waiting = locked.snapshots.pages().unfinished().first()
    if waiting is not None:
        return waiting, False
    snapshot = ordering.made(locked, by=by, occasion=occasion)
    snapshot.save()
    ordering.note([snapshot], by)
    return snapshot, True


@transaction.atomic
def order_item(
    account: Account, link: str, *, by: User, occasion: str = Snapshot.Occasion.REQUEST, elsewhere: str = ""
) -> tuple[Snapshot, bool]:
    """Order a picture of one post or comment, and answer it with whether it is new, as `order_snapshot` does.

    `link` is the item's own address; `elsewhere` is why one on another website belongs to the account, and stands in
    the log. Raises `PermissionDenied`, or `Refused` where the account is not open.
    """
    if not access.can(by, "order_snapshot", account):
        raise access.PermissionDenied
    locked = _locked(account)
    guards.check_active(locked)
    items = locked.snapshots.filter(subject=Snapshot.Subject.ITEM, address_asked=link)
    if (waiting := items.unfinished().first()) is not None:
        return waiting, False
    snapshot = ordering.made(locked, by=by, occasion=occasion, link=link)
    snapshot.save()
    ordering.note([snapshot], by)
    if elsewhere:
        audit.record("snapshot.order_item", by=by, obj=snapshot, personal={"reason": elsewhere})
    return snapshot, True


@transaction.atomic
def order_unit(unit: Unit, *, by: User, occasion: str) -> Ordered:
    """Order a snapshot of every open account of a unit and of those below it, in one act.

    Raises `PermissionDenied`, or `Refused` where there is no open account.
    """
    if not access.can(by, "order_snapshot", unit):
        raise access.PermissionDenied
    accounts = list(ordering.of_unit(unit).select_for_update(of=("self",)))
    if not accounts:
        raise Refused(_("Det finns inga öppnade konton att ta bilder av."))
    on_way = set(Snapshot.objects.pages().unfinished().filter(account__in=accounts).values_list("account", flat=True))
    missing = [account for account in accounts if account.pk not in on_way]
    orders = (ordering.made(account, by=by, occasion=occasion) for account in missing)
    ordering.note(Snapshot.objects.bulk_create(orders), by)
    return Ordered(new=len(missing), waiting=len(on_way))


def cancel_snapshot(snapshot: Snapshot, *, by: User) -> Snapshot:
    """Withdraw an order, or stop the run in the middle; nothing is kept of it."""
    return perform(snapshot, "cancel", by=by)


def cancellable(snapshots: QuerySet[Snapshot], *, by: User) -> QuerySet[Snapshot]:
    """Answer the orders among these that still wait or run and that `by` may withdraw."""
    return access.visible(by, snapshots.filter(status__in=UNFINISHED), "order_snapshot")


def cancel_all(snapshots: QuerySet[Snapshot], *, by: User) -> int:
    """Withdraw every order among these that still waits or runs and that `by` may withdraw; answer how many."""
    return sum(_took(snapshot, "cancel", by) for snapshot in cancellable(snapshots, by=by).order_by("pk"))


def retry_all(snapshots: QuerySet[Snapshot], *, by: User) -> Ordered:
    """Order every one among these again that failed or was called off, as far as `by` may and its account is open."""
    again = snapshots.filter(status__in=[Snapshot.Status.FAILED, Snapshot.Status.CANCELLED])
    mine = list(access.visible(by, again, "order_snapshot").order_by("pk"))
    new = sum(_took(snapshot, "retry", by) for snapshot in mine)
    return Ordered(new=new, refused=len(mine) - new)


def _took(snapshot: Snapshot, step: str, by: User) -> bool:
    """Take a step where it can be taken: what has ended meanwhile is no reason to leave the others."""
    try:
        perform(snapshot, step, by=by)
    except (Refused, access.PermissionDenied):
        return False
    return True


def _locked(account: Account) -> Account:
    rows = Account.objects.select_for_update(of=("self",)).select_related("unit__authority", "platform")
    return rows.get(pk=account.pk)


def start_campaign(*, by: User, at: datetime | None = None) -> SnapshotCampaign:
    """Start by hand what the policy has due, else a campaign of this month over all accounts that `by` reaches.

    What is due is due for every account of the municipality: only whoever reaches all of them starts that.

    Raises `PermissionDenied`, or `Refused` where there is nothing to start.
    """
    if not access.holds(by, "start_campaign"):
        raise access.PermissionDenied
    version = PolicyVersion.objects.current()
    if version is None:
        raise Refused(_("Ingen policy är antagen än. Kommunikatören antar den först."))
    at = at or clock.now()
    everywhere = access.can(by, "start_campaign", Unit.objects.root())
    due = campaigns.open_due(at, by=by) if everywhere else []
    if due:
        return due[0]
    accounts = list(access.visible(by, campaigns.candidates(), "start_campaign"))
    if not accounts:
        raise Refused(_("Det finns inga öppnade konton att arkivera."))
    month = schedule.first_of_month(clock.local(at).date())
    campaign, added = campaigns.open_one(month, accounts, version=version, at=at, by=by)
    if not added:
        raise Refused(_("%(campaign)s är redan startad och omfattar alla konton.") % {"campaign": campaign})
    return campaign
