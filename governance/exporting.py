"""Any filtered list as a file for a spreadsheet: streamed, harmless to open, and noted in the log.

A view ends with two lines: `if exporting.asked(request): return exporting.export(request, rows, COLUMNS, name)`.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from governance import audit, clock
from governance.models import User
from governance.request import Request

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 500
ROWS_PER_SHEET = 1_000_000  # a sheet holds little more
PIECE = 64 * 1024
LONGEST_TITLE, COLUMN_WIDTH = 28, 24
# A spreadsheet takes a text that begins with one of these for a formula, and runs it.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading, and what stands there for a row."""

    label: Any
    value: Callable[[Any], Any]


Prepare = Callable[[list[Any]], Iterable[Any]]


def asked(request: Request) -> str:
    """Answer the format that the address asks for: "csv", "xlsx", or nothing."""
    wanted = request.GET.get("format", "")
    return wanted if wanted in TYPES else ""


def export(
    request: Request, rows: QuerySet, columns: Sequence[Column], name: Any, prepare: Prepare | None = None
) -> StreamingHttpResponse:
    """Answer the rows as a file called `name`; what the reader may see of them is the caller's to have decided.

    `prepare` turns a chunk of rows into what the columns read, where that takes queries of its own. Whoever fetched
    which list, and how many rows, stands in the log.
    """
    wanted = asked(request) or CSV
    data = {"list": str(name), "count": rows.count(), "format": wanted}
    reader = User.objects.get(pk=request.user.pk)  # the request's own is only a promise of a person
    audit.record("list.export", by=reader, obj=reader, data=data)
    return answer(wanted, [column.label for column in columns], _values(rows, columns, prepare), str(name))


def answer(wanted: str, heading: Sequence[Any], rows: Iterable[Sequence[Any]], name: str) -> StreamingHttpResponse:
    """Answer a table as a file to keep, in pieces."""
    return answer_sheets(wanted, {name: chain([heading], rows)}, name)


def answer_sheets(wanted: str, tables: Mapping[str, Iterable[Sequence[Any]]], name: str) -> StreamingHttpResponse:
    """Answer tables, each with its heading first, as the sheets of a workbook; as text only the first of them."""
    pieces = as_csv(next(iter(tables.values()))) if wanted == CSV else as_xlsx(tables)
    response = StreamingHttpResponse(pieces, content_type=TYPES[wanted])
    file_name = f"{slugify(name) or 'lista'}-{clock.today().isoformat()}.{wanted}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def as_csv(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Answer the rows the way Swedish Excel opens them: semicolons, UTF-8 with its mark, CRLF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(BOM)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def as_xlsx(tables: Mapping[str, Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    """Answer the tables as a workbook, written row by row to a file that nobody else can open."""
    book = Workbook(write_only=True)
    for title, rows in tables.items():
        _write(book, title, ([_cell(value) for value in row] for row in rows))
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def harmless(text: str) -> str:
    """Answer a text that no spreadsheet takes for a formula: an apostrophe before what would run."""
    return f"'{text}" if text.startswith(RUNS) else text


def _values(rows: QuerySet, columns: Sequence[Column], prepare: Prepare | None) -> Iterator[list[Any]]:
    every = rows.iterator(chunk_size=CHUNK)
    prepared = chain.from_iterable(map(prepare, _chunks(every))) if prepare else every
    for row in prepared:
        yield [column.value(row) for column in columns]


def _write(book: Workbook, title: str, rows: Iterator[list[Any]]) -> None:
    """Write a table; what one sheet cannot hold goes on in the next, under the same heading."""
    heading = next(rows)
    following: list[Any] | None = []
    while following is not None:
        sheet = book.create_sheet(INVALID_TITLE_REGEX.sub(" ", title)[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        for place in range(len(heading)):
            sheet.column_dimensions[get_column_letter(place + 1)].width = COLUMN_WIDTH
        for row in chain([heading], [following] if following else [], islice(rows, ROWS_PER_SHEET)):
            sheet.append(row)
        following = next(rows, None)


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _plain(value: Any) -> str:
    shown = _cell(value)
    if isinstance(shown, datetime):
        return shown.isoformat(" ", "minutes")
    return str(shown)


def _cell(value: Any) -> Any:
    """Answer a value as it stands in a cell: numbers and days as such, anything else as harmless text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | float | date):
        return value
    if isinstance(value, list | tuple | set):
        value = ", ".join(str(each) for each in value)
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
