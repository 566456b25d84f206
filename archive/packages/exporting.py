"""Making an export: every record with its files and metadata, in a bag that is taken up again where it was left."""

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive import keeping, secrecy, store
from archive.models import ArchiveExport, Record
from archive.packages import bag, metadata, recipe, scope
from archive.packages.bag import Bag
from governance import clock
from governance.models import Municipality
from governance.workflow import perform

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=14)
CHUNK = 50
RECORDS = "handlingar"
ORGANISATION = "organisation.json"
Status = ArchiveExport.Status
# What a file that came from outside was called may name somebody: it stands in the package, not in what is kept of it.
NAMES = re.compile(rb"/original-[^/\n]*$", re.MULTILINE)


class Lost(Exception):
    """The export was called off, or another worker has it."""


def make_owed() -> int:
    """Make what is owed; answer how many exports came to an end."""
    return sum(_carry_out(export) for export in iter(_claim, None))


def remove_old() -> int:
    """Remove the files of exports that have lain long enough; answer how many."""
    ended = ArchiveExport.objects.filter(status__in=[Status.DONE, Status.FAILED, Status.CANCELLED])
    long_ago = clock.now() - KEPT
    old = ended.filter(Q(finished_at__lte=long_ago) | Q(finished_at=None, ordered_at__lte=long_ago))
    for export in old:
        _remove(export)
        perform(export, "expire", by=None)
    return len(old)


def withdraw(record: Record, *, closed: bool = False) -> int:
    """Take away the files of exports that hold a record, and begin anew those that are being made; answer how many.

    In the transaction in which the record goes, or is marked: then (`closed`) only those whose orderer it is closed to.
    """
    unfinished = ArchiveExport.objects.select_for_update(of=("self",)).filter(status__in=[Status.DONE, Status.MAKING])
    found = [export for export in unfinished.order_by("pk") if scope.covers(export, record)]
    if closed:
        found = [export for export in found if not secrecy.is_open(export.ordered_by, record)]
    for export in found:
        if export.status == Status.DONE:
            _remove(export)
            perform(export, "expire", by=None)
        else:
            facts = {"last_record": 0, "written": 0, "listed": 0, "count": 0, "lease_until": clock.now()}
            ArchiveExport.objects.filter(pk=export.pk).update(**facts)
    return len(found)


def path_of(export: ArchiveExport) -> Path:
    """Answer where the tar file of an export lies."""
    return Path(settings.EXPORT_DIR) / f"{name_of(export)}.tar"


def name_of(export: ArchiveExport) -> str:
    """Answer what the bag is called."""
    return f"uppsikt-export-{export.identifier}"


def _claim() -> ArchiveExport | None:
    with transaction.atomic():
        now = clock.now()
        free = ArchiveExport.objects.select_for_update(skip_locked=True, of=("self",)).owed(now)
        export = free.first()
        if export is None:
            return None
        ArchiveExport.objects.filter(pk=export.pk).update(lease_until=now + LEASE)
        if export.status == Status.WAITING:
            perform(export, "start", by=None)
        export.refresh_from_db()
    return export


def _carry_out(export: ArchiveExport) -> int:
    try:
        with closing(Bag(path_of(export), name_of(export), written=export.written, listed=export.listed)) as writer:
            for record in _after(export, export.last_record):
                _add(writer, record)
                _tell(export, writer, record.pk)
            _finish(export, writer)
    except bag.Busy:
        log.info("export %s is being written by another worker", export.pk)
    except Lost:
        # Called off: its file goes. Where another worker has it, or has finished it, the file is that one's.
        if not ArchiveExport.objects.filter(pk=export.pk, status__in=[Status.MAKING, Status.DONE]).exists():
            _remove(export)
    except Exception as error:
        _fail(export, error)
    return 1


def _after(export: ArchiveExport, last: int) -> Iterator[Record]:
    rows = metadata.whole(scope.chosen(export).order_by("pk"))
    while batch := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from batch
        last = batch[-1].pk


def _add(writer: Bag, record: Record) -> None:
    folder, described = f"{RECORDS}/{record.identifier}", metadata.describe(record)
    for file in record.files.all():
        try:
            with store.read(file) as content:
                writer.add(f"{folder}/{file.name}", file.size, content, record.kept_at, sha256=file.sha256)
        except FileNotFoundError as error:
            raise bag.Damaged(f"{folder}/{file.name}") from error
    writer.add_bytes(f"{folder}/metadata.json", metadata.as_json(described), record.kept_at)
    writer.add_bytes(f"{folder}/metadata.xml", metadata.as_xml(described), record.kept_at)


def _tell(export: ArchiveExport, writer: Bag, last: int) -> None:
    """Say how far the file is whole, and hold on for a while longer. Raises `Lost`."""
    writer.flush()
    export.count += 1
    facts = {"last_record": last, "written": writer.written, "listed": writer.listed, "count": export.count}
    mine = ArchiveExport.objects.filter(pk=export.pk, status=Status.MAKING, lease_until=export.lease_until)
    export.lease_until = clock.now() + LEASE
    if not mine.update(**facts, lease_until=export.lease_until):
        raise Lost


def _finish(export: ArchiveExport, writer: Bag) -> None:
    with override(settings.LANGUAGE_CODE):
        for name, content in recipe.files(export, name_of(export)).items():
            writer.add_bytes(name, content, export.ordered_at)
    writer.add_bytes(ORGANISATION, scope.organisation(export), export.ordered_at)
    withheld = scope.withheld(export)
    manifest = writer.finish(_info(export, writer), export.ordered_at)
    writer.close()
    prepared = _record_of(export, manifest, withheld)
    with path_of(export).open("rb") as file:
        size, sha256 = store.digest(file)
    with transaction.atomic():
        mine = ArchiveExport.objects.select_for_update(of=("self",)).filter(pk=export.pk, status=Status.MAKING)
        if not mine.filter(lease_until=export.lease_until).exists():
            raise Lost
        facts = {"size": size, "sha256": sha256, "withheld": withheld, "finished_at": clock.now(), "lease_until": None}
        ArchiveExport.objects.filter(pk=export.pk).update(**facts)
        keeping.write(prepared, source=export)
        perform(export, "finish", by=None, data={"count": export.count})
    bag.list_of(path_of(export)).unlink(missing_ok=True)


def _record_of(export: ArchiveExport, manifest: bytes, withheld: int) -> keeping.Prepared:
    """Prepare the record of the export itself: what was in it, hash by hash, and not the content once more."""
    item = store.Item(
        "manifest-sha256.txt", "text/plain", _("Vad exporten innehöll"), NAMES.sub(b"/original", manifest)
    )
    facts = {"count": export.count, "withheld": withheld, "export": str(export.identifier)}
    return keeping.prepare(
        kind=Record.Kind.EXPORT,
        title=str(export),
        account=export.account,
        unit=export.unit,
        authority=export.unit.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=export.ordered_at,
        facts=facts,
        files=[store.put(item)],
    )


def _info(export: ArchiveExport, writer: Bag) -> list[tuple[str, str]]:
    return [
        ("Source-Organization", Municipality.objects.current().name or str(export.unit)),
        ("Bagging-Date", clock.local(export.ordered_at).date().isoformat()),
        ("External-Identifier", str(export.identifier)),
        ("External-Description", f"{export.count} records"),
        ("Bag-Software-Agent", "Uppsikt"),
    ]


def _fail(export: ArchiveExport, error: Exception) -> None:
    damaged = isinstance(error, bag.Damaged)
    if not damaged:
        log.error("export %s failed", export.pk, exc_info=error)
    text = _("%(name)s är inte vad som arkiverades.") % {"name": error} if damaged else type(error).__name__
    with transaction.atomic():
        mine = ArchiveExport.objects.filter(pk=export.pk, status=Status.MAKING, lease_until=export.lease_until)
        if mine.update(failure=text[:300], finished_at=clock.now(), lease_until=None):
            _remove(export)
            perform(export, "fail", by=None)


def _remove(export: ArchiveExport) -> None:
    for path in (path_of(export), bag.list_of(path_of(export))):
        path.unlink(missing_ok=True)
