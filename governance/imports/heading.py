"""Which row of a sheet names its columns, and which of ours each of them is. A guess, which people correct."""

import re
from collections.abc import Sequence

from governance.imports.kinds import Column
from governance.imports.sheets import Row

ROWS_TRIED = 20
LONG = 3  # shorter beginnings say nothing
PLURAL = "(?:a|n|na|ar|arna|or|orna|er|erna)?"
Mapping = dict[str, int]  # our column -> the place of theirs, counted from 0


def row_of(rows: Sequence[Row], columns: Sequence[Column]) -> int:
    """Answer the number of the row that names most of our columns; where none does, the first one with two cells."""
    tried = rows[:ROWS_TRIED]
    best = max(tried, key=lambda row: len(guess(row[1], columns)))
    if guess(best[1], columns):
        return best[0]
    return next((number for number, cells in tried if sum(map(bool, cells)) > 1), tried[0][0])


def guess(names: Sequence[str], columns: Sequence[Column]) -> Mapping:
    """Answer which place holds which of our columns, by name; each place is taken once."""
    plain = [_plain(name) for name in names]
    found: Mapping = {}
    for exact in (True, False):
        for column in columns:
            place = _place(plain, column, exact) if column.key not in found else None
            if place is not None and place not in found.values():
                found[column.key] = place
    return found


def _place(names: list[str], column: Column, exact: bool) -> int | None:
    known = [_plain(str(column.label)), *map(_plain, column.words)]
    for word in known:
        for place, name in enumerate(names):
            if name and (name == word or (not exact and _alike(name, word))):
                return place
    return None


def _alike(name: str, word: str) -> bool:
    """Headers carry more than the name, or less: "Enhet (avdelning)", "Administratörer", "Ersättare"."""
    more = len(word) > LONG and re.fullmatch(rf"{re.escape(word)}(?:{PLURAL}| .*)", name)
    return bool(more) or (len(name) > LONG and word.startswith(f"{name} "))


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w@]+", " ", name.casefold()).split())
