"""What the page of a file shows: how many rows of each state, and the rows themselves, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, QuerySet

from governance.imports import files, flow
from governance.imports.kinds import Column, State
from governance.imports.sheets import letter
from governance.listing import page_of
from governance.models import Import, ImportRow
from governance.request import Request

PAGE_SIZE = 50
LEFT = "bort"
# What may be shown, by its word in the address.
SHOWN = {"fel": State.ERROR, "nya": State.NEW, "andras": State.CHANGED, "lika": State.SAME}
COLORS = {State.ERROR: "danger", State.NEW: "success", State.CHANGED: "info", State.SAME: "neutral"}
SUMMED = 3  # how many of a row's cells say which one it is


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and where the spreadsheet has it."""

    label: str
    place: str
    text: str


@dataclass(frozen=True)
class Shown:
    """One row as the page shows it."""

    row: ImportRow
    label: str
    color: str
    summary: list[str]
    cells: list[tuple[str, str]]
    problems: list[Problem]


def context(file: Import, request: Request) -> dict[str, Any]:
    """Answer what the page shows of a file that is looked over."""
    rows = ImportRow.objects.of(file)
    counts = _counts(rows)
    wanted = request.GET.get("visa", "")
    page = page_of(request, _narrowed(rows, wanted), PAGE_SIZE)
    kind = flow.kind_of(file)
    return {
        "file": file,
        "kind": kind,
        "columns": [column for column in kind.columns() if column.key in file.mapping],
        "missing": [column.label for column in kind.columns() if column.required and column.key not in file.mapping],
        "unread": files.unread(file),
        "wrong": files.with_errors(file).exists(),
        "counts": counts,
        "total": sum(counts.values()),
        "page": page,
        "shown": _shown(page, file, kind.columns()),
        "wanted": wanted,
        "ready": not counts[State.ERROR] and bool(counts[State.NEW] + counts[State.CHANGED]),
    }


def result(file: Import) -> dict[str, Any]:
    """Answer what the page shows of a file that was ordered: how many rows were left, while they are kept."""
    left = ImportRow.objects.of(file).filter(taken=False)
    wrong = files.with_errors(file).exists()
    return {"file": file, "kind": flow.kind_of(file), "left": left.count(), "wrong": wrong}


def _counts(rows: QuerySet[ImportRow]) -> dict[str, int]:
    """Answer how many rows are taken of each state, and how many are left."""
    counts = {**dict.fromkeys(State.values, 0), LEFT: rows.filter(taken=False).count()}
    grouped = rows.filter(taken=True).order_by().values("state").annotate(n=Count("pk"))
    return counts | {each["state"]: each["n"] for each in grouped}


def _narrowed(rows: QuerySet[ImportRow], wanted: str) -> QuerySet[ImportRow]:
    if wanted == LEFT:
        return rows.filter(taken=False)
    return rows.filter(taken=True, state=SHOWN[wanted]) if wanted in SHOWN else rows


def _shown(page: Page, file: Import, columns: Sequence[Column]) -> list[Shown]:
    labels = {column.key: str(column.label) for column in columns}
    known = [key for key in labels if key in file.mapping]
    return [_one(row, file, labels, known) for row in page.object_list]


def _one(row: ImportRow, file: Import, labels: dict[str, str], known: list[str]) -> Shown:
    values = flow.line_of(row, file).values
    problems = [
        Problem(labels.get(key, key), letter(file.mapping[key]) if key in file.mapping else "", text)
        for key, text in row.problems
    ]
    state = State(row.state or State.SAME)
    return Shown(
        row=row,
        label=str(state.label),
        color=COLORS[state],
        summary=[values[key] for key in known if values[key]][:SUMMED],
        cells=[(labels[key], values[key]) for key in known if values[key]],
        problems=problems,
    )
