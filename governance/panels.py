"""What an app shows on pages that are not its own: entries in the navigation, and panels on the start page.

Registered from each app's `panels.py`, so that the kernel never knows the apps above it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from governance import access
from governance.models.people import User


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation, for those who hold its permission (empty: everybody signed in)."""

    label: Any
    url_name: str
    permission: str
    order: int


@dataclass(frozen=True)
class Panel:
    """One panel of the start page: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelFunction = Callable[[User], Panel | None]
_entries: list[Entry] = []
_panels: list[tuple[int, PanelFunction]] = []


def navigation(label: Any, url_name: str, permission: str, order: int) -> None:
    """Register an entry of the main navigation."""
    _entries.append(Entry(label, url_name, permission, order))


def panel(order: int) -> Callable[[PanelFunction], PanelFunction]:
    """Register a panel of the start page; it answers None where it has nothing for this person."""

    def keep(function: PanelFunction) -> PanelFunction:
        _panels.append((order, function))
        return function

    return keep


def navigation_for(user: User, path: str) -> list[dict[str, Any]]:
    """Answer the entries this person sees, with the one that holds `path` marked as current."""
    held: dict[str, bool] = {}
    shown = []
    for entry in sorted(_entries, key=lambda e: e.order):
        if entry.permission and entry.permission not in held:
            held[entry.permission] = access.holds(user, entry.permission)
        if held.get(entry.permission, True):
            shown.append({"label": entry.label, "url": reverse(entry.url_name)})
    best = max((e["url"] for e in shown if path.startswith(e["url"])), key=len, default=None)
    return [{**entry, "current": entry["url"] == best} for entry in shown]


def panels_for(user: User) -> list[Panel]:
    """Answer the start page's panels for this person, in order."""
    found = (function(user) for _order, function in sorted(_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]
