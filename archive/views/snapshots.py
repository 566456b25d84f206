"""Snapshots: which are waited for, how the one under way is doing, why one failed, and ordering one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Account
from archive import actions, presenting
from archive.filters import SnapshotFilter
from archive.models import Snapshot
from governance import access
from governance.listing import in_order, page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

ORDERS = {
    "konto": ("account__sort_key",),
    "enhet": ("unit__sort_key",),
    "tid": ("ordered_at",),
    "lage": ("status",),
}
SEEN_WITH = ("account__platform", "unit", "authority", "campaign", "requested_by")


@needs("see_account")
def show_list(request: Request) -> HttpResponse:
    """List the snapshots of the accounts one sees, the latest order first."""
    seen = access.visible(request.user, Snapshot.objects.all(), "see_account")
    found = SnapshotFilter(request.GET, seen)
    page = page_of(request, in_order(request, found.qs, ORDERS, "-tid").select_related(*SEEN_WITH))
    rows = presenting.snapshots(list(page.object_list), request.user)
    context = {
        "filter": found,
        "page": page,
        "rows": rows,
        "narrowed": bool(request.GET),
        "may_see_archive": access.holds(request.user, "see_record"),
    }
    return render(request, "archive/snapshot_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one snapshot: how far it has come, or how it went and what came of it."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.select_related(*SEEN_WITH), pk=pk)
    context = {
        "snapshot": snapshot,
        "row": presenting.snapshots([snapshot], request.user)[0],
        "facts": presenting.capture_facts(snapshot.facts),
        "events": presenting.history(snapshot),
    }
    return render(request, "archive/snapshot_show.html", context)


def progress(request: Request, pk: int) -> HttpResponse:
    """Answer the fragment that says how far it has come; the snapshot's own page is shown anew when it has ended."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.select_related(*SEEN_WITH), pk=pk)
    response = render(request, "archive/_progress.html", {"snapshot": snapshot})
    if not snapshot.is_unfinished and request.htmx.current_url_abs_path == snapshot.get_absolute_url():
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Order a snapshot of an account; one that is under way is shown instead."""
    account = access.get_or_deny(request.user, Account.objects.all(), "order_snapshot", pk=pk)
    try:
        snapshot, new = actions.order_snapshot(account, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(account)
    if new:
        messages.success(request, _("Ögonblicksbilden är beställd. Du ser här hur långt den har kommit."))
    else:
        messages.info(request, _("En ögonblicksbild av kontot är redan på väg. Du ser den här."))
    return redirect(snapshot)
