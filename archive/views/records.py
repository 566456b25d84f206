"""The archive: find a record, look at it, have it checked."""

from django.contrib import messages
from django.db.models import Case, Prefetch, QuerySet, Value, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive import integrity, secrecy
from archive.browsing import showing
from archive.export_columns import RECORDS, told
from archive.filters import RecordFilter
from archive.models import Record, RecordFile
from archive.models.record import THUMBNAIL
from governance import access, audit, exporting
from governance.listing import KeysFirst, in_order, page_of
from governance.models import User
from governance.request import Request
from governance.views.needs import needs

# In the order of titles those that are closed come first, wherever theirs would have placed them.
ORDERS = {
    "titel": ("shown_key",),
    "slag": ("kind",),
    "enhet": ("unit__sort_key",),
    "tid": ("made_at",),
}
LISTED_WITH = ("unit", "authority", "account__platform", "document_kind")


@needs("see_record")
def show_list(request: Request) -> HttpResponseBase:
    """List the records, the latest first, each with its thumbnail; of a closed one only that it is there."""
    seen = access.visible(request.user, Record.objects.all(), "see_record")
    found = RecordFilter(request.GET, seen, request.user)
    rows = in_order(request, _keyed(found.qs, request.user), ORDERS, "-tid").select_related(*LISTED_WITH)
    if exporting.asked(request):
        return exporting.export(request, rows, RECORDS, _("Handlingar"), prepare=told(request.user))
    page = page_of(request, rows.prefetch_related(_thumbnails()), pages=KeysFirst)
    page.object_list = list(told(request.user)(list(page.object_list)))
    narrowed = any(request.GET.get(name) for name in found.filters)
    may_export = access.holds(request.user, "export_archive")
    context = {"filter": found, "page": page, "narrowed": narrowed, "may_export": may_export}
    return render(request, "archive/record_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one record: what it is, how whole it is, its pictures in order, its text, its files, its history."""
    record = access.get_or_deny(request.user, _whole(), pk=pk)
    return render(request, "archive/record_show.html", showing.context(request, record))


@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Recompute every hash of a record and say whether it is what was kept."""
    record = access.get_or_deny(request.user, _whole(), pk=pk)
    secrecy.must_be_open(request.user, record)
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


def _keyed(rows: QuerySet[Record], user: User) -> QuerySet[Record]:
    return rows.annotate(shown_key=Case(When(secrecy.open_to(user), then="sort_key"), default=Value("")))


def _whole() -> QuerySet[Record]:
    return Record.objects.select_related(*LISTED_WITH).prefetch_related("files")


def _thumbnails() -> Prefetch:
    return Prefetch("files", RecordFile.objects.filter(name=THUMBNAIL), to_attr="thumbnails")
