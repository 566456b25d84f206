"""Requests for public documents: the list, a new one, its page, and what is noted on the way."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.disclosing import presenting, requesting
from archive.disclosing.export_columns import REQUESTS
from archive.disclosing.filters import DisclosureFilter
from archive.disclosing.forms import AssignForm, ChangeForm, FeeForm, IdentityForm, RequestForm, TellForm
from archive.disclosing.requesting import HANDLES
from archive.models import Disclosure
from governance import access, clock, exporting
from governance.listing import in_order, page_of
from governance.pdf import PdfUnavailable
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ORDERS = {
    "nr": ("pk",),
    "lage": ("status",),
    "inkom": ("received_at",),
    "handlaggare": ("handler__sort_key",),
    "enhet": ("unit__sort_key",),
    "senast": ("due_at",),
}
SEEN_WITH = ("unit", "authority", "handler")


@needs("see_disclosure")
def show_list(request: Request) -> HttpResponseBase:
    """List the requests, the latest first, with how many go on and how long they took."""
    seen = access.visible(request.user, Disclosure.objects.all(), "see_disclosure")
    found = DisclosureFilter(request.GET, seen)
    rows = in_order(request, found.qs, ORDERS, "-inkom").select_related(*SEEN_WITH)
    if exporting.asked(request):
        return exporting.export(request, rows, REQUESTS, _("Begäranden om utlämnande"))
    page = page_of(request, rows)
    context = {
        "filter": found,
        "page": page,
        "rows": presenting.rows(list(page.object_list)),
        "counts": presenting.counts(seen),
        "narrowed": bool(request.GET),
        "may_register": access.holds(request.user, HANDLES),
    }
    return render(request, "archive/disclosure/list.html", context)


@needs(HANDLES)
def new(request: Request) -> HttpResponse:
    """Register a request; whoever registers it handles it until somebody else does."""
    initial = {"received_at": clock.local(clock.now()).replace(second=0, microsecond=0, tzinfo=None)}
    form = RequestForm(_sent(request), user=request.user, initial=initial)
    if form.is_bound and form.is_valid():
        made = requesting.register(by=request.user, handler=request.user, **form.cleaned_data)
        messages.success(request, _("%(request)s är registrerad. Välj nu handlingarna.") % {"request": made})
        return redirect(made)
    return render(request, "archive/disclosure/new.html", {"form": form})


def show(request: Request, pk: int) -> HttpResponse:
    """Show one request: what is asked for, what is chosen and reviewed, what was answered."""
    disclosure = access.get_or_deny(request.user, _every(), pk=pk)
    return render(request, "archive/disclosure/show.html", presenting.page(disclosure, request.user))


def change(request: Request, pk: int) -> HttpResponse:
    """Correct what was noted of a request."""
    disclosure = handled(request, pk)
    initial = {name: getattr(disclosure, name) for name in ("asked_for", "channel", "name", "contact")}
    initial["received_at"] = clock.local(disclosure.received_at)
    form = ChangeForm(_sent(request), user=request.user, initial=initial)
    words = {"title": _("Ändra begäran"), "submit": _("Spara"), "done": _("Begäran är ändrad.")}
    return filled_in(request, disclosure, form, requesting.change, words)


def identity(request: Request, pk: int) -> HttpResponse:
    """Note why it had to be asked who or what for; when that is noted, the answer."""
    disclosure = handled(request, pk)
    initial = {"asked_because": disclosure.asked_because, "purpose": disclosure.purpose}
    opened = bool(disclosure.asked_because)
    form = IdentityForm(_sent(request), opened=opened, initial=initial)
    words = {
        "title": _("Fråga vem och varför"),
        "submit": _("Spara") if opened else _("Anteckna skälet"),
        "lead": _(
            "Den som begär en allmän handling har rätt att vara anonym. Fråga vem det är, eller vad handlingen ska"
            " användas till, bara om sekretessprövningen inte går att göra annars. Anteckna först varför."
        ),
        "done": _("Antecknat.") if opened else _("Skälet är antecknat. Fältet för svaret är öppet."),
    }
    if opened:
        return filled_in(request, disclosure, form, requesting.ask_identity, words)
    return filled_in(request, disclosure, form, requesting.ask_identity, words, back="archive:disclosure-identity")


def assign(request: Request, pk: int) -> HttpResponse:
    """Let somebody handle the request."""
    disclosure = handled(request, pk)
    form = AssignForm(_sent(request), unit=disclosure.unit, initial={"handler": disclosure.handler})
    words = {"title": _("Byt handläggare"), "submit": _("Spara"), "done": _("Handläggaren är bytt.")}
    return filled_in(request, disclosure, form, requesting.assign, words)


def tell(request: Request, pk: int) -> HttpResponse:
    """Note what whoever asked was told of how it goes."""
    disclosure = handled(request, pk)
    words = {
        "title": _("Anteckna besked"),
        "submit": _("Anteckna"),
        "lead": _("När det tar tid: säg till den som frågat hur det går, och anteckna det här."),
        "done": _("Beskedet är antecknat."),
    }
    return filled_in(request, disclosure, TellForm(_sent(request)), requesting.tell, words)


def fee(request: Request, pk: int) -> HttpResponse:
    """Note the fee."""
    disclosure = handled(request, pk)
    package = disclosure.packages.first()
    noted = {name: getattr(disclosure, name) for name in ("fee_pages", "fee_amount", "fee_note")}
    initial = {**({"fee_pages": package.sheets} if package else {}), **{k: v for k, v in noted.items() if v}}
    form = FeeForm(_sent(request), initial=initial)
    words = {"title": _("Avgift"), "submit": _("Spara"), "done": _("Avgiften är antecknad.")}
    return filled_in(request, disclosure, form, requesting.note_fee, words)


@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Empty what is known of whoever asked, when that may be forgotten."""
    disclosure = handled(request, pk)
    try:
        requesting.forget(disclosure, by=request.user)
        messages.success(request, _("Uppgifterna om den som frågade är borttagna."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(disclosure)


def handled(request: Request, pk: int, permission: str = HANDLES) -> Disclosure:
    """Answer a request that this person may act on; 404 or 403 otherwise."""
    return access.get_or_deny(request.user, _every(), permission, pk=pk)


def filled_in(
    request: Request,
    disclosure: Disclosure,
    form: forms.Form,
    verb: Callable[..., Any],
    words: dict[str, str],
    *,
    back: str = "archive:disclosure-show",
    template: str = "archive/disclosure/form.html",
    **context: Any,
) -> HttpResponse:
    """Answer a form's page, or do what it says and go back; what is refused is said in the form."""
    if form.is_bound and form.is_valid():
        try:
            verb(disclosure, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        except PdfUnavailable:
            form.add_error(None, _("PDF-filen kunde inte skapas på servern. Kontakta systemadministratören."))
        else:
            messages.success(request, words["done"])
            return redirect(back, disclosure.pk)
    return render(request, template, {"form": form, "disclosure": disclosure, "words": words, **context})


def _every() -> Any:
    return Disclosure.objects.select_related(*SEEN_WITH, "registered_by")


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
