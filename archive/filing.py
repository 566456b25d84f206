"""Which kind of document a record is filed as when it is made."""

from archive.models import DocumentKind


def kind_of(record_kind: str) -> DocumentKind | None:
    """Answer the kind of document that this kind of record is filed as; None where the plan has none for it."""
    return DocumentKind.objects.filter(key=record_kind, retired_at=None).first()
