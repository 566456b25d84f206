"""Secrecy markings (OSL 5:5): set and lifted, each with its line in the log, and the record's files moved apart.

The log says that it was done, by whom and by which provision; never what the record holds or what the marking says.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from archive import store
from archive.models import DisclosurePackage, Record, RecordFile, SecrecyMarking
from archive.packages import exporting
from governance import access, audit, clock
from governance.models import AuditEvent, Authority, User
from governance.workflow import Refused

SET, LIFTED = "secrecymarking.set", "secrecymarking.lift"


def current(record: Record) -> SecrecyMarking | None:
    """Answer the marking in force, if there is one."""
    in_force = record.markings.filter(ended_at=None)
    return in_force.select_related("authority", "made_by").first()


def may_lift(user: User, record: Record) -> bool:
    """Answer whether this person may lift the marking: whoever marks records and sees what is marked."""
    return record.secret and access.can(user, "mark_secrecy", record) and access.may_see_secret(user, record)


@transaction.atomic
def mark(
    record: Record, *, by: User, provision: str, authority: Authority, note: str = "", made_at: datetime | None = None
) -> SecrecyMarking:
    """Mark a record: from now on only those with secrecy see what is in it. Raises `Refused` where it is marked.

    What was made of it to be handed out is marked with it, and exports that hold it lose their files.
    """
    record = _held(record)
    if record.secret:
        raise Refused(_("Handlingen är redan sekretessmarkerad."))
    marking = SecrecyMarking.objects.create(
        record=record,
        provision=provision,
        authority=authority,
        note=note,
        made_at=made_at or clock.now(),
        made_by=by,
    )
    _write(record, True)
    audit.record(SET, by=by, obj=record, data={"provision": provision})
    exporting.withdraw(record, closed=True)
    for made in _made_of(record):
        mark(made, by=by, provision=provision, authority=authority, made_at=made_at)
    return marking


@transaction.atomic
def lift(record: Record, *, by: User, reason: str) -> SecrecyMarking:
    """Lift the marking in force; it stays, as an ended one. Raises `Refused` where there is none."""
    record = _held(record)
    marking = current(record)
    if marking is None:
        raise Refused(_("Handlingen är inte sekretessmarkerad."))
    marking.ended_at, marking.ended_by, marking.end_reason = clock.now(), by, reason
    marking.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _write(record, False)
    audit.record(LIFTED, by=by, obj=record)
    return marking


def move_files(event: AuditEvent) -> None:
    """Let a record's files lie where its marking, as it stands now, says: apart from all others, or among them."""
    while (file := _misplaced(event.object_id or 0)) is not None:
        store.move(*file)


def _misplaced(pk: int) -> tuple[RecordFile, str] | None:
    """Answer a file that does not lie where it should, and where that is; read anew each time, for it may change."""
    record = Record.objects.filter(pk=pk).first()
    if record is None:
        return None
    prefix = store.apart(record) if record.secret else ""
    file = record.files.exclude(prefix=prefix).first()
    return (file, prefix) if file else None


def _made_of(record: Record) -> list[Record]:
    packages = DisclosurePackage.objects.filter(disclosure__chosen__record=record, record__secret=False)
    return list(Record.objects.filter(pk__in=packages.order_by().values("record")).exclude(pk=record.pk).order_by("pk"))


def _held(record: Record) -> Record:
    return Record.objects.select_for_update(of=("self",)).select_related("unit", "account").get(pk=record.pk)


def _write(record: Record, secret: bool) -> None:
    record.secret = secret
    Record.objects.filter(pk=record.pk).update(secret=secret)
