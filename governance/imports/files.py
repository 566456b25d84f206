"""Files that we give out for reading in: a template to fill in, and the rows that were wrong, to mend."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from governance import exporting
from governance.imports import flow
from governance.imports.kinds import Column, Importer
from governance.imports.sheets import letter
from governance.models.imports import Import, ImportRow


def template(kind: Importer, wanted: str) -> StreamingHttpResponse:
    """Answer a file with the kind's headings and an example row, which reads back into itself.

    A workbook has a second sheet that explains the columns.
    """
    columns = kind.columns()
    name = _("mall %(kind)s") % {"kind": str(kind.label).lower()}
    tables = {str(kind.label): [[each.label for each in columns], [each.example for each in columns]]}
    if wanted == exporting.XLSX:
        tables[_("Förklaringar")] = [
            [_("Kolumn"), _("Måste fyllas i"), _("Vad som ska stå där")],
            *map(_explained, columns),
        ]
    return exporting.answer_sheets(wanted, tables, name)


def errors(file: Import, wanted: str) -> StreamingHttpResponse:
    """Answer the rows that are wrong as they were written, with what is wrong in a column of its own."""
    names = _headings(file)
    rows = with_errors(file)
    width = max([len(names), *(len(row.cells) for row in rows)])
    columns = {column.key: str(column.label) for column in flow.kind_of(file).columns()}
    filled = ([*_padded(row.cells, width), "\n".join(_told(row, columns))] for row in rows)
    return exporting.answer(wanted, [*_padded(names, width), _("Vad som är fel")], filled, _("rader att rätta"))


def unread(file: Import) -> list[str]:
    """Answer the columns that are not read in, each by its letter and heading; never our own of what is wrong."""
    taken = set(file.mapping.values())
    named = [(at, " ".join(name.split())) for at, name in enumerate(_headings(file)) if at not in taken]
    return [f"{letter(at)}: {name}" for at, name in named if name and name != _("Vad som är fel")]


def with_errors(file: Import) -> QuerySet[ImportRow]:
    """Answer the rows that are wrong, taken or left."""
    return ImportRow.objects.of(file).exclude(problems=[])


def _headings(file: Import) -> list[str]:
    row = ImportRow.objects.filter(file=file, sheet=file.sheet, number=file.heading).first()
    return row.cells if row else []


def _explained(column: Column) -> list[Any]:
    return [column.label, column.required, column.help]


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _told(row: ImportRow, columns: dict[str, str]) -> Iterator[str]:
    problems: Iterable[tuple[str, str]] = row.problems
    return (f"{columns.get(key, key)}: {text}" for key, text in problems)
