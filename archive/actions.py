"""What people and the application do with snapshots and records: verbs save with their audit, never validate."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from archive import bell, campaigns, guards, manifest, schedule, store
from archive.models import Record, RecordFile, Snapshot, SnapshotCampaign
from governance import access, audit, clock
from governance.models import Authority, PolicyVersion, Unit, User
from governance.workflow import Refused, perform


@transaction.atomic
def order_snapshot(
    account: Account, *, by: User | None, occasion: str = Snapshot.Occasion.REQUEST
) -> tuple[Snapshot, bool]:
    """Order a snapshot, and answer it with whether it is new: one that already waits or runs is answered instead.

    Raises `Refused` where the account is not open.
    """
    locked = Account.objects.select_for_update(of=("self",)).select_related("unit", "platform").get(pk=account.pk)
    guards.check_active(locked)
    waiting = locked.snapshots.unfinished().first()
    if waiting is not None:
        return waiting, False
    now = clock.now()
    snapshot = Snapshot.objects.create(
        account=locked,
        unit=locked.unit,
        authority=locked.unit.authority,
        occasion=occasion,
        requested_by=by,
        ordered_at=now,
        next_try_at=now,
        address_asked=locked.address,
    )
    audit.record("snapshot.order", by=by, obj=snapshot, data={"occasion": snapshot.get_occasion_display().lower()})
    bell.ring_on_commit([snapshot.pk])
    return snapshot, True


def cancel_snapshot(snapshot: Snapshot, *, by: User) -> Snapshot:
    """Withdraw an order, or stop the run in the middle; nothing is kept of it."""
    return perform(snapshot, "cancel", by=by)


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


@transaction.atomic
def keep(
    *,
    kind: str,
    title: str,
    source: models.Model,
    unit: Unit,
    authority: Authority,
    origin: str,
    made_at: datetime,
    files: list[store.Stored],
    account: Account | None = None,
    period: str = "",
    facts: dict[str, Any] | None = None,
) -> Record:
    """Make a record of files that are already stored; its manifest is stored first, then the rows, in one transaction.

    Raises `IntegrityError` where the source already has its record.
    """
    record = Record(
        kind=kind,
        title=title[:300],
        account=account,
        unit=unit,
        authority=authority,
        origin=origin,
        made_at=made_at,
        kept_at=clock.now(),
        period=period,
        source_type=source._meta.label_lower,
        source_id=source.pk,
        facts=facts or {},
    )
    listed = store.put(manifest.item(record, files))
    record.manifest_sha256 = listed.sha256
    record.save()
    RecordFile.objects.bulk_create(
        RecordFile(record=record, order=order, **vars(file)) for order, file in enumerate([*files, listed], start=1)
    )
    audit.record("record.keep", by=None, obj=record, data={"files": len(files) + 1, "sha256": listed.sha256})
    return record
