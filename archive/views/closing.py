"""The snapshot of a closing: ordered, or an earlier one by the registrar's decision (views/uploads.py: uploaded)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.life import closing as closings
from accounts.models import Account, Closing
from archive.forms import ClosingDecisionForm
from archive.snapshots import closing as verbs
from governance import access
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
