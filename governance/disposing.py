"""What is disposed of goes everywhere: each app registers what it holds about a record, and empties it in the same act.

Three registers, filled from each app's `registrations.py`: holders of what stands about a record elsewhere, labels to
show in the log instead of a title that is gone, and rows of an app's own work that hold personal data and wear out by
themselves (R-PRIV-3).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from governance import clock


@dataclass(frozen=True)
class Gone:
    """A record that is being disposed of: which it is, and the row it was made of."""

    identifier: UUID
    number: int
    kind: str
    source_type: str
    source_id: int
    account_id: int | None
    hashes: frozenset[str]


@dataclass(frozen=True)
class Emptied:
    """What a holder emptied: how many rows, and files outside the archive's storage, as (storage, name)."""

    rows: int = 0
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Worn:
    """Rows of an app's own work that are forgotten so long after they were done with, and why they are kept so long."""

    label: Any
    days: int
    why: Any
    forget: Callable[[datetime], int]


Empty = Callable[[Gone], Emptied]
Labels = Callable[[Collection[int]], dict[int, str]]
_holders: dict[str, tuple[Any, Empty]] = {}
_labels: dict[str, Labels] = {}
_worn: dict[str, Worn] = {}


def holder(name: str, label: Any, empty: Empty) -> None:
    """Register what an app holds about a record. `empty` runs in the transaction in which the record goes.

    Files that it names are taken away after that transaction, and looked for afterwards.
    """
    if name in _holders:
        raise ValueError(f"two holders named {name}")
    _holders[name] = (label, empty)


def holders() -> dict[str, Any]:
    """Answer every holder's name with what it holds, in words."""
    return {name: label for name, (label, _empty) in _holders.items()}


def empty(gone: Gone) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Empty everything that is held about a record; answer how many rows by holder, and the files that must go."""
    rows: dict[str, int] = {}
    files: list[tuple[str, str]] = []
    for name, (_label, function) in _holders.items():
        emptied = function(gone)
        files += emptied.files
        if emptied.rows:
            rows[name] = emptied.rows
    return rows, files


def labelled(object_type: str, labels: Labels) -> None:
    """Register what the log shows instead of the names of objects of a type, by their numbers, where they are gone."""
    _labels[object_type] = labels


def labels_instead(objects: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], str]:
    """Answer, for those of the objects that were disposed of, what is shown instead of their names."""
    asked: dict[str, set[int]] = {}
    for object_type, pk in objects:
        if object_type in _labels and pk is not None:
            asked.setdefault(object_type, set()).add(pk)
    return {(kind, pk): label for kind, pks in asked.items() for pk, label in _labels[kind](pks).items()}


def worn(name: str, label: Any, *, days: int, why: Any, forget: Callable[[datetime], int]) -> None:
    """Register rows of an app's own work; `forget` takes away what was done with before a moment, and counts."""
    _worn[name] = Worn(label, days, why, forget)


def worn_rows() -> list[Worn]:
    """Answer everything that wears out by itself, for whoever asks what the application forgets."""
    return list(_worn.values())


def forget_worn(at: datetime | None = None) -> int:
    """Forget what has worn out, each app in a transaction of its own; answer how many rows. Safe to run twice."""
    now, count = at or clock.now(), 0
    for rows in _worn.values():
        with transaction.atomic():
            count += rows.forget(now - timedelta(days=rows.days))
    return count
