"""Confirming that what the register says of an account is still right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.confirmation import ConfirmationForm
from accounts.models import Account
from accounts.models.account import RUNNING
from accounts.organisation import confirmations
from accounts.organisation.panels import waiting_for
from governance import access, clock
from governance.listing import page_of
from governance.request import Request
from governance.views import findings

ACCOUNTS = Account.objects.select_related("platform", "unit")


def show_list(request: Request) -> HttpResponse:
    """List the accounts that wait for the reader's confirmation, each with its button."""
    waiting = waiting_for(request.user)
    page = page_of(request, waiting.select_related("unit"))
    rows = findings.rows(list(page.object_list), clock.now())
    accounts = ACCOUNTS.in_bulk([row.finding.subject_id for row in rows])
    latest = confirmations.last_by(accounts.values())
    shown = [(row, accounts[row.finding.subject_id], latest.get(row.finding.subject_id)) for row in rows]
    return render(request, "accounts/confirmation_list.html", {"page": page, "rows": shown})


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Keep that the account is right, as the one who is signed in says."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), act="confirm_account", pk=pk)
    form = ConfirmationForm(request.POST)
    if account.status not in RUNNING:
        messages.error(request, _("Bara konton som är i gång bekräftas. Läget är ”%s”.") % account.get_status_display())
    elif form.is_valid():
        confirmations.confirm(account, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Tack. %(account)s är bekräftat.") % {"account": account})
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("accounts:confirmation-list") if request.POST.get("tillbaka") == "lista" else redirect(account)
