"""What can be read in: each kind names its columns, checks rows, and lets them in. Registered from `importers.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.people import User


class State(models.TextChoices):
    NEW = "new", _("Ny")
    CHANGED = "changed", _("Uppdateras")
    SAME = "same", _("Oförändrad")
    ERROR = "error", _("Fel")


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what else people call it, what belongs in it."""

    key: str
    label: Any
    words: tuple[str, ...] = ()  # other names, in lower case
    help: Any = ""
    example: Any = ""
    required: bool = False


@dataclass
class Line:
    """One row on its way in: its cells by column, and what would come of it."""

    number: int
    values: dict[str, str]
    state: str = State.SAME
    problems: list[tuple[str, str]] = field(default_factory=list)  # (column, what is wrong)
    changes: list[str] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)  # what the checking resolved, for the one who lets it in

    def get(self, key: str) -> str:
        """Answer a cell on one line; empty where there is none."""
        return " ".join(self.values.get(key, "").split())

    def wrong(self, key: str, text: Any) -> None:
        """Note what is wrong with a cell; the row cannot go in."""
        self.problems.append((key, str(text)))

    def standing(self, known: bool) -> None:
        """Settle the row's state when everything about it has been looked at."""
        if self.problems:
            self.state = State.ERROR
        elif not known:
            self.state = State.NEW
        else:
            self.state = State.CHANGED if self.changes else State.SAME


@dataclass(frozen=True)
class Importer:
    """One kind of rows. `check` reads and fills in the lines; `carry_out` saves those that are new or changed."""

    key: str  # as it stands in the address
    label: Any
    lead: Any
    order: int
    columns: Callable[[], Sequence[Column]]
    check: Callable[[list[Line], User], None]
    carry_out: Callable[[list[Line], User], None]
    count: Callable[[], int]  # how many there are in Uppsikt now

    def column(self, key: str) -> Column | None:
        """Answer the column with this key."""
        return next((column for column in self.columns() if column.key == key), None)


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Register a kind, once, from an app's `importers.py`."""
    if importer.key in _importers:
        raise ValueError(f"two importers of {importer.key}")
    _importers[importer.key] = importer


def importers() -> list[Importer]:
    """Answer every kind, in the order in which a municipality reads them in."""
    return sorted(_importers.values(), key=lambda each: each.order)


def importer(key: str) -> Importer | None:
    """Answer the kind with this key."""
    return _importers.get(key)


def summed(lines: Iterable[Line]) -> dict[str, int]:
    """Answer how many lines there are of each state."""
    counts = dict.fromkeys(State.values, 0)
    for line in lines:
        counts[line.state] += 1
    return counts
