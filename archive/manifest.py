"""The manifest of a record: what it is, and the SHA-256 of every other file, as JSON with sorted keys."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from archive.models import Record
from archive.models.record import MANIFEST
from archive.store import Item, Stored

FORMAT = "uppsikt-record-1"


def item(record: Record, files: Iterable[Stored]) -> Item:
    """Answer the manifest of a record that is about to be made of these files."""
    content = {"format": FORMAT, "record": stated(record), "files": [file.as_json() for file in files]}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return Item(MANIFEST, "application/json", "Manifest med alla filers kontrollsummor", text.encode())


def stated(record: Record) -> dict[str, Any]:
    """Answer what the manifest says of the record itself, as JSON holds it; a check compares the row with it."""
    facts = {
        "kind": record.kind,
        "title": record.title,
        "origin": record.origin,
        "made_at": record.made_at,
        "kept_at": record.kept_at,
        "period": record.period,
        "account": record.account_id,
        "unit": record.unit_id,
        "authority": record.authority_id,
        "facts": record.facts,
    }
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
