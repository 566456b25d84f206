"""What an app shows on pages that are not its own: in the navigation, on the start page, on an account's page.

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
    """One panel: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelFunction = Callable[[User], Panel | None]
AccountPanelFunction = Callable[[User, Any], Panel | None]
_entries: list[Entry] = []
_panels: list[tuple[int, PanelFunction]] = []
_account_panels: list[tuple[int, AccountPanelFunction]] = []


def navigation(label: Any, url_name: str, permission: str, order: int) -> None:
    """Register an entry of the main navigation."""
    _entries.append(Entry(label, url_name, permission, order))


def panel(order: int) -> Callable[[PanelFunction], PanelFunction]:
    """Register a panel of the start page; it answers None where it has nothing for this person."""

    def keep(function: PanelFunction) -> PanelFunction:
        _panels.append((order, function))
        return function

    return keep


def account_panel(order: int) -> Callable[[AccountPanelFunction], AccountPanelFunction]:
    """Register a panel of an account's page; it is given the reader and the account, which the reader may see."""

    def keep(function: AccountPanelFunction) -> AccountPanelFunction:
        _account_panels.append((order, function))
        return function

    return keep


def navigation_for(user: User, path: str) -> list[dict[str, Any]]:
    """Answer the entries this person sees, with the one that holds `path` marked as current."""
    held = access.held(user)
    entries = sorted((e for e in _entries if not e.permission or e.permission in held), key=lambda e: e.order)
    shown = [{"label": entry.label, "url": reverse(entry.url_name)} for entry in entries]
    # Every path begins with the start page's own: it is current only when it is the page itself.
    around = (e["url"] for e in shown if path == e["url"] or (e["url"] != "/" and path.startswith(e["url"])))
    best = max(around, key=len, default=None)
    return [{**entry, "current": entry["url"] == best} for entry in shown]


def panels_for(user: User) -> list[Panel]:
    """Answer the start page's panels for this person, in order."""
    found = (function(user) for _order, function in sorted(_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]


def account_panels_for(user: User, account: Any) -> list[Panel]:
    """Answer the panels of an account's page for this person, in order."""
    found = (function(user, account) for _order, function in sorted(_account_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]
