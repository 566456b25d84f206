"""Spreadsheets as people send them, made in memory."""

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

Table = Sequence[Sequence[object]]


def xlsx(rows: Table, *more: Table, merge: str = "", names: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet per table."""
    book = Workbook()
    for place, table in enumerate([rows, *more]):
        sheet = book.active if place == 0 else book.create_sheet()
        if place < len(names):
            sheet.title = names[place]
        for row in table:
            sheet.append(list(row))
        if merge and place == 0:
            sheet.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """A workbook with one more part in its archive, or with another body of that part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, body)
    return file.getvalue()


def text(rows: Table, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A text file with separated values."""
    lines = [delimiter.join(str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)
