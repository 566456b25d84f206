"""`python -m benchmarks.export`: the memory that an export takes, of little and of 2 GB, in one process.

A database and folders of its own are made and thrown away; nothing here passes or fails.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
django.setup()

import resource  # noqa: E402 - models need the settings
import tempfile  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from accounts.models import Account  # noqa: E402
from archive import keeping, store  # noqa: E402
from archive.packages import exporting, ordering  # noqa: E402
from benchmarks import town  # noqa: E402
from governance import clock  # noqa: E402
from governance.models import RoleAssignment, Unit, User  # noqa: E402

MEBIBYTE = 1024 * 1024
FEW, MANY, EACH = 1, 100, 20 * MEBIBYTE


def main() -> None:
    """Export one record, then a hundred, and print what each took at its highest."""
    given = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder, override_settings(**_places(Path(folder))):
            _compare(town.begin())
    finally:
        connection.close()
        connection.creation.destroy_test_db(given, verbosity=0)


def _compare(officer: User) -> None:
    town.grow(1, officer, alone=True)
    RoleAssignment.objects.create(user=officer, role="registrar", unit=Unit.objects.root(), valid_from=clock.today())
    print(f"\n{'exported, MiB':<20}{'seconds':>10}{'peak of the process, MiB':>28}")
    made = 0
    for count in (FEW, MANY):
        for number in range(made, count):
            _keep(number)
        made = count
        began = time.perf_counter()
        export = ordering.order(by=officer, unit=Unit.objects.root(), kind="snapshot")
        exporting.make_owed()
        export.refresh_from_db()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{export.size / MEBIBYTE:<20.0f}{time.perf_counter() - began:>10.1f}{peak:>28.1f}", flush=True)


def _keep(number: int) -> None:
    """Keep a record of one large file, each of another content, written without holding it in memory."""
    account = Account.objects.select_related("unit__authority").first()
    assert account is not None  # noqa: S101 - the town has one
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        path = Path(folder) / "fil"
        with path.open("wb") as file:
            file.write(str(number).encode())
            file.truncate(EACH)
        stored = store.put(store.Item("original-001.bin", "application/octet-stream", "stor fil", path))
    unit = account.unit
    facts = {"account": account, "unit": unit, "authority": unit.authority, "origin": "drawn_up"}
    source = User.objects.create(email=f"{number}@kommun.example", name=str(number))
    keeping.keep(kind="snapshot", title=str(number), made_at=clock.now(), files=[stored], source=source, **facts)


def _places(folder: Path) -> dict[str, object]:
    archive = settings.STORAGES["archive"]
    own = {**archive, "OPTIONS": {**archive.get("OPTIONS", {}), "location": folder / "archive"}}
    return {"STORAGES": {**settings.STORAGES, "archive": own}, "EXPORT_DIR": folder / "exporter"}


if __name__ == "__main__":
    main()
