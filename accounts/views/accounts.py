"""The register: which accounts there are, one of them, proposing one, opening one."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import account_page, actions, export_columns
from accounts.filters import AccountFilter
from accounts.forms import OpeningForm, ProposalForm
from accounts.forms.opening import AddressForm
from accounts.life import advice, exemption, proposing
from accounts.models import Account, ActivityPlan
from accounts.platforms.platform_page import of_panel
from governance import access, exporting
from governance.listing import KeysFirst, in_order, page_of
from governance.models import User
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit", "authority", "proposed_by", "successor__platform")
ORDERS = {
    "namn": ("sort_key",),
    "plattform": ("platform__sort_key", "sort_key"),
    "enhet": ("unit__sort_key", "sort_key"),
    "lage": ("status", "sort_key"),
    "oppnat": ("opened_at", "sort_key"),
}


def show_list(request: Request) -> HttpResponseBase:
    """List the accounts that the reader may see, narrowed, ordered and paged."""
    seen = access.visible(request.user, ACCOUNTS.all(), "see_account")
    found = AccountFilter(request.GET, seen)
    ordered = in_order(request, found.qs, ORDERS, "namn")
    if exporting.asked(request):
        whole = export_columns.with_duties(ordered)
        return exporting.export(request, whole, export_columns.accounts(), _("Konton"))
    context = {
        "filter": found,
        "page": page_of(request, ordered, pages=KeysFirst),
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "may_propose": access.holds(request.user, "propose_account"),
    }
    return render(request, "accounts/account_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one account: what it is, its plan, who does what, what is to be done, what happened."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    return render(request, "accounts/account_show.html", account_page.context(account, request.user, request))


@needs("propose_account")
def propose(request: Request) -> HttpResponse:
    """Propose an account; its plan is drafted next."""
    form = ProposalForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid() and (proposed := _proposed(form, request.user)):
        return _go_on(request, proposed)
    return render(request, "accounts/account_propose.html", {"form": form})


def open_account(request: Request, pk: int) -> HttpResponse:
    """Open an approved account at the address it really has."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="open_account", pk=pk)
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).select_related("account__platform").first()
    if plan is None or account.status != Account.Status.APPROVED:
        messages.error(request, _("Kontot kan inte öppnas nu. Läget är ”%s”.") % account.get_status_display())
        return redirect(account)
    data = request.POST if request.method == "POST" else None
    form = OpeningForm(data, plan=plan, user=request.user)
    if data is not None and form.is_valid() and _opened(form, account, request.user):
        messages.success(request, " ".join(_what_opening_means(account, form)))
        return redirect(account)
    context = {"form": form, "account": account, "plan": plan, "rules": plan.rules, **of_panel(account.platform)}
    return render(request, "accounts/account_open.html", context)


def _what_opening_means(account: Account, form: OpeningForm) -> Iterator[str]:
    if account.visibility == Account.Visibility.INTERNAL:
        yield _("Kontot är öppnat. Det är internt och står inte på den offentliga listan.")
    else:
        yield _("Kontot är öppnat och står på kommunens lista över officiella konton.")
    if form.is_rewritten():
        yield _("Adressen sparas som %(address)s.") % {"address": form.cleaned_data["address"].address}


def open_exempt(request: Request, pk: int) -> HttpResponse:
    """Open an account for which the policy asks for no plan, at the address it really has."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="open_account", pk=pk)
    if not exemption.waits(account):
        messages.error(request, _("Kontot kan inte öppnas utan plan."))
        return redirect(account)
    form = AddressForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_bound and form.is_valid() and _opened_exempt(form, account, request.user):
        messages.success(request, _("Kontot är öppnat. Det står inte på den offentliga listan."))
        return redirect(account)
    context = {"form": form, "account": account, "exempt": exemption.of(account)}
    return render(request, "accounts/account_open_exempt.html", context)


def _go_on(request: Request, proposed: Account | ActivityPlan) -> HttpResponse:
    """Lead on to the plan, or to the account where it needs none; say what the policy would rather see."""
    account = proposed if isinstance(proposed, Account) else proposed.account
    for each in advice.of(account):
        messages.warning(request, f"{each.text} ({each.origin.clause})")
    if isinstance(proposed, ActivityPlan):
        messages.success(request, _("Kontot är föreslaget. Skriv nu planen: du kan spara och fortsätta senare."))
        return redirect("accounts:plan-edit", pk=proposed.pk)
    messages.success(request, _("Kontot är föreslaget. Det behöver ingen plan: kommunikatören öppnar det."))
    return redirect(account)


def _opened_exempt(form: AddressForm, account: Account, by: User) -> Account | None:
    found = form.cleaned_data["address"]
    try:
        return exemption.open_exempt(account, by=by, address=found.address, handle=found.handle)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _proposed(form: ProposalForm, by: User) -> Account | ActivityPlan | None:
    try:
        return proposing.propose(by=by, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _opened(form: OpeningForm, account: Account, by: User) -> Account | None:
    found = form.cleaned_data["address"]
    try:
        return actions.open_account(
            account,
            by=by,
            address=found.address,
            handle=found.handle,
            confirmed=form.confirmed(),
            reused=form.cleaned_data["reuse_reason"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
