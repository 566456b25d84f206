"""The rows in which a plan names those who hold a duty."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from governance.choosing_people import LIST_ID, People, PersonField, label

__all__ = ["LIST_ID", "MOST_ROWS", "SPARE_ROWS", "People", "PersonField", "Row", "label", "row_count"]

SPARE_ROWS = 2
MOST_ROWS = 60  # nobody names more; what is posted decides how many rows are read


@dataclass(frozen=True)
class Row:
    """One person's row: who, and where the policy asks for it, how to reach him or her."""

    person: BoundField
    email: BoundField | None
    phone: BoundField | None


def row_count(kind: str, data: Mapping[str, Any] | None, named: int, minimum: int, maximum: int | None) -> int:
    """Answer how many rows a duty has: those posted and those named, else room for more, never too many."""
    if data is not None:
        row = re.compile(rf"{kind}-(\d{{1,2}})-(?:person|email|phone)")
        posted = [int(found.group(1)) for key in data if (found := row.fullmatch(key))]
        return max(named, min(max(posted, default=-1) + 1, MOST_ROWS))
    room = max(named, minimum) + SPARE_ROWS
    return max(named, min(room, maximum) if maximum is not None else room)
