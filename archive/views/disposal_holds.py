"""Stops: which are in force, a new one, and ending one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive import presenting as sentences
from archive import secrecy
from archive.disposing import holding
from archive.disposing.disposal_forms import HoldEndForm, HoldForm
from archive.models import DisposalHold
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

HOLDS = DisposalHold.objects.select_related("unit", "account__platform", "kind", "made_by", "ended_by", "record__unit")
ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs("see_record")
def show_list(request: Request) -> HttpResponse:
    """List the stops, those in force first."""
    seen = access.visible(request.user, HOLDS, "see_record").order_by("-ended_at", "-made_at", "-pk")
    context = {"page": page_of(request, seen), "may_hold": access.holds(request.user, "hold_disposal")}
    return render(request, "archive/disposal/holds.html", context)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """Show one stop: what it covers, why, and whether it still holds."""
    hold = access.get_or_deny(request.user, HOLDS, pk=pk)
    context = {
        "hold": hold,
        "is_open": hold.record is None or secrecy.is_open(request.user, hold.record),
        "withheld": secrecy.WITHHELD,
        "may_end": hold.ended_at is None and access.can(request.user, "hold_disposal", hold),
        "events": sentences.history(hold, request.user),
    }
    return render(request, "archive/disposal/hold.html", context)


@ASKS
@needs("hold_disposal")
def stop(request: Request) -> HttpResponse:
    """Stop the disposal of something."""
    initial = {"scope": request.GET.get("galler"), "record": request.GET.get("handling")}
    form = HoldForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    if form.is_valid():
        scope, target = form.cleaned_data["scope"], form.target()
        unit = holding.unit_for(scope, **target)
        further = {name: value for name, value in target.items() if name != "unit"}
        try:
            hold = holding.stop(by=request.user, scope=scope, reason=form.cleaned_data["reason"], unit=unit, **further)
            messages.success(request, _("Gallringsstoppet gäller från nu, också för gallringar som är godkända."))
            return redirect(hold)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "archive/disposal/hold_form.html", {"form": form})


@ASKS
def end(request: Request, pk: int) -> HttpResponse:
    """End a stop, with the reason."""
    hold = access.get_or_deny(request.user, HOLDS, act="hold_disposal", pk=pk)
    form = HoldEndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            holding.end(hold, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Gallringsstoppet är hävt."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(hold)
    return render(request, "archive/disposal/hold_end.html", {"hold": hold, "form": form})
