"""The kinds of documents: those that come with the product, and the municipality's own."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from archive.models import DocumentKind, Record
from governance import audit, clock
from governance.models import User

FILE = Path(__file__).with_name("kinds.toml")
OWN = "egen-"


@transaction.atomic
def load() -> list[DocumentKind]:
    """Enter the product's kinds that are missing, and file the records that were made before there was a kind.

    What a municipality calls a kind is its own: a row that is there already stays as it is. Safe to run again.
    """
    return [_entered(entry) for entry in entries().values()]


def entries() -> dict[str, dict[str, Any]]:
    """Answer the product's kinds as the file says them, by kind of record."""
    return {entry["record"]: entry for entry in tomllib.loads(FILE.read_text("utf-8"))["kind"]}


@transaction.atomic
def add(*, by: User, name: str, about: str) -> DocumentKind:
    """Add a kind of the municipality's own."""
    kind = DocumentKind.objects.create(key=_free_key(name), name=name, about=about)
    audit.record("documentkind.add", by=by, obj=kind)
    return kind


@transaction.atomic
def describe(kind: DocumentKind, *, by: User, name: str, about: str) -> DocumentKind:
    """Say what a kind is called and covers."""
    kind.name, kind.about = name, about
    kind.save()
    audit.record("documentkind.describe", by=by, obj=kind)
    return kind


@transaction.atomic
def retire(kind: DocumentKind, *, by: User) -> DocumentKind:
    """Stop filing new records as this kind, or begin again; those that are stay what they are."""
    kind.retired_at = None if kind.retired_at else clock.now()
    kind.save()
    audit.record("documentkind.retire" if kind.retired_at else "documentkind.take_back", by=by, obj=kind)
    return kind


def _entered(entry: dict[str, Any]) -> DocumentKind:
    said = {"name": entry["name"], "about": entry["about"]}
    kind, new = DocumentKind.objects.get_or_create(key=entry["record"], defaults=said)
    if new:
        Record.objects.filter(kind=entry["record"], document_kind=None).update(document_kind=kind)
    return kind


def _free_key(name: str) -> str:
    base = f"{OWN}{slugify(name)}"[:50].rstrip("-") or OWN
    taken = set(DocumentKind.objects.filter(key__startswith=base).values_list("key", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 999) if f"{base}-{n}" not in taken)
