"""The diary: what is handed over, how it stands, and where each authority's diary takes its documents."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive import presenting, secrecy
from archive.diary import actions, package, reading
from archive.diary.forms import DestinationForm, HandoverForm, NumberForm
from archive.models import DiaryDestination, DiaryHandover, Record
from governance import access, exporting
from governance.fresh import fresh_login_required
from governance.listing import in_order, page_of
from governance.models import Authority
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused


@needs("see_record")
def show_list(request: Request) -> HttpResponseBase:
    """List the handovers, the latest first."""
    seen = access.visible(request.user, DiaryHandover.objects.all(), "see_record")
    found = reading.HandoverFilter(request.GET, seen, request.user)
    rows = in_order(request, found.qs, reading.ORDERS, "-tid").select_related(*reading.SHOWN_WITH)
    if exporting.asked(request):
        prepare = lambda batch: reading.shown(batch, request.user)  # noqa: E731 - bound to the reader
        return exporting.export(request, rows, reading.EXPORT, _("Överlämningar till diariet"), prepare)
    page = page_of(request, rows)
    context = {
        "filter": found,
        "page": page,
        "rows": reading.shown(list(page.object_list), request.user),
        "narrowed": bool(request.GET),
        "authorities": actions.settled_by(request.user),
    }
    return render(request, "archive/handover/list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one handover, and take its number."""
    handover = access.get_or_deny(request.user, DiaryHandover.objects.select_related(*reading.SHOWN_WITH), pk=pk)
    may = access.can(request.user, "hand_over", handover)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not may:
        raise access.PermissionDenied
    if form.is_bound and form.is_valid() and _registered(form, handover, request):
        return redirect(handover)
    is_open = secrecy.is_open(request.user, handover.record)
    context = {
        "handover": reading.shown([handover], request.user)[0],
        "form": form if may and handover.status in ("sent", "uncertain") else None,
        "contents": package.of(handover).parts if is_open else (),
        "events": presenting.history(handover, request.user),
    }
    return render(request, "archive/handover/show.html", context)


def order(request: Request, pk: int) -> HttpResponse:
    """Hand a record over to the diary, with what the diary must say of it."""
    record = access.get_or_deny(
        request.user, Record.objects.select_related("authority", "unit", "account__platform"), "hand_over", pk=pk
    )
    if not secrecy.is_open(request.user, record):
        raise Http404
    form = HandoverForm(request.POST if request.method == "POST" else None, initial=reading.initial(record))
    if form.is_bound and form.is_valid() and (handover := _ordered(form, record, request)):
        return redirect(handover)
    destination = DiaryDestination.objects.filter(authority=record.authority_id).first()
    context = {"form": form, "record": record, "destination": destination}
    return render(request, "archive/handover/order.html", context)


@fresh_login_required(keep=("system", "connector", "address", "automatic"))
def settle(request: Request, pk: int) -> HttpResponse:
    """Say where an authority's diary takes its documents."""
    authority = get_object_or_404(Authority, pk=pk)
    if not actions.may_settle(request.user, authority):
        raise Http404
    destination = DiaryDestination.objects.filter(authority=authority).first()
    form = DestinationForm(request.POST if request.method == "POST" else None, instance=destination)
    if form.is_bound and form.is_valid():
        actions.settle(authority, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat. Nya överlämningar går dit."))
        return redirect("archive:handover-list")
    return render(request, "archive/handover/settle.html", {"form": form, "authority": authority})


def _ordered(form: HandoverForm, record: Record, request: Request) -> DiaryHandover | None:
    try:
        handover = actions.order(record, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Handlingen lämnas över. Du ser här när den är framme."))
    return handover


def _registered(form: NumberForm, handover: DiaryHandover, request: Request) -> bool:
    try:
        actions.register(handover, by=request.user, diary_number=form.cleaned_data["diary_number"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Diarienumret är inskrivet."))
    return True
