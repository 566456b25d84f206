"""Is this copy the archived file? Whoever has the very bytes may know that they are, and since when.

What it is, is told only to whoever may see the record. Of a record that is marked secret nobody else is told anything,
nor of a short text, which could be guessed: to them such a file is as unknown as any other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q

from archive import secrecy
from archive.models import Record, RecordFile
from governance import access
from governance.models import User

SHOWN = 10
GUESSABLE = Q(media_type__startswith="text/") | Q(media_type="application/json")
GUESSABLE_BYTES = 4096


@dataclass(frozen=True)
class Answer:
    """Since when a file with this SHA-256 is archived (None: not known), and the records that the reader may see."""

    sha256: str
    since: datetime | None
    records: list[Record]


def recognise(sha256: str, user: User | AnonymousUser) -> Answer:
    """Answer what this reader may know of a file."""
    found = RecordFile.objects.filter(sha256=sha256)
    seen = Record.objects.none()
    if isinstance(user, User):
        seen = access.visible(user, Record.objects.filter(files__sha256=sha256), "see_record")
        seen = seen.filter(secrecy.open_to(user)).distinct()
    told = found.filter(record__secret=False).exclude(GUESSABLE, size__lt=GUESSABLE_BYTES)
    open_since = told.aggregate(at=Min("record__kept_at"))["at"]
    records = list(seen.select_related("unit", "account__platform").order_by("kept_at", "pk")[:SHOWN])
    known = [at for at in (open_since, *(record.kept_at for record in records)) if at]
    return Answer(sha256, min(known, default=None), records)
