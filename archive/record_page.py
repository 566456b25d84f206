"""What the archive's areas show on a record's page, each as a part of its own.

`@part(order)` registers a function of reader and record (both gates passed: the reader sees the record, and it is open)
that answers a `Panel`, or None where there is nothing for this person. The panel's context is all that its template
sees beside `record`. Parts stand in the wide column; with `aside=True` in the narrow one. A part that must stand there
for a closed record too (lifting a marking) says `closed=True`, and shows nothing of what is in the record. Registered
from `archive/panels.py`, or from a module that it imports.
"""

from collections.abc import Callable
from dataclasses import dataclass

from archive.models import Record
from governance.models import User
from governance.panels import Panel

PartFunction = Callable[[User, Record], Panel | None]


@dataclass(frozen=True)
class Part:
    """One registered part: its place on the page and the function that makes it."""

    order: int
    aside: bool
    closed: bool
    make: PartFunction


_parts: list[Part] = []


def part(order: int, *, aside: bool = False, closed: bool = False) -> Callable[[PartFunction], PartFunction]:
    """Register a part of a record's page; the lower the order, the higher it stands in its column."""

    def keep(function: PartFunction) -> PartFunction:
        _parts.append(Part(order, aside, closed, function))
        return function

    return keep


def parts_of(user: User, record: Record, *, is_open: bool) -> tuple[list[Panel], list[Panel]]:
    """Answer the parts for this reader: those of the wide column and those of the narrow one, each in order."""
    shown = sorted((part for part in _parts if is_open or part.closed), key=lambda part: part.order)
    found = [(part.aside, panel) for part in shown if (panel := part.make(user, record)) is not None]
    return [panel for aside, panel in found if not aside], [panel for aside, panel in found if aside]
