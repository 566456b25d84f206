"""The worker's way through one snapshot: take it, capture, make the PDF, keep the record, write the outcome."""

import errno
import logging
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from archive import actions, making, runs, store, texts
from archive.capture.engine import Capture, CaptureFailed, capture
from archive.capture.failures import kind_of
from archive.models import Record
from governance.pdf import PdfUnavailable

log = logging.getLogger(__name__)

# What each part of the work is worth of the whole, as the progress bar shows it.
CAPTURED, DRAWN = 85, 95
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LEFT_SECONDS = 60 * 60


class Failure(NamedTuple):
    """Why no snapshot came of it, and whether trying again may help."""

    code: str
    detail: str
    retry: bool


def run(snapshot_id: int) -> None:
    """Carry out a snapshot to exactly one outcome; nothing happens where another worker has it or it has ended."""
    mine = runs.claim(snapshot_id)
    if mine is None:
        return
    folder = _own_folder(mine)
    try:
        _carry_out(mine, folder)
    except runs.Lost:
        log.info("snapshot %s was cancelled or taken over", snapshot_id)
    except Exception as error:  # whatever went wrong, the order must not be stuck
        _give_up(mine, error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_left() -> int:
    """Remove the folders of runs that died and that nobody takes up again; answer how many."""
    old = time.time() - LEFT_SECONDS
    left = [path for path in _work().glob("snapshot-*") if path.stat().st_mtime < old]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _carry_out(mine: runs.Run, folder: Path) -> None:
    snapshot = mine.snapshot
    shot = capture(
        snapshot.address_asked,
        folder / "sida",
        allowed_host=settings.CAPTURE_ALLOWED_HOST,
        progress=lambda percent, phase: mine.tell(percent * CAPTURED // 100, phase),
    )
    mine.tell(CAPTURED, "paper", lease=runs.LONG_LEASE)
    items = making.items(snapshot, shot, folder)
    mine.tell(DRAWN, "keep", lease=runs.LONG_LEASE)
    _keep(mine, shot, store.put_all(items))


def _keep(mine: runs.Run, shot: Capture, files: list[store.Stored]) -> None:
    """Make the record and write the outcome together, when every file is already stored."""
    with transaction.atomic():
        snapshot = mine.lock()
        facts = making.facts(snapshot, shot)
        actions.keep(
            kind=Record.Kind.SNAPSHOT,
            title=making.title(snapshot),
            source=snapshot,
            account=snapshot.account,
            unit=snapshot.unit,
            authority=snapshot.authority,
            origin=Record.Origin.DRAWN_UP,
            made_at=making.made_at(shot),
            period=snapshot.campaign.period if snapshot.campaign else "",
            facts=facts,
            files=files,
        )
        runs.finish(snapshot, texts.storable(shot.facts.as_json()))


def _give_up(mine: runs.Run, error: Exception) -> None:
    failure = _failure(error)
    if failure.code == "internal":
        log.error("snapshot %s failed", mine.snapshot.pk, exc_info=error)
    try:
        runs.fail(mine, failure.code, failure.detail, retry=failure.retry)
    except runs.Lost:
        log.info("snapshot %s was cancelled or taken over while it failed", mine.snapshot.pk)


def _failure(error: Exception) -> Failure:
    if isinstance(error, CaptureFailed):
        return Failure(error.code, error.detail, error.retry)
    if isinstance(error, PdfUnavailable):
        return Failure("no_pdf", kind_of(error), retry=False)
    if isinstance(error, OSError) and error.errno in FULL:
        return Failure("disk_full", kind_of(error), retry=True)
    return Failure("internal", kind_of(error), retry=True)


def _own_folder(mine: runs.Run) -> Path:
    """Answer an empty folder for this run, and clear away what runs that died left of the same snapshot."""
    for left in _work().glob(f"snapshot-{mine.snapshot.pk}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = _work() / f"snapshot-{mine.snapshot.pk}-{mine.lease}"
    folder.mkdir(parents=True)
    return folder


def _work() -> Path:
    return settings.DATA_DIR / "work"
