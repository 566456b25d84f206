"""Ordering an export and handing it out."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from accounts.models import Account
from archive import store
from archive.models import ArchiveExport, Record
from governance import access, audit, bell, clock
from governance.models import Unit, User

TASK = "archive.tasks.make_exports"
# A larger selection is better named by what it has in common.
MOST_CHOSEN = 5000
RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


@transaction.atomic
def order(
    *,
    by: User,
    unit: Unit,
    account: Account | None = None,
    made_from: date | None = None,
    made_to: date | None = None,
    kind: str = "",
    chosen: list[str] | None = None,
) -> ArchiveExport:
    """Order an export; the worker makes it."""
    export = ArchiveExport.objects.create(
        unit=account.unit if account else unit,
        account=account,
        made_from=made_from,
        made_to=made_to,
        kind=kind,
        chosen=chosen or [],
        ordered_by=by,
        ordered_at=clock.now(),
    )
    audit.record("archiveexport.order", by=by, obj=export)
    transaction.on_commit(lambda: bell.ring(TASK))
    return export


def order_chosen(records: QuerySet[Record], *, by: User) -> ArchiveExport:
    """Order an export of single records, at most MOST_CHOSEN; it stands under a unit that `by` exports from."""
    chosen = [str(identifier) for identifier in records.order_by("pk").values_list("identifier", flat=True)]
    nearest = access.visible(by, Unit.objects.order_by("depth", "pk"), "export_archive")[:1].get()
    return order(by=by, unit=nearest, chosen=chosen)


def handed_out(request: HttpRequest, path: Path, name: str) -> StreamingHttpResponse:
    """Answer the file, or the part of it that is asked for, so that a download that broke off is taken up again."""
    size = path.stat().st_size
    start, end = _asked(request.headers.get("Range", ""), size)
    response = StreamingHttpResponse(_part(path, start, end), content_type="application/x-tar")
    response.headers["Content-Length"] = str(end - start)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    if (start, end) != (0, size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _asked(header: str, size: int) -> tuple[int, int]:
    match = RANGE.fullmatch(header)
    if not match or int(match[1]) >= size:
        return 0, size
    last = int(match[2]) if match[2] else size - 1
    return int(match[1]), min(max(last, int(match[1])), size - 1) + 1


def _part(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(store.CHUNK, end - start))):
            start += len(chunk)
            yield chunk
