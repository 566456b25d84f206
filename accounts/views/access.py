"""Who gets into an account on its platform: the list, and what is said of each person on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.credentials import entries, pages, ways
from accounts.forms.access import AccessForm, NewAccessForm
from accounts.models import Account, PlatformAccess
from governance import access
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit")
ROWS = PlatformAccess.objects.standing().select_related("account__platform", "account__unit", "person")


def show_list(request: Request, pk: int) -> HttpResponse:
    """Show who gets into an account, and who did."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    return render(request, "accounts/access_list.html", pages.list_context(account, request.user))


def enter(request: Request, pk: int) -> HttpResponse:
    """Enter a person who gets into the account."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="keep_access", pk=pk)
    form = NewAccessForm(request.POST if request.method == "POST" else None, way=ways.way_in(account))
    if form.is_bound and form.is_valid():
        try:
            entries.enter(account, by=request.user, person=form.cleaned_data["person"], **form.seen())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Personen står nu på listan."))
            return redirect("accounts:access-list", pk=account.pk)
    return render(request, "accounts/access_form.html", {"form": form, "account": account})


def confirm(request: Request, pk: int) -> HttpResponse:
    """Say how one person gets in."""
    row = access.get_or_deny(request.user, ROWS, act="keep_access", pk=pk)
    form = AccessForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        try:
            entries.confirm(row, by=request.user, **form.seen())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sparat: %(person)s.") % {"person": row.person.name})
            return redirect("accounts:access-list", pk=row.account_id)
    return render(request, "accounts/access_form.html", {"form": form, "account": row.account, "row": row})


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Say that it still is as it stands."""
    return _said(request, pk, entries.check, _("Kontrollerat: %(person)s."))


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Say that the person gets in no more."""
    return _said(request, pk, entries.end, _("Avslutat: %(person)s når inte längre kontot."))


def _said(request: Request, pk: int, verb, words: str) -> HttpResponse:
    row = access.get_or_deny(request.user, ROWS, act="keep_access", pk=pk)
    try:
        verb(row, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words % {"person": row.person.name})
    return redirect("accounts:access-list", pk=row.account_id)
