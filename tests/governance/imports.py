"""A file read in from a test: kept, looked over, let in."""

from governance.imports import flow, kinds
from governance.imports.sheets import Row, Sheet
from governance.models import Import, ImportRow, User
from tests.governance.sheets import Table


def sheet(rows: Table, name: str = "Blad1") -> Sheet:
    """The rows as the reader would answer them."""
    numbered: list[Row] = [(number, [str(cell) for cell in cells]) for number, cells in enumerate(rows, start=1)]
    return Sheet(name, numbered)


def received(kind: str, rows: Table, by: User) -> Import:
    """A file of this kind, looked over."""
    importer = kinds.importer(kind)
    assert importer is not None
    return flow.receive([sheet(rows)], kind=importer, name="register.xlsx", by=by)


def let_in(kind: str, rows: Table, by: User) -> Import:
    """A file of this kind that has gone in."""
    file = flow.order(received(kind, rows, by), by=by)
    assert flow.carry_out_owed() == 1, told(file)
    file.refresh_from_db()
    return file


def states(file: Import) -> list[str]:
    """What would come of each row, in order."""
    return list(ImportRow.objects.of(file).values_list("state", flat=True))


def told(file: Import) -> str:
    """Everything that is wrong with the file's rows, in words."""
    rows = ImportRow.objects.of(file)
    return "\n".join(f"{row.number} {key}: {text}" for row in rows for key, text in row.problems) + file.note
