"""Snapshots: which are waited for, how the one under way is doing, why one failed and what came of it."""

from django.http import HttpResponse
from django.shortcuts import render

from archive import presenting
from archive.models import Snapshot
from archive.snapshots import actions
from archive.snapshots.snapshot_filters import SnapshotFilter
from governance import access
from governance.listing import PAGE_SIZE, in_order, page_of
from governance.request import Request
from governance.views.needs import needs

ORDERS = {
    "konto": ("account__sort_key",),
    "enhet": ("unit__sort_key",),
    "plattform": ("account__platform__sort_key",),
    "tid": ("ordered_at",),
    "klar": ("finished_at",),
    "lage": ("status",),
}
SEEN_WITH = ("account__platform", "account__unit", "unit", "authority", "campaign", "requested_by")


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
        "may_order": access.holds(request.user, "order_snapshot"),
        "cancellable": actions.cancellable(found.qs, by=request.user).count() if request.GET else 0,
    }
    return render(request, "archive/snapshot_list.html", context)


def show(request: Request, pk: int) -> HttpResponse:
    """Show one snapshot: how far it has come, or how it went and what came of it."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.select_related(*SEEN_WITH), pk=pk)
    row = presenting.snapshots([snapshot], request.user)[0]
    context = {
        "snapshot": snapshot,
        "row": row,
        "facts": {} if row.closed else presenting.capture_facts(snapshot.facts),
        "events": [] if row.closed else presenting.history(snapshot, request.user),
        "previews": presenting.previews(snapshot) if row.may_judge else [],
    }
    return render(request, "archive/snapshot_show.html", context)


def progress(request: Request, pk: int) -> HttpResponse:
    """Answer the fragment that says how far it has come; the snapshot's own page is shown anew when it has ended."""
    snapshot = access.get_or_deny(request.user, Snapshot.objects.select_related(*SEEN_WITH), pk=pk)
    row = presenting.snapshots([snapshot], request.user)[0]
    response = render(request, "archive/_progress.html", {"snapshot": snapshot, "row": row})
    if not snapshot.is_unfinished and request.htmx.current_url_abs_path == snapshot.get_absolute_url():
        response.headers["HX-Refresh"] = "true"
    return response


@needs("see_account")
def show_states(request: Request) -> HttpResponse:
    """Answer how the snapshots of a list are doing (`?id=1&id=2`), for those that were under way when it was shown."""
    asked = [int(text) for text in request.GET.getlist("id")[:PAGE_SIZE] if text.isdigit() and len(text) < 19]
    seen = access.visible(request.user, Snapshot.objects.filter(pk__in=asked), "see_account")
    rows = presenting.snapshots(list(seen.select_related(*SEEN_WITH).order_by("pk")), request.user)
    return render(request, "archive/_states.html", {"rows": rows, "replacing": True})
