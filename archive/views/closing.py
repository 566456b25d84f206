"""The snapshot of a closing: ordered, uploaded, or an earlier one by the registrar's decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.life import closing as closings
from accounts.models import Account, Closing
from archive import closing as verbs
from archive.forms import ClosingDecisionForm, ClosingUploadForm
from archive.uploads import LARGEST_FILE
from governance import access, clock, uploads
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit", "authority")


@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Order the snapshot of the closing that goes on."""
    account = access.get_or_deny(request.user, ACCOUNTS, "order_snapshot", pk=pk)
    closing = closings.current(account)
    try:
        if closing is None:
            raise Refused(_("Avslutet är redan slut."))
        verbs.order(closing, by=request.user)
        messages.success(request, _("Ögonblicksbilden är beställd. Du ser här hur långt den har kommit."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:closing-show", pk=pk)


@uploads.at_most(LARGEST_FILE)
def upload(request: Request, pk: int) -> HttpResponse:
    """Upload pictures or a PDF of the page as the closing's snapshot."""
    account = access.get_or_deny(request.user, ACCOUNTS, "order_snapshot", pk=pk)
    closing = closings.current(account)
    if closing is None:
        return _not_going_on(request, account)
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial, thrown = {"taken_at": clock.local(clock.now())}, uploads.too_large(request, "files")
    form = ClosingUploadForm(sent, files, initial=initial, too_large=thrown)
    if form.is_bound and form.is_valid() and _uploaded(form, closing, request):
        return redirect("accounts:closing-show", pk=pk)
    return render(request, "archive/closing_upload.html", {"form": form, "account": account})


def decide(request: Request, pk: int) -> HttpResponse:
    """Decide that the last earlier snapshot stands, because the account can no longer be seen."""
    account = access.get_or_deny(request.user, ACCOUNTS, "decide_closing_snapshot", pk=pk)
    closing = closings.current(account)
    if closing is None:
        return _not_going_on(request, account)
    form = ClosingDecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decided(form, closing, request):
        return redirect("accounts:closing-show", pk=pk)
    context = {"form": form, "account": account, "earlier": verbs.earlier(closing)}
    return render(request, "archive/closing_decide.html", context)


def _uploaded(form: ClosingUploadForm, closing: Closing, request: Request) -> bool:
    try:
        verbs.upload(closing, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Filerna ligger i arkivet som avslutets ögonblicksbild."))
    return True


def _decided(form: ClosingDecisionForm, closing: Closing, request: Request) -> bool:
    try:
        verbs.decide(closing, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Beslutet är fattat. Kontot kan avslutas utan en ny ögonblicksbild."))
    return True


def _not_going_on(request: Request, account: Account) -> HttpResponse:
    messages.error(request, _("Inget avslut pågår för kontot."))
    return redirect(account)
