"""The archive's rows: snapshots and their campaigns, records and their files."""

from archive.models.campaign import SnapshotCampaign
from archive.models.closing import ClosedAccount, ClosingDecision
from archive.models.record import Record, RecordFile
from archive.models.snapshot import Snapshot

__all__ = ["ClosedAccount", "ClosingDecision", "Record", "RecordFile", "Snapshot", "SnapshotCampaign"]
