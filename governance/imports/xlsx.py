"""Workbooks (.xlsx): values only, checked for what they would unpack to before anything is parsed."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from governance.imports.sheets import MAX_COLUMNS, Sheet, Unreadable, collect, letter

MAX_PARTS = 2_000
MAX_UNPACKED = 96 * 1024 * 1024
# Text of a spreadsheet packs tenfold, columns of the same word a hundredfold; more is made to burst.
MAX_RATIO = 250
SMALL = 1024 * 1024  # too little to hurt, whatever its ratio
CHUNK = 64 * 1024
MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
ROWS_BEFORE_DATA = 20  # a title over the columns may be merged
LAST_ROW = 1_048_576  # no spreadsheet has more; a file that says so is made to keep us busy


def read(content: bytes) -> list[Sheet]:
    """Answer the workbook's visible sheets. Raises `Unreadable`."""
    with _opened(content) as parts:
        _check(parts)
        try:
            return _sheets(content, parts)
        except Unreadable:
            raise
        except Exception as error:  # the library answers a broken workbook with whatever it stumbles on
            raise Unreadable(_broken()) from error


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except Exception as error:  # a broken archive may break the reading of its own list
        raise Unreadable(_broken()) from error


def _broken() -> str:
    return _("Kalkylbladet är skadat och kan inte läsas. Öppna det, spara det på nytt som .xlsx och försök igen.")


def _check(parts: zipfile.ZipFile) -> None:
    """Refuse what is no workbook, holds macros, or would unpack to more than a register ever is."""
    found = parts.infolist()
    names = {part.filename for part in found}
    if any("vbaproject" in name.lower() or "macrosheets/" in name.lower() for name in names):
        raise Unreadable(_("Filen innehåller makron och läses inte in. Spara den som .xlsx utan makron."))
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise Unreadable(_("Filen är inget kalkylblad i formatet .xlsx. Spara den som .xlsx eller .csv."))
    burst = any(part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in found)
    if burst or len(found) > MAX_PARTS or sum(part.file_size for part in found) > MAX_UNPACKED:
        raise Unreadable(_("Kalkylbladet blir orimligt stort när det packas upp och läses inte in."))


def _sheets(content: bytes, parts: zipfile.ZipFile) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library cannot show (charts, validation) is not read here
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            if b"macroenabled" in parts.read("[Content_Types].xml").lower():
                raise Unreadable(_("Filen innehåller makron och läses inte in. Spara den som .xlsx utan makron."))
            return [_sheet(sheet, parts) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()


def _sheet(sheet: Any, parts: zipfile.ZipFile) -> Sheet:
    rows: list[tuple[int, list[str]]] = []
    sheet.reset_dimensions()  # what the file says of its size need not be true
    every = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True)
    for number, cells in enumerate(every, start=1):
        if any(cell is not None for cell in cells):
            collect(sheet.title, rows, [_text(cell, sheet.title, number, at) for at, cell in enumerate(cells)], number)
    _refuse_merged(sheet, parts, rows)
    return Sheet(sheet.title, rows)


def _text(value: Any, sheet: str, number: int, index: int) -> str:
    """Answer a cell's value as one would type it; what a formula came to, never the formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str) and value in ERROR_CODES:
        words = _("Formeln i cell %(cell)s på bladet ”%(sheet)s” visar felet %(error)s. Rätta den och försök igen.")
        raise Unreadable(words % {"cell": f"{letter(index)}{number}", "sheet": sheet, "error": value})
    return str(value)


def _refuse_merged(sheet: Any, parts: zipfile.ZipFile, rows: list[tuple[int, list[str]]]) -> None:
    """Merged cells hold their text in the first one only: among the rows of data nobody can tell whose it is."""
    last = rows[-1][0] if rows else 0
    for first_column, first, last_column, end in _merged(parts, sheet._worksheet_path):
        one_row_on_top = first == end and first <= ROWS_BEFORE_DATA
        if first <= last and not one_row_on_top:
            words = _("Cellerna %(cells)s på bladet ”%(sheet)s” är sammanfogade. Dela dem och fyll i varje rad.")
            raise Unreadable(words % {"cells": f"{first_column}{first}:{last_column}{end}", "sheet": sheet.title})


def _merged(parts: zipfile.ZipFile, path: str) -> Iterator[tuple[str, int, str, int]]:
    tail = b""
    with parts.open(path.lstrip("/")) as file:
        while chunk := file.read(CHUNK):
            text = tail + chunk
            end = 0
            for found in MERGED.finditer(text):
                end = found.end()
                yield found[1].decode(), int(found[2]), found[3].decode(), int(found[4])
            tail = text[max(end, len(text) - 80) :]
