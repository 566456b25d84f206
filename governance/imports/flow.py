"""The way of a file, as verbs: received, arranged, looked over, ordered, let in whole or not at all."""

import logging
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from governance import access, audit, bell, clock
from governance.imports import heading
from governance.imports.kinds import Importer, Line, State, importer, summed
from governance.imports.sheets import Sheet
from governance.models.imports import Import, ImportRow
from governance.models.people import User
from governance.workflow import Refused, perform

logger = logging.getLogger(__name__)

TASK = "governance.tasks.carry_out_imports"
LOCK = 0x696E6C61  # one file goes in at a time, whichever worker takes it
KEPT_FOR = timedelta(days=14)
MAX_ATTEMPTS = 3
BATCH = 1_000


def kind_of(file: Import) -> Importer:
    """Answer the kind of a file. Raises KeyError for one that is no longer registered."""
    found = importer(file.kind)
    if found is None:
        raise KeyError(file.kind)
    return found


@transaction.atomic
def receive(sheets: Sequence[Sheet], *, kind: Importer, name: str, by: User) -> Import:
    """Keep a file that could be read, with a first guess of its columns, looked over row by row."""
    columns = kind.columns()
    headings = [heading.row_of(sheet.rows, columns) for sheet in sheets]
    guesses = [_guess(sheet, number, kind) for sheet, number in zip(sheets, headings, strict=True)]
    best = max(range(len(sheets)), key=lambda place: (len(guesses[place]), -place))
    file = Import.objects.create(
        kind=kind.key,
        file_name=name[:200],
        sheets=[sheet.name for sheet in sheets],
        sheet=best,
        heading=headings[best],
        mapping=guesses[best],
        made_by=by,
        made_at=clock.now(),
    )
    for place, sheet in enumerate(sheets):
        rows = [ImportRow(file=file, sheet=place, number=number, cells=cells) for number, cells in sheet.rows]
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    audit.record("import.receive", by=by, obj=file, data={"kind": str(kind.label)}, personal={"file": name})
    look_over(file, by=by)
    return file


@transaction.atomic
def arrange(file: Import, *, sheet: int, row: int, mapping: heading.Mapping, by: User) -> Import:
    """Take another sheet, row of headings or columns, and look the file over anew. Raises Refused once ordered."""
    locked = _preview(file)
    if (sheet, row) != (locked.sheet, locked.heading):
        ImportRow.objects.filter(file=locked).update(taken=True)
    locked.sheet, locked.heading, locked.mapping = sheet, row, mapping
    locked.save(update_fields=["sheet", "heading", "mapping"])
    look_over(locked, by=by)
    return locked


@transaction.atomic
def choose(file: Import, *, shown: Collection[int], taken: Collection[int], by: User) -> None:
    """Take or leave the rows that were shown, and look the file over anew: other rows may hang on them."""
    rows = ImportRow.objects.of(_preview(file)).filter(number__in=shown)
    rows.filter(number__in=taken).update(taken=True)
    rows.exclude(number__in=taken).update(taken=False)
    look_over(file, by=by)


@transaction.atomic
def leave_errors(file: Import, *, by: User) -> None:
    """Leave every row that is wrong, and those that then are, until what is left can go in."""
    rows = ImportRow.objects.of(_preview(file)).filter(taken=True)
    while rows.filter(state=State.ERROR).update(taken=False):
        look_over(file, by=by)


@transaction.atomic
def take_all(file: Import, *, by: User) -> None:
    """Take every row again."""
    ImportRow.objects.of(_preview(file)).update(taken=True)
    look_over(file, by=by)


def look_over(file: Import, *, by: User) -> dict[str, int]:
    """Say of every row that is taken what would come of it; answer how many of each."""
    rows = list(ImportRow.objects.of(file).filter(taken=True))
    lines = [line_of(row, file) for row in rows]
    kind_of(file).check(lines, by)
    told = [row for row, line in zip(rows, lines, strict=True) if _tell(row, line)]
    # Written anew rather than updated: a third of the time when there are many.
    ImportRow.objects.filter(pk__in=[row.pk for row in told]).delete()
    ImportRow.objects.bulk_create(told, batch_size=BATCH)
    return summed(lines)


@transaction.atomic
def order(file: Import, *, by: User) -> Import:
    """Order the rows that are taken to go in, by the worker. Raises Refused where one is wrong or none is left."""
    locked = _preview(file)
    rows = ImportRow.objects.of(locked).filter(taken=True)
    if not rows.exists():
        raise Refused(_("Det finns inga rader att läsa in."))
    if rows.filter(state=State.ERROR).exists():
        raise Refused(_("Det finns rader med fel. Rätta dem i filen, eller bocka ur dem."))
    Import.objects.filter(pk=file.pk).update(note="", attempts=0, ordered_by=by)
    ordered = perform(locked, "order", by=by)
    transaction.on_commit(lambda: bell.ring(TASK))
    return ordered


def discard(file: Import, *, by: User) -> Import:
    """Throw a file away before it goes in. Raises Refused once it is ordered."""
    return perform(file, "discard", by=by)


def carry_out_owed() -> int:
    """Let in every file that is ordered; answer how many went in. What a dead worker began is begun anew."""
    return sum(_tried(file) for file in Import.objects.owed())


def forget_old() -> int:
    """Forget the rows of files that nobody has taken further, or that went in some time ago; answer how many files."""
    old = list(Import.objects.forgettable(clock.now() - KEPT_FOR))
    for file in old:
        with transaction.atomic():
            if file.status == Import.Status.PREVIEW:
                perform(file, "expire", by=None)
            file.rows.all().delete()
    return len(old)


def forget_rows(file: Import, by: User | None, reason: str) -> None:
    """Effect of discard: what was in the file is gone at once."""
    file.rows.all().delete()


def line_of(row: ImportRow, file: Import) -> Line:
    """Answer a row as a line to look over: its cells by column."""
    cells = row.cells
    return Line(row.number, {key: cells[at] if at < len(cells) else "" for key, at in file.mapping.items()})


def _tried(file: Import) -> int:
    Import.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    if file.attempts >= MAX_ATTEMPTS:
        _fall_back(file, _("Inläsningen har avbrutits flera gånger. Ingenting är inläst. Försök med en mindre fil."))
        return 0
    try:
        return int(_carry_out(file.pk))
    except Exception:  # whatever a row stumbles on, nothing of the file is in, and the officer is told so
        logger.exception("import %s could not be carried out", file.pk)
        _fall_back(
            file, _("Inläsningen gick inte att genomföra. Ingenting är inläst. Granska raderna och försök igen.")
        )
        return 0


@transaction.atomic
def _carry_out(pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    file = (
        Import.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("ordered_by")
        .owed()
        .filter(pk=pk)
    )
    ordered = file.first()
    if ordered is None:
        return False
    by, kind = ordered.ordered_by or ordered.made_by, kind_of(ordered)
    lines = [line_of(row, ordered) for row in ImportRow.objects.of(ordered).filter(taken=True)]
    kind.check(lines, by)
    counts = summed(lines)
    if counts[State.ERROR] or not access.holds_for_all(by, "import_register"):
        look_over(ordered, by=by)
        _fall_back(ordered, _("Något har ändrats sedan du granskade filen. Ingenting är inläst. Granska den igen."))
        return False
    kind.carry_out([line for line in lines if line.state in (State.NEW, State.CHANGED)], by)
    Import.objects.filter(pk=pk).update(counts=counts, done_at=clock.now())
    perform(ordered, "finish", by=None, data={"kind": str(kind.label), **counts})
    return True


def _fall_back(file: Import, note: str) -> None:
    with transaction.atomic():
        Import.objects.filter(pk=file.pk).update(note=note)
        perform(file, "fall_back", by=None)


def _preview(file: Import) -> Import:
    locked = Import.objects.select_for_update().get(pk=file.pk)
    if locked.status != Import.Status.PREVIEW:
        raise Refused(_("Filen granskas inte längre: läget är ”%(status)s”.") % {"status": locked.get_status_display()})
    return locked


def _tell(row: ImportRow, line: Line) -> bool:
    """Put what was found on the row; answer whether that is anything new."""
    before = (row.state, row.problems, row.changes)
    row.state, row.problems, row.changes = str(line.state), [list(each) for each in line.problems], line.changes
    return before != (row.state, row.problems, row.changes)


def _guess(sheet: Sheet, number: int, kind: Importer) -> heading.Mapping:
    names = next(cells for at, cells in sheet.rows if at == number)
    return heading.guess(names, kind.columns())
