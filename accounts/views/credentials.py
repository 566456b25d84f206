"""The logins: where each lies, the vault, and the list of them all. A secret is shown briefly, and kept nowhere."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.credentials import logins, overview, pages, ways
from accounts.credentials.overview import LoginFilter
from accounts.forms.credentials import ReferenceForm, RevealForm, VaultForm
from accounts.models import Account, Credential
from governance import access, exporting
from governance.fresh import fresh_login_required, kept
from governance.listing import KeysFirst, in_order, page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit")
SECONDS_SHOWN = 30


@needs("keep_access")
def show_list(request: Request) -> HttpResponseBase:
    """List the open accounts whose ways in the reader keeps: how, when last looked at, what is due."""
    seen = access.visible(request.user, overview.rows(), "keep_access")
    found = LoginFilter(request.GET, seen)
    ordered = in_order(request, found.qs, overview.ORDERS, "namn")
    if exporting.asked(request):
        return exporting.export(request, ordered, overview.columns(), _("Inloggningar"))
    context = {
        "filter": found,
        "page": page_of(request, ordered, pages=KeysFirst),
        "narrowed": any(request.GET.get(name) for name in found.filters),
    }
    return render(request, "accounts/credential_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show how one account's login is kept, to those who may see or keep it."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    context = pages.login_context(account, request.user)
    if not (context["may_see"] or context["may_keep"]):
        raise PermissionDenied
    return render(request, "accounts/credential_show.html", context)


@sensitive_post_parameters()
def edit(request: Request, pk: int) -> HttpResponse:
    """Say where the login lies, or put it in the vault, as the policy has it."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="keep_credentials", pk=pk)
    if not ways.is_open(account):
        messages.error(request, _("Kontot är inte öppet. Läget är ”%s”.") % account.get_status_display())
        return redirect(account)
    return _deposit(request, account) if ways.store(account) == Credential.Way.VAULT else _refer(request, account)


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Say that the login lies where it should."""
    return _said(request, pk, logins.check, _("Noterat: inloggningen ligger där den ska."))


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Say that the password has been changed."""
    return _said(request, pk, logins.change, _("Noterat: lösenordet är bytt."))


def reveal(request: Request, pk: int) -> HttpResponse:
    """Show a login from the vault, after a fresh login and a reason, for a short while."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="see_credentials", pk=pk)
    credential = Credential.objects.filter(account=account, way=Credential.Way.VAULT).first()
    if credential is None:
        messages.error(request, _("Valvet håller ingen inloggning till kontot."))
        return redirect("accounts:credential-show", pk=account.pk)
    return _reveal(request, credential)


@fresh_login_required(keep=("reason",))
def _reveal(request: Request, credential: Credential) -> HttpResponse:
    form = RevealForm(request.POST if request.method == "POST" else kept(request))
    context = {"form": form, "account": credential.account, "credential": credential}
    if request.method == "POST" and form.is_valid():
        try:
            login = logins.reveal(credential, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _briefly(request, {**context, "login": login})
    return render(request, "accounts/credential_reveal.html", context)


def _briefly(request: Request, context: dict) -> HttpResponse:
    """Answer a page that no browser keeps, and that leads away by itself, with JavaScript or without."""
    response = render(request, "accounts/credential_revealed.html", {**context, "seconds": SECONDS_SHOWN})
    away = reverse("accounts:credential-show", args=[context["account"].pk])
    response["Cache-Control"] = "no-store, private, max-age=0"
    response["Refresh"] = f"{SECONDS_SHOWN}; url={away}"
    return response


def _refer(request: Request, account: Account) -> HttpResponse:
    credential = Credential.objects.filter(account=account).first()
    form = ReferenceForm(
        request.POST if request.method == "POST" else None,
        credential=credential,
        people=[entry.row.person for entry in pages.entries(account)],
        user=request.user,
    )
    if form.is_bound and form.is_valid():
        logins.refer(account, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat: var inloggningen ligger."))
        return redirect("accounts:credential-show", pk=account.pk)
    return render(request, "accounts/credential_refer.html", {"form": form, "account": account})


def _deposit(request: Request, account: Account) -> HttpResponse:
    form = VaultForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            logins.deposit(account, by=request.user, login=form.login())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Inloggningen ligger krypterad i valvet."))
            return redirect("accounts:credential-show", pk=account.pk)
    if form.is_bound:
        form.forget()
    return render(request, "accounts/credential_deposit.html", {"form": form, "account": account})


def _said(request: Request, pk: int, verb, words: str) -> HttpResponse:
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="keep_credentials", pk=pk)
    credential = Credential.objects.filter(account=account).first()
    try:
        if credential is None:
            raise Refused(_("Ange först var inloggningen ligger."))
        verb(credential, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("accounts:credential-show", pk=account.pk)
