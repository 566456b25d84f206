"""The archive: find a record, look at it, have it checked."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive import integrity, presenting
from archive.export_columns import RECORDS
from archive.filters import RecordFilter
from archive.models import Record, RecordFile, Snapshot
from archive.models.record import THUMBNAIL
from governance import access, audit, exporting
from governance.listing import in_order, page_of
from governance.request import Request
from governance.views.needs import needs

ORDERS = {
    "titel": ("sort_key",),
    "slag": ("kind",),
    "enhet": ("unit__sort_key",),
    "tid": ("made_at",),
}


@needs("see_record")
def show_list(request: Request) -> HttpResponseBase:
    """List the records, the latest first, each with its thumbnail."""
    seen = access.visible(request.user, Record.objects.all(), "see_record")
    found = RecordFilter(request.GET, seen)
    rows = in_order(request, found.qs, ORDERS, "-tid").select_related("unit", "authority", "account__platform")
    if exporting.asked(request):
        return exporting.export(request, rows, RECORDS, _("Handlingar"))
    page = page_of(request, rows.prefetch_related(_thumbnails()))
    return render(request, "archive/record_list.html", {"filter": found, "page": page, "narrowed": bool(request.GET)})


def show(request: Request, pk: int) -> HttpResponse:
    """Show one record: what it is, its pictures in order, its text, its files."""
    record = access.get_or_deny(request.user, _whole(), pk=pk)
    files = list(record.files.all())
    context = {
        "record": record,
        "files": files,
        "pictures": presenting.pictures(record, files),
        "text": presenting.text_of(files),
        "document": next(
            (file for file in files if file.media_type == "application/pdf" and not file.is_foreign), None
        ),
        "facts": presenting.facts(record),
        "snapshot": _snapshot(record),
        "may_see_account": record.account is not None and access.can(request.user, "see_account", record.account),
        "may_download": access.can(request.user, "download_record", record),
        "events": presenting.history(record),
    }
    return render(request, "archive/record_show.html", context)


@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Recompute every hash of a record and say whether it is what was kept."""
    record = access.get_or_deny(request.user, _whole(), pk=pk)
    problems = list(integrity.problems(record))
    if problems:
        result = " ".join(problems)
        messages.error(request, _("Handlingen är inte oförändrad. %(problems)s") % {"problems": result})
    else:
        result = _("oförändrad")
        count = record.files.count()
        text = _("Oförändrad: alla %(count)s filer har samma kontrollsumma som när de arkiverades.")
        messages.success(request, text % {"count": count})
    audit.record("record.verify", by=request.user, obj=record, data={"result": result.rstrip(".")})
    return redirect(record)


def _snapshot(record: Record) -> Snapshot | None:
    made_of = Snapshot.objects.filter(pk=record.source_id)
    return made_of.first() if record.kind == Record.Kind.SNAPSHOT else None


def _whole() -> QuerySet[Record]:
    return Record.objects.select_related("unit", "authority", "account__platform").prefetch_related("files")


def _thumbnails() -> Prefetch:
    return Prefetch("files", RecordFile.objects.filter(name=THUMBNAIL), to_attr="thumbnails")
