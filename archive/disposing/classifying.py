"""Putting records in order: which kind each is filed as, and whether it is still current; one or many at a time."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from archive.disposing import dating, planning
from archive.models import DisposalRow, DocumentKind, OutOfUse, Record
from governance import audit, clock
from governance.models import Authority, User

# So many records are put in order by one press of a button; a list of more is done in several.
MOST = 2000


@transaction.atomic
def file_as(records: QuerySet[Record], kind: DocumentKind, *, by: User) -> int:
    """File records as a kind, and set their days anew; answer how many were changed. Each has its line in the log.

    What stands on the list of an open disposal keeps its kind.
    """
    chosen = _chosen(records).exclude(document_kind=kind)
    found = list(chosen.select_related("document_kind", "unit", "account"))
    Record.objects.filter(pk__in=[record.pk for record in found]).update(document_kind=kind)
    for record in found:
        before = str(record.document_kind or "")
        audit.record("record.classify", by=by, obj=record, data={"kind": str(kind), "before": before})
    _set_days(found)
    return len(found)


@transaction.atomic
def set_out_of_use(records: QuerySet[Record], *, by: User, day: date) -> int:
    """Note that records are no longer current from a day; answer how many were changed."""
    found = list(_chosen(records).exclude(out_of_use__day=day).select_related("unit", "account"))
    OutOfUse.objects.filter(record__in=found).delete()
    at = clock.now()
    OutOfUse.objects.bulk_create(OutOfUse(record=record, day=day, by=by, at=at) for record in found)
    for record in found:
        audit.record("record.out_of_use", by=by, obj=record, data={"day": day.isoformat()})
    _set_days(found)
    return len(found)


@transaction.atomic
def set_in_use(records: QuerySet[Record], *, by: User) -> int:
    """Take back that records are no longer current; answer how many were changed."""
    found = list(_chosen(records).filter(out_of_use__isnull=False).select_related("unit", "account"))
    OutOfUse.objects.filter(record__in=found).delete()
    for record in found:
        audit.record("record.in_use", by=by, obj=record)
    _set_days(found)
    return len(found)


def _chosen(records: QuerySet[Record]) -> QuerySet[Record]:
    on_list = DisposalRow.objects.filter(outcome="").values("identifier")
    locked = Record.objects.filter(pk__in=records.order_by().values("pk")).exclude(identifier__in=on_list)
    return locked.order_by("pk")


def _set_days(found: list[Record]) -> None:
    for authority in Authority.objects.filter(pk__in={record.authority_id for record in found}):
        own = [record.pk for record in found if record.authority_id == authority.pk]
        dating.refresh_records(Record.objects.filter(pk__in=own), planning.in_force(authority))
