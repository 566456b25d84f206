"""Carrying a disposal out: in batches, resumable at any line, each record exactly once, everywhere it is held.

First the rows go, a batch in a transaction, with orders for the files. Then each file is taken out of the storage and
looked for. Only when all are gone is the protocol made, and the disposal done.
"""

import logging
from datetime import datetime

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from archive import store
from archive.disposing import guards, holding, protocol, remains
from archive.models import Discard, Disposal, DisposalRow, DisposedRecord, Record, RecordFile
from archive.searching import indexing
from governance import audit, bell, clock, disposing
from governance.workflow import perform

log = logging.getLogger(__name__)

BATCH = 25
TASK = "archive.tasks.carry_out_disposals"
UNDER_WAY = (Disposal.Status.APPROVED, Disposal.Status.RUNNING)


def ring_on_commit() -> None:
    """Wake the worker once the approval is committed; the sweep finds it otherwise."""
    transaction.on_commit(lambda: bell.ring(TASK))


def run_waiting() -> None:
    """Carry out what was approved, and go on with what was begun; one that fails does not hold up the others."""
    for disposal in Disposal.objects.filter(status__in=UNDER_WAY).order_by("approved_at", "pk"):
        try:
            run(disposal.pk)
        except Exception:
            log.exception("disposal %s stopped, and is gone on with later", disposal.pk)


def run(disposal_id: int) -> Disposal:
    """Carry one disposal out, or go on with it where it was left. Safe to run twice at once.

    Raises `PdfUnavailable` where the system cannot make the protocol; the rest is done by then.
    """
    disposal = _begun(disposal_id)
    if disposal.status != Disposal.Status.RUNNING:
        return disposal
    while _batch(disposal):
        continue
    indexing.prune()
    for row in _left(disposal):
        _clear(row)
    if not disposal.rows.filter(outcome="").exists() and not _left(disposal).exists():
        protocol.keep(disposal)
        disposal = _finished(disposal.pk)
    return disposal


def _begun(disposal_id: int) -> Disposal:
    with transaction.atomic():
        disposal = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal_id)
        if disposal.status == Disposal.Status.APPROVED:
            return perform(disposal, "start", by=None)
    return disposal


def _finished(disposal_id: int) -> Disposal:
    with transaction.atomic():
        disposal = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal_id)
        if disposal.status == Disposal.Status.RUNNING:
            count = disposal.rows.filter(outcome=DisposalRow.Outcome.DISPOSED).count()
            return perform(disposal, "finish", by=None, data={"count": count})
    return disposal


@transaction.atomic
def _batch(disposal: Disposal) -> int:
    """Take the next records on the list, those that nobody else has; answer how many."""
    holding.wait_for_disposals("_shared")
    waiting = disposal.rows.filter(outcome="").order_by("pk")
    rows = list(waiting.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    for row in rows:
        row.outcome, row.reason = _disposed_of(disposal, row)
        row.done_at = clock.now()
        row.record = None if row.outcome == DisposalRow.Outcome.DISPOSED else row.record
        row.save()
    return len(rows)


def _disposed_of(disposal: Disposal, row: DisposalRow) -> tuple[str, str]:
    """Dispose of one record unless something has come in between; answer the outcome and why."""
    whole = Record.objects.select_related("unit", "authority", "document_kind", "account")
    record = whole.select_for_update(of=("self",)).filter(identifier=row.identifier).first()
    if record is None:
        return DisposalRow.Outcome.CHANGED, _("Handlingen finns inte i arkivet.")
    restored = disposal.origin == Disposal.Origin.RESTORE
    if not restored and (held := holding.reasons(record)):
        return DisposalRow.Outcome.HELD, ", ".join(held)[:300]
    one = Record.objects.filter(guards.as_listed(disposal), pk=record.pk)
    decided = restored or (disposal.decision is not None and disposal.decision.is_in_force(clock.today()))
    if not decided or not one.exists():
        return DisposalRow.Outcome.CHANGED, _("Tiden, handlingstypen eller beslutet har ändrats sedan förslaget.")
    try:
        with transaction.atomic():
            _dispose(disposal, record, row, clock.now())
    except (ProtectedError, RestrictedError, IntegrityError):
        log.exception("record %s could not be disposed of", record.pk)
        return DisposalRow.Outcome.HELD, _("Handlingen används av något annat och kunde inte gallras.")
    return DisposalRow.Outcome.DISPOSED, ""


def _dispose(disposal: Disposal, record: Record, row: DisposalRow, at: datetime) -> None:
    files = list(record.files.all())
    if not DisposedRecord.objects.filter(identifier=record.identifier).exists():
        remains.write(disposal, record, files, at)
    row.emptied, found = disposing.empty(_gone(record, files))
    row.leftovers = [list(each) for each in dict.fromkeys(found)]
    if disposal.origin == Disposal.Origin.RESTORE:
        holding.end_restored(record)
    places = sorted({(file.sha256, file.prefix) for file in files})
    audit.record("record.dispose", by=None, obj=record, data={"disposal": disposal.pk, "files": len(files)})
    RecordFile.objects.filter(record=record).delete()
    Record.objects.filter(pk=record.pk).delete()
    row.discards = [store.order_discard(sha256, prefix, disposal=True).pk for sha256, prefix in places]


def _gone(record: Record, files: list[RecordFile]) -> disposing.Gone:
    return disposing.Gone(
        identifier=record.identifier,
        number=record.pk,
        kind=record.kind,
        source_type=record.source_type,
        source_id=record.source_id,
        account_id=record.account_id,
        hashes=frozenset(file.sha256 for file in files),
    )


def _left(disposal: Disposal):
    return disposal.rows.filter(outcome=DisposalRow.Outcome.DISPOSED, gone_at=None).order_by("pk")


def _clear(row: DisposalRow) -> None:
    """Take the files of one record out of the storages, and note when each has been looked for and is not there."""
    orders = Discard.objects.filter(pk__in=row.discards)
    gone = [_is_out(order) for order in orders]
    gone += [_is_deleted(alias, name) for alias, name in row.leftovers]
    if all(gone):
        DisposalRow.objects.filter(pk=row.pk).update(gone_at=clock.now())


def _is_out(order: Discard) -> bool:
    """Carry an order out where it is not, and look: gone from the storage, or kept for a record that remains."""
    if order.done_at is None:
        store.discard(order)
        order.refresh_from_db()
    if order.done_at is None:
        return False
    return bool(order.kept_because) or not store.storage().exists(store.place(order.sha256, order.prefix))


def _is_deleted(alias: str, name: str) -> bool:
    storages[alias].delete(name)
    return not storages[alias].exists(name)
