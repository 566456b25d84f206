"""Ordering snapshots: of an account's page or one item on it, of a whole unit; and calling off what waits."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account
from archive import presenting
from archive.models import Snapshot
from archive.snapshots import actions
from archive.snapshots.snapshot_filters import UNFINISHED, SnapshotFilter
from archive.snapshots.snapshot_forms import ITEM, OrderForm, UnitOrderForm
from governance import access
from governance.models import Unit
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ACCOUNTS = Account.objects.select_related("unit", "platform")


def order(request: Request, pk: int) -> HttpResponse:
    """Order a snapshot of an account; one that is under way is shown instead. Without a choice: its page, at once."""
    account = access.get_or_deny(request.user, ACCOUNTS, "order_snapshot", pk=pk)
    form = OrderForm(_chosen(request), account)
    if form.is_bound and form.is_valid() and (snapshot := _ordered(form, account, request)):
        return redirect(snapshot)
    context = {"form": form, "account": account, "change": presenting.larger_change(account)}
    return render(request, "archive/order_form.html", context)


@needs("order_snapshot")
def order_unit(request: Request) -> HttpResponse:
    """Order snapshots of every open account of a unit and of those below it."""
    form = UnitOrderForm(
        request.POST if request.method == "POST" else None, request.user, {"unit": request.GET.get("enhet")}
    )
    if form.is_bound and form.is_valid() and _ordered_unit(form, request):
        unit: Unit = form.cleaned_data["unit"]
        return redirect(f"{reverse('archive:snapshot-list')}?{urlencode({'enhet': unit.pk, 'lage': UNFINISHED})}")
    return render(request, "archive/order_unit.html", {"form": form})


@needs("order_snapshot")
def cancel_many(request: Request) -> HttpResponse:
    """Call off every order of a narrowed list (`?enhet=`, `?omgang=`) that still waits, after asking."""
    seen = access.visible(request.user, Snapshot.objects.all(), "see_account")
    found = actions.cancellable(SnapshotFilter(request.GET, seen).qs, by=request.user)
    if request.method == "POST":
        count = actions.cancel_all(found, by=request.user)
        text = ngettext("%(n)s beställning är avbruten.", "%(n)s beställningar är avbrutna.", count)
        messages.success(request, text % {"n": count})
        return redirect(f"{reverse('archive:snapshot-list')}?{request.GET.urlencode()}")
    context = {"count": found.count(), "back": f"{reverse('archive:snapshot-list')}?{request.GET.urlencode()}"}
    return render(request, "archive/cancel_many.html", context)


def _chosen(request: Request) -> Any:
    """Answer what was sent; a bare press of the account's button means its page, on request."""
    if request.method != "POST":
        return None
    if "subject" in request.POST:
        return request.POST
    return {"subject": Snapshot.Subject.PAGE, "occasion": Snapshot.Occasion.REQUEST}


def _ordered(form: OrderForm, account: Account, request: Request) -> Snapshot | None:
    said = form.cleaned_data
    try:
        if said["subject"] == ITEM:
            about = {"occasion": said["occasion"], "elsewhere": said["elsewhere"]}
            snapshot, new = actions.order_item(account, said["link"], by=request.user, **about)
        else:
            snapshot, new = actions.order_snapshot(account, by=request.user, occasion=said["occasion"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if new:
        messages.success(request, _("Ögonblicksbilden är beställd. Du ser här hur långt den har kommit."))
    else:
        messages.info(request, _("En ögonblicksbild är redan på väg. Du ser den här."))
    return snapshot


def _ordered_unit(form: UnitOrderForm, request: Request) -> bool:
    try:
        done = actions.order_unit(form.cleaned_data["unit"], by=request.user, occasion=form.cleaned_data["occasion"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    text = ngettext("%(n)s ögonblicksbild är beställd.", "%(n)s ögonblicksbilder är beställda.", done.new)
    messages.success(request, text % {"n": done.new})
    if done.waiting:
        text = ngettext("%(n)s konto hade redan en på väg.", "%(n)s konton hade redan en på väg.", done.waiting)
        messages.info(request, text % {"n": done.waiting})
    return True
