"""What runs and what does not, part by part, without secrets."""

import os
import uuid
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection

from governance import lifesigns
from governance.celery import app

OK, DOWN = "ok", "down"
# Anybody may ask, as often as they like; the disk is asked this seldom by each process.
STORAGE_SECONDS = 15


def parts() -> dict[str, str]:
    """Answer "ok" or "down" for each part of the installation."""
    return {name: _try(check) for name, check in CHECKS.items()}


def _try(check: Callable[[], bool]) -> str:
    try:
        return OK if check() else DOWN
    except Exception:  # whatever a part fails with, the answer is that it is down; details would tell secrets
        return DOWN


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)


def _broker() -> bool:
    with app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return bool(broker.connected)


def _storage() -> bool:
    return _storage_during(int(monotonic() // STORAGE_SECONDS)) == OK


@lru_cache(maxsize=1)
def _storage_during(_period: int) -> str:
    """Answer, once in a period, whether uploads and the archive can be reached; kept when it is "down" too."""
    return _try(lambda: _uploads_work(storages["default"]) and _archive_answers(storages["archive"]))


def _uploads_work(uploads: Storage) -> bool:
    name = uploads.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
    uploads.delete(name)
    return not uploads.exists(name)


def _archive_answers(archive: Storage) -> bool:
    """Ask without writing: what is written into an archive under lock stays there."""
    # A remote store that does not answer raises here; a folder that is gone only says no.
    archive.exists("health")
    try:
        folder = Path(archive.path(""))
    except NotImplementedError:
        return True
    # Before the first file is kept, the folder is still to be made in the one above.
    there = folder if folder.exists() else folder.parent
    return there.is_dir() and os.access(there, os.R_OK | os.W_OK | os.X_OK)


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "broker": _broker,
    "worker": lambda: lifesigns.found("worker"),
    "capture_worker": lambda: lifesigns.found("capture_worker"),
    "beat": lambda: lifesigns.found("beat"),
    "storage": _storage,
}
