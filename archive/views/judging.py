"""A page that somebody must look at: what was captured of it, and accepting it with a remark."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive import presenting, store
from archive.models import LooseFile, Snapshot
from archive.snapshots import accepting
from archive.snapshots.snapshot_forms import AcceptForm
from archive.views.snapshots import SEEN_WITH
from governance import access
from governance.request import Request
from governance.workflow import Refused


def accept(request: Request, pk: int) -> HttpResponse:
    """Accept a page with its remarks, for a reason; it becomes a record."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.select_related(*SEEN_WITH), "accept_snapshot", pk=pk)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _accepted(form, snapshot, request):
        return redirect(snapshot)
    row = presenting.snapshots([snapshot], request.user)[0]
    context = {"form": form, "snapshot": snapshot, "row": row, "previews": presenting.previews(snapshot)}
    return render(request, "archive/accept_form.html", context)


def show_held(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Show one picture of what waits for a decision, to whoever may decide."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.all(), pk=pk)
    if not any(access.can(request.user, act, snapshot) for act in ("accept_snapshot", "order_snapshot")):
        raise access.PermissionDenied
    held = get_object_or_404(LooseFile, pk=file, snapshot=snapshot, media_type="image/jpeg")
    try:
        content = store.read(held)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, filename=held.name, content_type=held.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _accepted(form: AcceptForm, snapshot: Snapshot, request: Request) -> bool:
    try:
        accepting.accept(snapshot, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Bilden är godtagen med anmärkning och ligger i arkivet."))
    return True
