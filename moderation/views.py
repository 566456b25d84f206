"""Dagens uppsikt and its log."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from governance import access, clock, exporting
from governance.listing import in_order, page_of
from governance.models import User
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused
from moderation import actions, today
from moderation.actions import Logged
from moderation.export_columns import ROUNDS
from moderation.filters import RoundFilter
from moderation.forms import LookForm
from moderation.models import Round

ORDERS = {"nar": ("due_from",), "konto": ("account__sort_key", "due_from"), "vem": ("logged_by__sort_key",)}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see_rounds")
def round_today(request: HttpRequest) -> HttpResponse:
    """Show the accounts that this person watches, and log a look at one or several of them."""
    user = cast(User, request.user)
    form = LookForm(today.watched(user), request.POST if request.method == "POST" else None)
    if form.is_bound:
        _deny_others(user, form.asked - form.accounts.keys())
        if form.is_valid() and _log(request, form, user):
            return redirect("moderation:round-today")
    return render(request, "moderation/round_today.html", _today(user, form))


@require_safe
@needs("see_rounds")
def round_list(request: Request) -> HttpResponseBase:
    """List the rounds of the accounts that this person may follow, narrowed, ordered and paged."""
    seen = access.visible(request.user, Round.objects.begun(clock.now()), "see_rounds")
    accounts = access.visible(request.user, Account.objects.exclude(opened_at=None), "see_rounds")
    found = RoundFilter(request.GET, seen, accounts)
    ordered = in_order(request, found.qs, ORDERS, "-nar")
    whole = ordered.select_related("account__platform", "unit", "logged_by")
    if exporting.asked(request):
        return exporting.export(request, whole, ROUNDS, _("Uppsiktens logg"))
    page = page_of(request, whole)
    return render(request, "moderation/round_list.html", {"filter": found, "page": page, "at": clock.now()})


def _deny_others(user: User, others: set[int]) -> None:
    """Refuse accounts that are not this person's to watch: 404 for what may not be seen, else 403."""
    if not others:
        return
    seen = access.visible(user, Account.objects.running().filter(pk__in=others), "see_account")
    if seen.count() < len(others):
        raise Http404
    raise PermissionDenied


def _log(request: HttpRequest, form: LookForm, user: User) -> bool:
    try:
        logged = actions.log(form.looks(), by=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    _say(request, logged, form.accounts)
    return True


def _say(request: HttpRequest, logged: Logged, accounts: Mapping[int, Account]) -> None:
    if logged.new:
        names = ", ".join(str(accounts[round.account_id]) for round in logged.new)
        text = ngettext(
            "Uppsikten är loggad: %(names)s.", "Uppsikten är loggad för %(number)d konton: %(names)s.", len(logged.new)
        )
        messages.success(request, text % {"number": len(logged.new), "names": names})
    if logged.known:
        names = ", ".join(str(accounts[round.account_id]) for round in logged.known)
        messages.info(request, _("Redan loggat av dig, inget nytt antecknades: %(names)s.") % {"names": names})


def _today(user: User, form: LookForm) -> dict[str, Any]:
    """Answer the page's cards in their groups: to do, done today, and not due today; and what others have missed."""
    at = clock.now()
    mine = today.lines(form.accounts.values(), at)
    left = sorted((line for line in mine if line.left), key=lambda line: line.urgency)
    rest = [line for line in mine if not line.left]
    return {
        "form": form,
        "at": at,
        "left": [form.card(line) for line in left],
        "done": [form.card(line) for line in rest if line.seen_today],
        "rest": [form.card(line) for line in rest if not line.seen_today],
        "total": len(mine),
        "others": today.missed_by_others(user, form.accounts, at),
    }
