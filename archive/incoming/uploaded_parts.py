"""What a record's page shows of an upload, and of who wrote what it shows."""

import json
from typing import Any

from archive import store
from archive.forms import AuthorsForm
from archive.incoming import uploading
from archive.models import Record
from archive.record_page import part
from governance import access
from governance.models import User
from governance.panels import Panel

SHOWS_WRITERS = frozenset({Record.Kind.SNAPSHOT, Record.Kind.ITEM, Record.Kind.REMOVAL})
ITEMS_SHOWN = 200
# Where the engine writes what it told apart on the page.
FACTS, LARGEST = "fakta.json", 8 * 1024 * 1024
COUNTED = ("official_items", "citizen_items", "unknown_items")


@part(60)
def uploaded_files(user: User, record: Record) -> Panel | None:
    """Show what was uploaded, file by file; None for what the engine took."""
    uploaded = record.facts.get("uploaded")
    if not uploaded or not uploaded.get("files"):
        return None
    return Panel("archive/record/_uploaded.html", {"uploaded": uploaded, "remarks": uploading.remarks(uploaded)})


@part(40, aside=True)
def writers(user: User, record: Record) -> Panel | None:
    """Show whether officials or citizens wrote, with the form for whoever keeps records in order."""
    if record.kind not in SHOWS_WRITERS:
        return None
    context = {
        "form": AuthorsForm(initial={"authors": record.authors}),
        "items": _items(record),
        "may_classify": access.can(user, "classify_record", record),
    }
    return Panel("archive/record/_authors.html", context)


def _items(record: Record) -> list[dict[str, Any]]:
    """Answer the items that the page told apart; none where the engine found none, or where its file is gone."""
    found = record.facts.get("items") or _told(record)
    known = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [
        {"role": item.get("role", ""), "author": item.get("author", ""), "time": item.get("time", "")}
        for item in known[:ITEMS_SHOWN]
    ]


def _told(record: Record) -> Any:
    if not any(record.facts.get(name) for name in COUNTED):
        return []
    file = next((file for file in record.files.all() if file.name == FACTS and file.size <= LARGEST), None)
    try:
        return json.loads(store.text(file, LARGEST)).get("items") if file else []
    except (ValueError, AttributeError):
        return []
