"""Helpers for the tests of retention and disposal: an adopted plan, a due record, a proposal, one that is approved."""

from datetime import UTC, date, datetime

from archive.disposing import kinds, planning, proposing
from archive.models import Disposal, DocumentKind, Record
from governance.workflow import perform
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import person, root

LONG_AGO = datetime(2020, 3, 31, 12, tzinfo=UTC)
DECISION = {"body": "Kommunstyrelsen", "decided_on": date(2024, 5, 2), "paragraph": "§ 10", "case_number": "KS 2024/7"}
DISPOSE = {"fate": "dispose", "months": 12, "counted_from": "made", "decision": None}


def planned(authority=None, *, kind: str = "snapshot", by=None, **said):
    """Answer an authority's plan, adopted, in which one kind is disposed of a year after it was made."""
    by = by or person("registrar")
    kinds.load()
    plan = planning.begin(authority or root().authority, by=by)
    planning.set_rule(plan, DocumentKind.objects.get(key=kind), by=by, **{**DISPOSE, **said})
    return planning.adopt(plan, by=by, is_decision=True, **DECISION)


def due_record(unit=None, **fields) -> Record:
    """Answer a snapshot's record that may be disposed of since long, by its authority's plan."""
    where = unit or root()
    if planning.in_force(where.authority) is None:
        planned(where.authority)
    snapshot = SnapshotFactory(done=True, account__unit=where)
    return kept(snapshot, **{"made_at": LONG_AGO, **fields})


def proposed(*records: Record, by=None) -> Disposal:
    """Answer a proposal that holds just these records."""
    wanted = Record.objects.filter(pk__in=[record.pk for record in records])
    return proposing.propose(wanted, by=by or person("registrar")).disposals[0]


def approved(*records: Record) -> Disposal:
    """Answer a disposal of these records that two persons have decided on."""
    return perform(proposed(*records), "approve", by=person("manager"))
