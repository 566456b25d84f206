"""The worker's way through one snapshot: take it, capture, make the PDF, keep the record, write the outcome."""

import errno
import logging
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from accounts.platforms import page_parts
from archive import keeping, store
from archive.capture.engine import Capture, CaptureFailed, capture
from archive.capture.failures import kind_of
from archive.snapshots import bell, making, runs
from governance.pdf import PdfUnavailable

log = logging.getLogger(__name__)

# What each part of the work is worth of the whole, as the progress bar shows it.
CAPTURED, DRAWN = 85, 95
# The verdict of the completeness gate that leaves it to a person; the others are the record's own words.
ATTENTION = "attention"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LEFT_SECONDS = 60 * 60


class Failure(NamedTuple):
    """Why no snapshot came of it, and whether trying again may help."""

    code: str
    detail: str
    retry: bool
    wait_seconds: int = 0


def run() -> None:
    """Carry out the snapshot whose turn it is to exactly one outcome, and ring for the next; else do nothing."""
    mine = runs.claim()
    if mine is None:
        return
    folder = _own_folder(mine)
    try:
        _carry_out(mine, folder)
    except runs.Lost:
        log.info("snapshot %s was cancelled or taken over", mine.snapshot.pk)
    except Exception as error:  # whatever went wrong, the order must not be stuck
        _give_up(mine, error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bell.ring_next()


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
        known=page_parts.for_account(snapshot.account),
        progress=lambda percent, phase: mine.tell(percent * CAPTURED // 100, phase),
    )
    if shot.verdict.level == ATTENTION:
        mine.tell(CAPTURED, "keep", lease=runs.LONG_LEASE)
        files = store.put_all(making.captured(shot, folder))
        runs.question(mine, making.known(shot), shot.verdict.reasons, files)
        return
    mine.tell(CAPTURED, "paper", lease=runs.LONG_LEASE)
    items = making.items(snapshot, shot, folder)
    mine.tell(DRAWN, "keep", lease=runs.LONG_LEASE)
    _keep(mine, shot, store.put_all(items))


def _keep(mine: runs.Run, shot: Capture, files: list[store.Stored]) -> None:
    """Make the record and write the outcome together, when every file is already stored."""
    known = making.known(shot)
    described = making.described(mine.snapshot, known)
    prepared = keeping.prepare(**described, completeness=shot.verdict.level, files=files)
    with transaction.atomic():
        locked = mine.lock()
        keeping.write(prepared, source=locked, text=making.text(shot))
        runs.finish(locked, known, shot.verdict.reasons)


def _give_up(mine: runs.Run, error: Exception) -> None:
    failure = _failure(error)
    if failure.code == "internal":
        log.error("snapshot %s failed", mine.snapshot.pk, exc_info=error)
    try:
        runs.fail(mine, failure.code, failure.detail, retry=failure.retry, wait_seconds=failure.wait_seconds)
    except runs.Lost:
        log.info("snapshot %s was cancelled or taken over while it failed", mine.snapshot.pk)


def _failure(error: Exception) -> Failure:
    if isinstance(error, CaptureFailed):
        return Failure(error.code, error.detail, error.retry, error.wait_seconds)
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
