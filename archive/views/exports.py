"""Exports of the archive: ordered, made by the worker, fetched."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from archive import presenting, secrecy
from archive.filters import RecordFilter
from archive.models import ArchiveExport, Record
from archive.packages import exporting, ordering, scope
from archive.packages.forms import ExportForm
from governance import access, audit
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs

COLORS = {"waiting": "neutral", "making": "info", "done": "success", "failed": "danger"}
SHOWN_WITH = ("unit", "account__platform", "ordered_by")


@needs("export_archive")
def show_list(request: Request) -> HttpResponse:
    """List the exports, the latest first."""
    seen = access.visible(request.user, ArchiveExport.objects.all(), "export_archive")
    page = page_of(request, seen.select_related(*SHOWN_WITH))
    rows = [(export, COLORS.get(export.status, "neutral")) for export in page.object_list]
    return render(request, "archive/export/list.html", {"page": page, "rows": rows})


@needs("export_archive")
def order(request: Request) -> HttpResponse:
    """Order an export."""
    form = ExportForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        return _ordered(request, ordering.order(by=request.user, **form.cleaned_data))
    return render(request, "archive/export/order.html", {"form": form})


@needs("export_archive")
def order_chosen(request: Request) -> HttpResponse:
    """Order an export of what a list of the archive shows, by the list's own filters."""
    seen = access.visible(request.user, Record.objects.all(), "export_archive")
    chosen = RecordFilter(request.GET, seen, request.user).qs.filter(secrecy.open_to(request.user))
    count = chosen.count()
    if request.method == "POST" and 0 < count <= ordering.MOST_CHOSEN:
        return _ordered(request, ordering.order_chosen(chosen, by=request.user))
    context = {"count": count, "most": ordering.MOST_CHOSEN, "asked": request.GET.urlencode()}
    return render(request, "archive/export/order_chosen.html", context)


def _ordered(request: Request, export: ArchiveExport) -> HttpResponse:
    messages.success(request, _("Exporten görs. Du behöver inte vänta kvar."))
    return redirect(export)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one export: how far it has come, and what was in it."""
    export = access.get_or_deny(request.user, ArchiveExport.objects.select_related(*SHOWN_WITH), pk=pk)
    context = {
        "export": export,
        "color": COLORS.get(export.status, "neutral"),
        "total": scope.chosen(export).count() if export.is_unfinished else export.count,
        "name": exporting.name_of(export),
        "events": presenting.history(export, request.user),
    }
    return render(request, "archive/export/show.html", context)


def download(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file, to whoever ordered it: another reader may be allowed less."""
    export = access.get_or_deny(request.user, ArchiveExport.objects.select_related(*SHOWN_WITH), pk=pk)
    # Whoever has lost the right to see what is marked since the file was made does not fetch it.
    if export.ordered_by_id != request.user.pk or scope.withheld(export) > export.withheld:
        raise access.PermissionDenied
    path = exporting.path_of(export)
    if export.status != ArchiveExport.Status.DONE or not path.exists():
        messages.error(request, _("Filen finns inte längre. Beställ exporten igen."))
        return redirect(export)
    audit.record("archiveexport.download", by=request.user, obj=export)
    return ordering.handed_out(request, path, path.name)
