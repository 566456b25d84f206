"""What an app shows on pages that are not its own: in the navigation, on the start page, on an account's page.

Registered from each app's `panels.py`, so that the kernel never knows the apps above it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from governance import access
from governance.models.organisation import Unit
from governance.models.people import User


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation, for those who hold its permission (empty: everybody signed in).

    One that lies `under` another stands in a second row, on the pages of that other and of those beside it.
    """

    label: Any
    url_name: str
    permission: str
    order: int
    also: tuple[str, ...] = ()
    under: str = ""


# Whoever has more entries than fit in a row finds those from this order on under "Mer".
IN_A_ROW, SELDOM = 7, 60


@dataclass(frozen=True)
class Panel:
    """One panel: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelFunction = Callable[[User], Panel | None]
AccountPanelFunction = Callable[[User, Any], Panel | None]
PublicAccountPanelFunction = Callable[[Any], Panel | None]
PersonPanelFunction = Callable[[User, User], Panel | None]
UnitPanelFunction = Callable[[User, Unit], Panel | None]
_entries: list[Entry] = []
_panels: list[tuple[int, PanelFunction]] = []
_account_panels: list[tuple[int, AccountPanelFunction]] = []
_public_account_panels: list[tuple[int, PublicAccountPanelFunction]] = []
_person_panels: list[tuple[int, PersonPanelFunction]] = []
_unit_panels: list[tuple[int, UnitPanelFunction]] = []


def navigation(
    label: Any, url_name: str, permission: str, order: int, also: tuple[str, ...] = (), *, under: str = ""
) -> None:
    """Register an entry of the main navigation; it is current on the pages of the addresses in `also` too.

    `under` names the address of the entry it belongs to; whoever may not see that one finds it in the first row.
    """
    _entries.append(Entry(label, url_name, permission, order, also, under))


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


def person_panel(order: int) -> Callable[[PersonPanelFunction], PersonPanelFunction]:
    """Register a panel of a person's page; it is given the reader, who keeps the organisation, and the person."""

    def keep(function: PersonPanelFunction) -> PersonPanelFunction:
        _person_panels.append((order, function))
        return function

    return keep


def unit_panel(order: int) -> Callable[[UnitPanelFunction], UnitPanelFunction]:
    """Register a panel of a unit's page; it is given the reader, who keeps the organisation, and the unit."""

    def keep(function: UnitPanelFunction) -> UnitPanelFunction:
        _unit_panels.append((order, function))
        return function

    return keep


def public_account_panel(order: int) -> Callable[[PublicAccountPanelFunction], PublicAccountPanelFunction]:
    """Register a panel of an account's public page: alike for everybody, without a person's name and without a token.

    It is given the account, in the language of the page; the page is kept by caches until the account changes.
    """

    def keep(function: PublicAccountPanelFunction) -> PublicAccountPanelFunction:
        _public_account_panels.append((order, function))
        return function

    return keep


def navigation_for(user: User, path: str) -> list[dict[str, Any]]:
    """Answer the entries this person sees, with the one that holds `path` marked as current.

    The current one brings those `below` it, itself the first of them, where there are any.
    """
    held = access.held(user)
    entries = sorted((e for e in _entries if not e.permission or e.permission in held), key=lambda e: e.order)
    best = _holding(path, entries)
    named = {e.url_name for e in entries}
    first = [e for e in entries if e.under not in named]
    crowded = len(first) > IN_A_ROW
    return [
        {
            "label": e.label,
            "url": reverse(e.url_name),
            "current": e is best or (best is not None and best.under == e.url_name),
            "seldom": crowded and e.order >= SELDOM,
            "below": _below(e, entries, best),
        }
        for e in first
    ]


def _holding(path: str, entries: list[Entry]) -> Entry | None:
    # Every path begins with the start page's own: it is current only when it is the page itself.
    around = [
        (len(url), entry)
        for entry in entries
        for url in map(reverse, (entry.url_name, *entry.also))
        if path == url or (url != "/" and path.startswith(url))
    ]
    return max(around, key=lambda each: each[0], default=(0, None))[1]


def _below(entry: Entry, entries: list[Entry], best: Entry | None) -> list[dict[str, Any]]:
    under = [e for e in entries if e.under == entry.url_name]
    if not under or best not in (entry, *under):
        return []
    return [{"label": e.label, "url": reverse(e.url_name), "current": e is best} for e in (entry, *under)]


def panels_for(user: User) -> list[Panel]:
    """Answer the start page's panels for this person, in order."""
    found = (function(user) for _order, function in sorted(_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]


def account_panels_for(user: User, account: Any) -> list[tuple[int, Panel]]:
    """Answer the panels of an account's page for this person, in order, each with its place in it."""
    found = ((order, function(user, account)) for order, function in sorted(_account_panels, key=lambda p: p[0]))
    return [(order, panel) for order, panel in found if panel is not None]


def person_panels_for(reader: User, person: User) -> list[Panel]:
    """Answer the panels of a person's page for this reader, in order."""
    found = (function(reader, person) for _order, function in sorted(_person_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]


def unit_panels_for(reader: User, unit: Unit) -> list[Panel]:
    """Answer the panels of a unit's page for this reader, in order."""
    found = (function(reader, unit) for _order, function in sorted(_unit_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]


def public_account_panels_for(account: Any) -> list[Panel]:
    """Answer the panels of an account's public page, in order."""
    found = (function(account) for _order, function in sorted(_public_account_panels, key=lambda p: p[0]))
    return [panel for panel in found if panel is not None]
