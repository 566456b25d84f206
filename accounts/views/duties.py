"""Who has had which duty on an account."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.models import Account
from accounts.organisation import history
from governance import access
from governance.listing import page_of
from governance.request import Request

ACCOUNTS = Account.objects.select_related("platform", "unit")


def show_list(request: Request, pk: int) -> HttpResponse:
    """Show every duty on an account, those in force first, each with its days and whose mission it was."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    page = page_of(request, history.of(account))
    return render(request, "accounts/duty_list.html", {"account": account, "page": page})
