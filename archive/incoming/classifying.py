"""Who wrote what a record shows: set where it is made, and by hand where the page does not tell (R-MOD-15)."""

from django.db import transaction

from archive.models import Record
from governance import access, audit
from governance.models import User


@transaction.atomic
def set_authors(record: Record, *, by: User, authors: str) -> bool:
    """Write down who wrote what the record shows, and answer whether that changed anything.

    `authors` is one of `Record.Authors`, or empty where it does not show. Raises `PermissionDenied`.
    """
    if not access.can(by, "classify_record", record):
        raise access.PermissionDenied
    before = Record.objects.select_for_update(of=("self",)).values_list("authors", flat=True).get(pk=record.pk)
    if before == authors:
        return False
    Record.objects.filter(pk=record.pk).update(authors=authors)
    record.authors = authors
    said = {"from": before, "to": authors, "words": str(record.get_authors_display() or "–")}
    audit.record("record.authors", by=by, obj=record, data=said)
    return True
