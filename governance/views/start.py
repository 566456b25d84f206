"""The start page "Att göra": what waits for this person, the latest first."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from governance import access, clock, panels
from governance.filters import DUE, LATE, MINE, in_state
from governance.models import Finding, PolicyVersion, User
from governance.models.work import FindingQuerySet
from governance.request import Request
from governance.views import findings

SHOWN, NOTICES_SHOWN = 10, 5


@dataclass(frozen=True)
class Group:
    """Findings of one urgency: how many, the first of them, and where all of them are."""

    title: str
    count: int
    color: str
    url: str
    note: str
    rows: list[findings.Row]


def show(request: Request) -> HttpResponse:
    """Show what this person must do, what the apps have to show, and the latest messages."""
    mine = _mine(request.user)
    context = {
        "mine": mine,
        "others": _others(request.user),
        "waiting": sum(group.count for group in mine),
        "panels": _panels(request),
        "notices": request.user.notices.all()[:NOTICES_SHOWN],
        "unadopted": PolicyVersion.objects.current() is None,
        "may_adopt": access.holds_for_all(request.user, "adopt_policy"),
    }
    return render(request, "governance/start.html", context)


def _mine(user: User) -> list[Group]:
    all_mine = Finding.objects.of(user).select_related("unit")
    note = _("som du ska ta hand om")
    return [
        _group(_("Brister"), all_mine, LATE, "breached_at", note, vem=MINE),
        _group(_("Att göra"), all_mine, DUE, "due_at", note, vem=MINE),
    ]


def _others(user: User) -> list[Group]:
    """Answer the numbers of what the roles of this person reach, without rows of their own."""
    if not access.holds(user, "see_findings"):
        return []
    note = _("i de verksamheter du följer")
    return [
        _group(_("Alla brister"), findings.reach(user), LATE, "", note),
        _group(_("Allt att göra"), findings.reach(user), DUE, "", note),
    ]


def _group(title: str, found: FindingQuerySet, state: str, order: str, note: str, **query: Any) -> Group:
    standing = in_state(found, state)
    first = list(standing.order_by(order, "pk")[:SHOWN]) if order else []
    color = {LATE: "danger", DUE: "warning"}[state]
    count = standing.count()
    url = f"{reverse('governance:finding-list')}?{urlencode({'lage': state, **query})}"
    return Group(title, count, color if count else "", url, note, findings.rows(first, clock.now()))


def _panels(request: Request) -> list[SafeString]:
    found = panels.panels_for(request.user)
    return [render_to_string(panel.template, panel.context, request) for panel in found]
