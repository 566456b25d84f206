"""The archive's rows: snapshots and their campaigns, records and their files, and what stands beside them."""

from archive.models.campaign import SnapshotCampaign
from archive.models.closing import ClosedAccount, ClosingDecision
from archive.models.disclosed import DisclosureLetter, DisclosurePackage, DisclosurePage, DisclosureRecord
from archive.models.disclosure import Disclosure
from archive.models.disposal import Disposal, DisposalRow, DisposedRecord
from archive.models.export import ArchiveExport
from archive.models.filing import RecordText, SecrecyMarking
from archive.models.handover import DiaryDestination, DiaryHandover
from archive.models.loose import Discard, FileLock, LooseFile
from archive.models.record import Record, RecordFile
from archive.models.rest import HostRest
from archive.models.retention import DisposalDecision, DocumentKind, RetentionPlan, RetentionRule
from archive.models.searching import SearchWord
from archive.models.snapshot import Snapshot
from archive.models.stops import DisposalHold, OutOfUse
from archive.models.trust import ArchiveCheck, ArchiveProblem, RecordSeal

__all__ = [
    "ArchiveCheck",
    "ArchiveExport",
    "ArchiveProblem",
    "ClosedAccount",
    "ClosingDecision",
    "DiaryDestination",
    "DiaryHandover",
    "Discard",
    "Disclosure",
    "DisclosureLetter",
    "DisclosurePackage",
    "DisclosurePage",
    "DisclosureRecord",
    "Disposal",
    "DisposalDecision",
    "DisposalHold",
    "DisposalRow",
    "DisposedRecord",
    "DocumentKind",
    "FileLock",
    "HostRest",
    "LooseFile",
    "OutOfUse",
    "Record",
    "RecordFile",
    "RecordSeal",
    "RecordText",
    "RetentionPlan",
    "RetentionRule",
    "SearchWord",
    "SecrecyMarking",
    "Snapshot",
    "SnapshotCampaign",
]
