"""Secrecy markings: set and lifted, each on a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from archive.models import Record
from archive.shielding import marking
from archive.shielding.marking_forms import LiftForm, MarkForm
from governance import access
from governance.fresh import fresh_login_required, kept
from governance.request import Request
from governance.workflow import Refused

RECORDS = Record.objects.select_related("unit", "authority", "account__platform")


def mark(request: Request, pk: int) -> HttpResponse:
    """Mark a record: the provision, the day, the authority and what it concerns."""
    record = access.get_or_deny(request.user, RECORDS.all(), "mark_secrecy", pk=pk)
    if record.secret:
        messages.info(request, _("Handlingen är redan sekretessmarkerad."))
        return redirect(record)
    form = MarkForm(request.POST if request.method == "POST" else None, record)
    if form.is_bound and form.is_valid():
        return _marked(form, record, request)
    stays_open = access.may_see_secret(request.user, record)
    context = {"form": form, "record": record, "stays_open": stays_open}
    return render(request, "archive/secrecy_mark.html", context)


@fresh_login_required(keep=("reason",))
def lift(request: Request, pk: int) -> HttpResponse:
    """Lift the marking in force, with a reason."""
    record = access.get_or_deny(request.user, RECORDS.all(), "mark_secrecy", pk=pk)
    if not record.secret:
        messages.info(request, _("Handlingen är inte sekretessmarkerad."))
        return redirect(record)
    if not marking.may_lift(request.user, record):
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = LiftForm(typed, initial=(kept(request) or {}) if typed is None else None)
    if form.is_bound and form.is_valid():
        return _lifted(form, record, request)
    context = {"form": form, "record": record, "marking": marking.current(record)}
    return render(request, "archive/secrecy_lift.html", context)


def _marked(form: MarkForm, record: Record, request: Request) -> HttpResponse:
    facts = {name: form.cleaned_data[name] for name in ("provision", "authority", "note")}
    try:
        marking.mark(record, by=request.user, made_at=form.made_at, **facts)
        messages.success(request, _("Handlingen är sekretessmarkerad. Bara den som har behörighet ser innehållet."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(record)


def _lifted(form: LiftForm, record: Record, request: Request) -> HttpResponse:
    try:
        marking.lift(record, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Sekretessmarkeringen är hävd."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(record)
