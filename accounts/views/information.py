"""What an account shows of itself: the checklist, and the ready text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.information import InformationForm
from accounts.information import checking, checklist, pages
from accounts.information.facts import SWEDISH
from accounts.models import Account
from governance import access
from governance.models import User
from governance.request import Request
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("platform", "unit")


def check(request: Request, pk: int) -> HttpResponse:
    """Show the checklist, and take what somebody sees on the account; those who may not check read it."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    shown = pages.context(account, request.user)
    if request.method == "POST" and not shown["may_check"]:
        raise PermissionDenied
    form = InformationForm(request.POST if request.method == "POST" else None, lines=shown["lines"])
    if form.is_bound and form.is_valid() and _checked(form, account, request.user):
        settled, total = checklist.progress(checklist.lines(account))
        messages.success(
            request, _("Sparat: %(n)d av %(total)d punkter är i ordning.") % {"n": settled, "total": total}
        )
        return redirect("accounts:information-check", pk=account.pk)
    return render(request, "accounts/information_check.html", {**shown, "form": form})


def text(request: Request, pk: int) -> HttpResponse:
    """Show the ready text of an account, to copy; `?sprak=en` in English."""
    account = access.get_or_deny(request.user, ACCOUNTS.all(), pk=pk)
    ready = pages.ready_text(account, request.GET.get("sprak", SWEDISH))
    return render(request, "accounts/information_text.html", {"account": account, "ready": ready})


def _checked(form: InformationForm, account: Account, by: User) -> bool:
    try:
        checking.check(account, by=by, said=form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
