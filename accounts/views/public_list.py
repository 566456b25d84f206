"""The public's view of the accounts (R-REG-2): no login, alike for everybody, and nothing about any person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from accounts.models import Account
from accounts.public import linked, listing
from accounts.public.entries import entry, lately_closed, listed, public_accounts, slug_of
from accounts.public.filters import PublicFilter
from accounts.public.place import place
from accounts.public.profile import profile
from accounts.public.stamp import public_stamp
from governance import panels
from governance.models import Unit
from governance.shared import ENGLISH, SWEDISH, local_reverse, shared

LOST_NAMED, CHUNK = 5, 500


@shared(public_stamp)
def show_list(request: HttpRequest) -> HttpResponse:
    """List the official accounts by activity, narrowed by words, platform, unit, kind, use and status."""
    known = listed(public_accounts())
    found = PublicFilter(request.GET, known)
    page = listing.page_of(found.qs, request.GET.get("sida"))
    context = {
        "filter": found,
        "page": page,
        "groups": listing.groups(page),
        "lost": [entry(account) for account in known.filter(status=Account.Status.LOST)[:LOST_NAMED]],
    }
    return render(request, "accounts/public/list.html", context)


@shared(public_stamp)
def show_closed(request: HttpRequest) -> HttpResponse:
    """List the accounts that were closed within a year."""
    page = listing.page_of(lately_closed(public_accounts()), request.GET.get("sida"))
    return render(request, "accounts/public/closed.html", {"page": page, "groups": listing.groups(page)})


@shared(public_stamp)
def show(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """Show one account: what it is for, when somebody watches, how soon we answer, the rules, whom to turn to."""
    account = get_object_or_404(public_accounts(), pk=pk)
    if slug != slug_of(account.name):
        return redirect(local_reverse("accounts:public-show", pk=pk, slug=slug_of(account.name)), permanent=True)
    shown = profile(account)
    context = {
        "profile": shown,
        "account": shown.entry,
        "place": place(),
        "linked": linked.embedded(linked.of_account(account)),
        "panels": _panels(request, account),
    }
    return render(request, "accounts/public/show.html", context)


@shared(public_stamp, indexed=False, cors=True)
def show_fragment(request: HttpRequest) -> HttpResponse:
    """Answer the list as a plain piece of a page for the municipality's website: `?enhet=` and below, `?sprak=en`."""
    accounts = listed(public_accounts())
    if unit := request.GET.get("enhet"):
        if not (unit.isdecimal() and len(unit) < 10):
            raise Http404
        accounts = accounts.filter(unit__path__startswith=get_object_or_404(Unit, pk=int(unit)).path)
    language = ENGLISH if request.GET.get("sprak") == ENGLISH else SWEDISH
    with translation.override(language):
        entries = (entry(account) for account in accounts.iterator(chunk_size=CHUNK))
        return _said_in(language, render(request, "accounts/public/fragment.html", {"accounts": entries}))


def _said_in(language: str, response: HttpResponse) -> HttpResponse:
    response.headers["Content-Language"] = language
    return response


def _panels(request: HttpRequest, account: Account) -> list[SafeString]:
    found = panels.public_account_panels_for(account)
    return [render_to_string(panel.template, panel.context, request) for panel in found]
