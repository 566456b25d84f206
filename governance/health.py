"""What runs and what does not, part by part, without secrets."""

import uuid
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from governance import lifesigns
from governance.celery import app

OK, DOWN = "ok", "down"


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
    storage = storages["archive"]
    name = storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
    storage.delete(name)
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "broker": _broker,
    "worker": lambda: lifesigns.found("worker"),
    "capture_worker": lambda: lifesigns.found("capture_worker"),
    "beat": lambda: lifesigns.found("beat"),
    "storage": _storage,
}
