"""Writing in from outside: about an account or about a hindrance on our own pages; and reading how it stands."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from accounts.forms.public import FeedbackForm, ReportForm, begun_now
from accounts.models import Account, PublicReport
from accounts.public import limits, reports
from accounts.public.entries import entry, public_accounts
from governance.shared import local_reverse, public

Kind = PublicReport.Kind
TOO_MANY = 429
KEYS = ("kind", "about", "text", "email")


@public
def report(request: HttpRequest) -> HttpResponse:
    """Write in about a false or missing account, or a fault; `?konto=` says which account, `?om=` what it is about."""
    account = _account(request)
    begun = {"begun": begun_now(), "about": request.GET.get("om", "")[:300], "kind": request.GET.get("slag", "")}
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm(initial=begun)
    context = {"form": form, "account": entry(account) if account else None, "months": reports.MONTHS_KEPT}
    return _answer(request, form, context, "accounts/public/report.html", lambda: _received(form, account))


@public
def feedback(request: HttpRequest) -> HttpResponse:
    """Write in about a hindrance (lag 2018:1937)."""
    begun = {"begun": begun_now(), "about": request.GET.get("om", "")[:300]}
    form = FeedbackForm(request.POST) if request.method == "POST" else FeedbackForm(initial=begun)
    context = {"form": form, "months": reports.MONTHS_KEPT}
    return _answer(request, form, context, "accounts/public/feedback.html", lambda: _received(form, None))


@public
def find_receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt number; the number is sent in the form and stands in no log of addresses asked for."""
    if request.method != "POST":
        return render(request, "accounts/public/receipt_find.html")
    if not limits.allowed(request, "receipt"):
        return render(request, "accounts/public/receipt_find.html", {"too_many": True}, status=TOO_MANY)
    found = reports.found(request.POST.get("number", ""))
    if found is None:
        context = {"typed": request.POST.get("number", "")[:40], "unknown": True}
        return render(request, "accounts/public/receipt_find.html", context)
    return redirect(local_reverse("accounts:receipt-show", number=found.number))


@public
def show_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show whoever holds the number how the matter stands, and its answer; nothing of what was written in."""
    found = reports.found(number) if limits.allowed(request, "receipt") else None
    if found is None:
        raise Http404
    context = {"report": found, "fresh": request.GET.get("ny") == "1", "months": reports.MONTHS_KEPT}
    return render(request, "accounts/public/receipt.html", context)


def _answer(
    request: HttpRequest, form, context: dict, template: str, receive: Callable[[], PublicReport]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if not limits.allowed(request, "report"):
            return render(request, template, {**context, "too_many": True}, status=TOO_MANY)
        return redirect(f"{local_reverse('accounts:receipt-show', number=receive().number)}?ny=1")
    return render(request, template, context)


def _received(form, account: Account | None) -> PublicReport:
    said = {name: form.cleaned_data[name] for name in KEYS if name in form.cleaned_data}
    return reports.receive(**{"kind": Kind.ACCESSIBILITY, **said}, language=get_language() or "sv", account=account)


def _account(request: HttpRequest) -> Account | None:
    asked = request.GET.get("konto", "")
    return public_accounts().filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
