"""What a package says of its records, as JSON and as XML: the same facts, so that either can be read alone.

Codes are the database's own words, and stand beside the Swedish ones: another system reads the first, a person the
second. Times are ISO 8601 in UTC, sizes bytes, sums SHA-256 in hexadecimal.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch, QuerySet
from django.utils.translation import override

from archive.models import Record, RecordFile, SecrecyMarking

FORMAT = "uppsikt-metadata-1"
NAMESPACE = "urn:uppsikt:metadata:1"
ITEM = "item"
# XML 1.0 holds no control characters but these, and no halves of characters.
UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME = re.compile("[A-Za-z_][A-Za-z0-9_.-]*")


def whole(records: QuerySet[Record]) -> QuerySet[Record]:
    """Answer the records with all that `describe` asks for, in a number of queries that does not grow."""
    in_force = SecrecyMarking.objects.filter(ended_at=None).select_related("authority")
    return records.select_related(
        "unit", "authority", "account__platform", "account__unit", "document_kind"
    ).prefetch_related(
        Prefetch("files", RecordFile.objects.order_by("order")), Prefetch("markings", in_force, to_attr="in_force")
    )


def describe(record: Record) -> dict[str, Any]:
    """Answer all that is known of one record of `whole`."""
    with override(settings.LANGUAGE_CODE):
        return {
            "format": FORMAT,
            "identifier": str(record.identifier),
            "number": record.pk,
            "title": record.title,
            "kind": _coded(record.kind, record.get_kind_display()),
            "document_kind": _coded(record.document_kind.key, record.document_kind.name)
            if record.document_kind
            else None,
            "origin": _coded(record.origin, record.get_origin_display()),
            "authors": _coded(record.authors, record.get_authors_display()) if record.authors else None,
            "completeness": _coded(record.completeness, record.get_completeness_display())
            if record.completeness
            else None,
            "made_at": record.made_at.isoformat(),
            "kept_at": record.kept_at.isoformat(),
            "period": record.period,
            "authority": _named(record.authority),
            "unit": {**_named(record.unit), "path": record.unit.path},
            "account": _account(record),
            "source": {"type": record.source_type, "number": record.source_id},
            "secrecy": [_marking(marking) for marking in getattr(record, "in_force", [])],
            "diary_number": record.diary_number,
            "dispose_after": record.dispose_after,
            "facts": record.facts,
            "manifest_sha256": record.manifest_sha256,
            "files": [_file(file) for file in record.files.all()],
        }


def as_json(described: dict[str, Any]) -> bytes:
    """Answer what `describe` answered as JSON."""
    return json.dumps(
        described, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder, allow_nan=False
    ).encode("utf-8", "replace")


def as_xml(described: dict[str, Any]) -> bytes:
    """Answer the same as XML in `NAMESPACE`: a list is a row of `item`, what is not known is left out."""
    plain = json.loads(as_json(described))
    ElementTree.register_namespace("", NAMESPACE)
    root = _element("record", plain)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def described(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Describe many, one at a time."""
    return map(describe, records)


def _element(name: str, value: Any) -> ElementTree.Element:
    known = NAME.fullmatch(name)
    element = ElementTree.Element(f"{{{NAMESPACE}}}{name if known else 'entry'}")
    if not known:
        element.set("name", UNHOLDABLE.sub("", name))
    if isinstance(value, dict):
        element.extend(_element(key, each) for key, each in value.items() if each not in (None, "", [], {}))
    elif isinstance(value, list):
        element.extend(_element(ITEM, each) for each in value)
    else:
        element.text = UNHOLDABLE.sub("", _text(value))
    return element


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _coded(code: str, words: Any) -> dict[str, str]:
    return {"code": code, "words": str(words)}


def _named(row: Any) -> dict[str, Any]:
    return {"number": row.pk, "name": row.name}


def _account(record: Record) -> dict[str, Any] | None:
    account = record.account
    if account is None:
        return None
    platform = account.platform
    return {
        **_named(account),
        "address": account.address,
        "platform": {"key": platform.key, "name": platform.name},
        "unit": account.unit_id,
    }


def _marking(marking: SecrecyMarking) -> dict[str, Any]:
    return {"provision": marking.provision, "authority": marking.authority.name, "made_at": marking.made_at.isoformat()}


def _file(file: RecordFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "caption": file.caption,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }
