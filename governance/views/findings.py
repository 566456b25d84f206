"""What the rules found: the rows that every number about them counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, Value, When
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from governance import access, clock, export_columns, exporting
from governance.filters import FindingFilter
from governance.listing import KeysFirst, in_order, page_of
from governance.models import Finding, User
from governance.models.work import FindingQuerySet
from governance.request import Request

COLORS = {Finding.State.BREACHED: "danger", Finding.State.DUE: "warning", Finding.State.OK: "success"}
ORDERS = {
    "nar": ("urgency", "breached_at", "due_at"),
    "vad": ("text",),
    "enhet": ("unit__sort_key",),
    "regel": ("rule",),
}


@dataclass(frozen=True)
class Row:
    """A finding as it stands at a moment: its state, and since when (or, in order, until when)."""

    finding: Finding
    state: Finding.State
    color: str
    since: datetime | None


def reach(user: User) -> FindingQuerySet:
    """Answer the findings this person may see: by a role, or because he or she must act on them."""
    mine = Finding.objects.of(user).order_by().values("pk")
    return Finding.objects.filter(access.reach(user, Finding, "see_findings") | Q(pk__in=mine))


def by_urgency(found: FindingQuerySet, at: datetime) -> FindingQuerySet:
    """Answer the findings with what is late at `at` marked as the most urgent, then what is to be done."""
    late, due = When(breached_at__lte=at, then=Value(0)), When(due_at__lte=at, then=Value(1))
    return found.annotate(urgency=Case(late, due, default=Value(2)))


def rows(findings: list[Finding], at: datetime) -> list[Row]:
    """Answer the findings as they stand at `at`."""
    return [_row(finding, at) for finding in findings]


def _row(finding: Finding, at: datetime) -> Row:
    state = finding.state(at)
    since = finding.breached_at if state == Finding.State.BREACHED else finding.due_at
    return Row(finding, state, COLORS[state], since or finding.breached_at)


def show_list(request: Request) -> HttpResponseBase:
    """List the findings this person may see, narrowed, ordered and paged."""
    at = clock.now()
    found = FindingFilter(request.GET, reach(request.user), request.user)
    ordered = in_order(request, by_urgency(found.qs, at), ORDERS, "nar")
    whole = ordered.select_related("unit").prefetch_related("responsible")
    if exporting.asked(request):
        return exporting.export(request, whole, export_columns.findings(at), _("Regelutfall"))
    page = page_of(request, whole, pages=KeysFirst)
    shown = rows(list(page.object_list), at)
    context = {"filter": found, "page": page, "rows": shown, "narrowed": bool(request.GET)}
    return render(request, "governance/finding_list.html", context)
