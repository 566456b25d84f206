"""What stands in for the engine and for people: a capture in a folder, an order that has ended, a closed account."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from PIL import Image

from accounts.models import Account
from archive.capture.results import Capture, CapturedFile, Facts, Verdict
from archive.models import Snapshot
from archive.snapshots import runs
from tests.archive.factories import FACTS

COUNTS = {"downloaded": 0, "refused": [], "dialogs": 0, "popups": 0, "downloads": 0}


def shot(folder: Path, *reasons: str, **facts: Any) -> Capture:
    """Answer a finished capture with one picture, about which the completeness gate has found `reasons`."""
    folder.mkdir(parents=True, exist_ok=True)
    verdict = Verdict.of(reasons)
    known = {**FACTS, **COUNTS, "level": verdict.level, "remarks": list(reasons), **facts}
    Image.new("RGB", (64, 48), "white").save(folder / "bild-001.jpg")
    (folder / "text.txt").write_text("Hej på er", "utf-8")
    (folder / "fakta.json").write_text(json.dumps(known), "utf-8")
    files = (
        CapturedFile("bild-001.jpg", "image/jpeg", folder / "bild-001.jpg", "Sidan, bild 1 av 1"),
        CapturedFile("text.txt", "text/plain", folder / "text.txt", "Sidans synliga text"),
        CapturedFile("fakta.json", "application/json", folder / "fakta.json", "Uppgifter om insamlingen"),
    )
    return Capture(files, Facts.from_json(known), verdict)


def engine(*reasons: str, **facts: Any) -> Callable[..., Capture]:
    """Answer what stands in for the engine: a page about which the gate has found `reasons`."""

    def capture(address: str, folder: Path, *, progress: Callable[[int, str], None], **options: Any) -> Capture:
        progress(0, "open")
        taken = shot(folder, *reasons, **{"asked": address, **facts})
        progress(100, "write")
        return taken

    return capture


def in_state(snapshot: Snapshot, status: str) -> Snapshot:
    """Bring an order to a state as a worker or a person does."""
    run = runs.claim(snapshot.pk)
    if status == Snapshot.Status.DONE:
        runs.finish(run.lock(), FACTS)
    else:
        runs.fail(run, "timeout", "", retry=False)
    snapshot.refresh_from_db()
    return snapshot


def close(account: Account) -> None:
    """Close an account behind its lifecycle's back, as far as the archive can tell."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("update accounts_account set status = 'closed', closed_at = now() where id = %s", [account.pk])
        cursor.execute("set local session_replication_role = origin")
