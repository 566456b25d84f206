"""What goes along in an export: the records that its orderer may see what is in, and the organisation they speak of."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import Account
from archive import secrecy
from archive.models import ArchiveExport, Record
from governance import access, clock
from governance.models import Unit


def chosen(export: ArchiveExport) -> QuerySet[Record]:
    """Answer the records of an export: what its orderer sees, and may see what is in."""
    seen = access.visible(export.ordered_by, Record.objects.filter(kept_at__lte=export.ordered_at), "export_archive")
    return _of_order(export, seen).filter(secrecy.open_to(export.ordered_by))


def _of_order(export: ArchiveExport, records: QuerySet[Record]) -> QuerySet[Record]:
    """Answer the part of `records` that the order names."""
    if export.chosen:
        return records.filter(identifier__in=export.chosen)
    # An account's records may have been made under another unit than its own of today.
    found = records.filter(account=export.account_id) if export.account_id else access.under(records, export.unit)
    if export.made_from:
        found = found.filter(made_at__gte=clock.at(export.made_from, datetime.min.time()))
    if export.made_to:
        found = found.filter(made_at__lt=clock.at(export.made_to + timedelta(days=1), datetime.min.time()))
    if export.kind:
        found = found.filter(kind=export.kind)
    return found


def covers(export: ArchiveExport, record: Record) -> bool:
    """Answer whether an export may hold a record: it was there when the export was ordered, and the order names it."""
    return _of_order(export, Record.objects.filter(pk=record.pk, kept_at__lte=export.ordered_at)).exists()


def withheld(export: ArchiveExport) -> int:
    """Answer how many records of the order its orderer may not see what is in."""
    seen = access.visible(export.ordered_by, Record.objects.filter(kept_at__lte=export.ordered_at), "export_archive")
    return _of_order(export, seen).exclude(secrecy.open_to(export.ordered_by)).count()


def organisation(export: ArchiveExport) -> bytes:
    """Answer the authorities, units, platforms and accounts that the records speak of, for whoever reads them in."""
    records = chosen(export).order_by()
    paths = set(records.values_list("unit__path", "account__unit__path").distinct())
    ids = {int(part) for pair in paths for path in pair if path for part in path.strip("/").split("/")}
    units = Unit.objects.filter(pk__in=ids | {export.unit_id}).select_related("authority").order_by("depth", "pk")
    accounts = Account.objects.filter(pk__in=records.values("account"))
    data: dict[str, Any] = {
        "authorities": [
            {"number": a.pk, "name": a.name, "kind": a.kind, "valid_from": a.valid_from.isoformat()}
            for a in dict.fromkeys([unit.authority for unit in units])
        ],
        "units": [
            {
                "number": unit.pk,
                "name": unit.name,
                "authority": unit.authority_id,
                "parent": unit.parent_id,
                "valid_from": unit.valid_from.isoformat(),
            }
            for unit in units
        ],
        "accounts": [
            {
                "number": account.pk,
                "name": account.name,
                "address": account.address,
                "unit": account.unit_id,
                "platform": account.platform.key,
                "platform_name": account.platform.name,
            }
            for account in accounts.select_related("platform").order_by("pk")
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()
