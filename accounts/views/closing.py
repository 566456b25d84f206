"""Closing an account: one page, step by step, and the last button."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.life import ClosingForm, SuccessorForm, TickForm
from accounts.life import closing as verbs
from accounts.life import closing_page
from accounts.models import Account, Closing
from governance import access
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit", "authority", "successor__platform")
MAY_BEGIN = (Account.Status.ACTIVE, Account.Status.PAUSED, Account.Status.LOST)


def show(request: Request, pk: int) -> HttpResponse:
    """Show how far the closing has come; where none is begun, ask why and when, and begin it."""
    account = access.get_or_deny(request.user, ACCOUNTS, pk=pk)
    going_on = verbs.current(account)
    if going_on is None:
        return _begin(request, account)
    context = closing_page.context(account, going_on, request.user, request)
    initial = {"closes_on": going_on.closes_on, "successor": account.successor_id}
    context["form"] = SuccessorForm(account=account, user=request.user, initial=initial)
    return render(request, "accounts/closing_show.html", context)


@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Tick a step, or leave it out with a reason."""
    form = TickForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Steget kunde inte sparas. Försök igen."))
        return redirect("accounts:closing-show", pk=pk)
    return _act(request, pk, lambda closing: verbs.tick(closing, by=request.user, **form.cleaned_data), _("Sparat."))


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Change the last day and the account that comes instead."""
    account = access.get_or_deny(request.user, ACCOUNTS, "close_account", pk=pk)
    form = SuccessorForm(request.POST, account=account, user=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("accounts:closing-show", pk=pk)
    return _act(
        request, pk, lambda closing: verbs.name_successor(closing, by=request.user, **form.cleaned_data), _("Sparat.")
    )


@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Close the account for good."""
    account = access.get_or_deny(request.user, ACCOUNTS, "close_account", pk=pk)
    try:
        verbs.close(account, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:closing-show", pk=pk)
    messages.success(
        request, _("Kontot är avslutat. Historiken finns kvar, och adressen kan inte användas av något annat.")
    )
    return redirect(account if access.can(request.user, "see_account", account) else "governance:start-show")


def _begin(request: Request, account: Account) -> HttpResponse:
    if not access.can(request.user, "close_account", account):
        raise PermissionDenied
    if account.status not in MAY_BEGIN:
        text = _("Kontot kan inte avslutas nu. Läget är ”%(status)s”.")
        messages.error(request, text % {"status": account.get_status_display()})
        return redirect(account)
    form = ClosingForm(request.POST if request.method == "POST" else None, account=account, user=request.user)
    if form.is_bound and form.is_valid() and _begun(form, account, request):
        return redirect("accounts:closing-show", pk=account.pk)
    return render(request, "accounts/closing_begin.html", {"form": form, "account": account})


def _begun(form: ClosingForm, account: Account, request: Request) -> Closing | None:
    try:
        begun = verbs.begin(account, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("Avslutet är påbörjat. Chefen och kommunikatören har fått veta det."))
    return begun


def _act(request: Request, pk: int, verb: Callable[[Closing], object], said: str) -> HttpResponse:
    account = access.get_or_deny(request.user, ACCOUNTS, "close_account", pk=pk)
    closing = verbs.current(account)
    try:
        if closing is None:
            raise Refused(_("Avslutet är redan slut."))
        verb(closing)
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:closing-show", pk=pk)
