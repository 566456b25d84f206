"""The manifest of a record: what it is, and the SHA-256 of every other file, as JSON with sorted keys."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from archive.models import Record
from archive.models.record import MANIFEST
from archive.store import Item, Stored

# The first format did not name the record by an identifier of its own.
FIRST_FORMAT = "uppsikt-record-1"
FORMAT = "uppsikt-record-2"


def item(record: Record, files: Iterable[Stored]) -> Item:
    """Answer the manifest of a record that is about to be made of these files."""
    listed = [{**file.as_json(), "caption": file.caption} for file in files]
    content = {"format": FORMAT, "record": stated(record), "files": listed}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return Item(MANIFEST, "application/json", "Manifest med alla filers kontrollsummor", text.encode())


def stated(record: Record, form: str = FORMAT) -> dict[str, Any]:
    """Answer what the manifest says of the record itself, as JSON holds it; a check compares the row with it."""
    named = {} if form == FIRST_FORMAT else {"identifier": str(record.identifier), "completeness": record.completeness}
    facts = {
        **named,
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
