"""A check of the archive, in phases and batches: it goes on where it stopped, and holds one batch in memory.

Each batch is written down with what it found, so that a check that is killed and taken up again says everything once.
What does not hold is looked at a second time before it is believed: records are disposed of and files moved meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from archive import integrity
from archive.integrity import Problem
from archive.models import ArchiveCheck, ArchiveProblem, LooseFile, Record, RecordSeal
from archive.storage import StorageRefused
from archive.trust import chain, shelves
from governance import clock

BATCH = 50
NIGHTLY = 200  # records that are drawn each night
SEALED_WITHIN = timedelta(minutes=10)
HIDDEN = "…"
Scope = ArchiveCheck.Scope
CHAIN, RECORDS, LOOSE, STORAGE, DONE = "chain", "records", "loose", "storage", "done"
PHASES: dict[str, tuple[str, ...]] = {
    Scope.WHOLE: (CHAIN, RECORDS, LOOSE, STORAGE, DONE),
    Scope.SAMPLE: (CHAIN, RECORDS, DONE),
    Scope.RECORDS: (RECORDS, DONE),
}
Found = list[tuple[UUID | None, Problem]]


def begin(scope: str) -> ArchiveCheck:
    """Answer a new check."""
    return ArchiveCheck.objects.create(scope=scope, started_at=clock.now(), phase=PHASES[scope][0])


def unfinished() -> ArchiveCheck | None:
    """Answer the latest check of the whole archive, where it did not come to its end."""
    last = ArchiveCheck.objects.filter(scope=Scope.WHOLE).first()
    return last if last and last.finished_at is None else None


def whole(check: ArchiveCheck | None = None) -> ArchiveCheck:
    """Check everything, or go on with a check of everything. Raises `StorageRefused`; then it can be gone on with."""
    return _run(check or begin(Scope.WHOLE), Record.objects.all())


def sample(size: int) -> ArchiveCheck:
    """Check the chain and so many records, drawn by lot."""
    drawn = list(Record.objects.order_by("?").values_list("pk", flat=True)[:size])
    return _run(begin(Scope.SAMPLE), Record.objects.filter(pk__in=drawn))


def records(chosen: QuerySet[Record]) -> ArchiveCheck:
    """Check these records."""
    return _run(begin(Scope.RECORDS), chosen)


def _run(check: ArchiveCheck, chosen: QuerySet[Record]) -> ArchiveCheck:
    check.stopped_because = ""
    steps: dict[str, Callable[[ArchiveCheck], None]] = {
        CHAIN: _chain,
        RECORDS: lambda each: _records(each, chosen),
        LOOSE: _loose,
        STORAGE: _storage,
    }
    try:
        while check.phase != DONE:
            steps[check.phase](check)
            _end_phase(check)
    except OSError as error:
        check.stopped_because = error.why if isinstance(error, StorageRefused) else type(error).__name__
        check.save(update_fields=["stopped_because"])
        raise
    return check


def _chain(check: ArchiveCheck) -> None:
    for batch, found in chain.walk(int(check.position or 0)):
        check.seals += len(batch)
        check.head_number, check.head_hash = batch[-1].number, batch[-1].hash
        _note(check, str(batch[-1].number), found)
    _note(check, check.position, chain.lost_head(check))


def _records(check: ArchiveCheck, chosen: QuerySet[Record]) -> None:
    ordered = chosen.order_by("pk").prefetch_related("files")
    while batch := list(ordered.filter(pk__gt=int(check.position or 0))[:BATCH]):
        sealed = RecordSeal.objects.in_bulk([record.identifier for record in batch], field_name="identifier")
        found: Found = []
        for record in batch:
            files = list(record.files.all())
            check.records += 1
            check.files += len(files)
            check.size += sum(file.size for file in files)
            found += [(record.identifier, each) for each in _of_record(record, sealed.get(record.identifier))]
        _note(check, str(batch[-1].pk), found, looked_at=[record.identifier for record in batch])


def _of_record(record: Record, seal: RecordSeal | None) -> list[Problem]:
    found = list(_findings(record, seal))
    again = Record.objects.filter(pk=record.pk).prefetch_related("files").first() if found else None
    if again is None:
        return []
    return [_discreet(each, again) for each in _findings(again, None)]


def _findings(record: Record, seal: RecordSeal | None) -> Iterator[Problem]:
    seal = seal or RecordSeal.objects.filter(identifier=record.identifier).first()
    if seal is None and record.kept_at < clock.now() - SEALED_WITHIN:
        yield Problem("unsealed")
    yield from integrity.findings(record, seal)


def _discreet(problem: Problem, record: Record) -> Problem:
    """Answer the problem without a file's name where the record is marked secret: there its SHA-256 stands."""
    if not (record.secret and problem.name):
        return problem
    sums = {file.name: file.sha256 for file in record.files.all()}
    return Problem(problem.code, sums.get(problem.name, HIDDEN))


def _loose(check: ArchiveCheck) -> None:
    waiting = LooseFile.objects.filter(snapshot__isnull=False).order_by("pk")
    while batch := list(waiting.filter(pk__gt=int(check.position or 0))[:BATCH]):
        check.files += len(batch)
        found = [(None, each) for file in batch for each in _of_loose(file)]
        _note(check, str(batch[-1].pk), found)


def _of_loose(file: LooseFile) -> list[Problem]:
    found = list(integrity.findings_of_file(file))
    kept = found and LooseFile.objects.filter(pk=file.pk).exists()
    return [Problem(each.code, f"{each.name} ({file.sha256})") for each in found] if kept else []


def _storage(check: ArchiveCheck) -> None:
    names = shelves.names(check.position)
    while batch := list(islice(names, shelves.BATCH)):
        found = [(None, Problem("unknown", shelves.readable(name))) for name in shelves.unknown(batch)]
        _note(check, shelves.readable(batch[-1]), found)


@transaction.atomic
def _note(
    check: ArchiveCheck, position: str, found: Iterable[tuple[UUID | None, Problem]], looked_at: Iterable[UUID] = ()
) -> None:
    """Write down how far it has come, with what it found; what is in order again is no problem any more."""
    now = clock.now()
    made = [
        ArchiveProblem(
            check_made=check,
            code=each.code,
            phase=check.phase,
            identifier=identifier,
            name=each.name[:300],
            found_at=now,
        )
        for identifier, each in found
    ]
    earlier = ArchiveProblem.objects.filter(phase=RECORDS, identifier__in=list(looked_at), settled_at=None)
    earlier.exclude(check_made=check).update(settled_at=now)
    ArchiveProblem.objects.bulk_create(made)
    check.found += len(made)
    check.position = position[:300]
    check.save()


@transaction.atomic
def _end_phase(check: ArchiveCheck) -> None:
    now = clock.now()
    if check.phase != RECORDS or check.scope == Scope.WHOLE:
        earlier = ArchiveProblem.objects.filter(phase=check.phase, settled_at=None)
        earlier.exclude(check_made=check).update(settled_at=now)
    phases = PHASES[check.scope]
    check.phase, check.position = phases[phases.index(check.phase) + 1], ""
    if check.phase == DONE:
        check.finished_at = now
    check.save()
