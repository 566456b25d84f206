"""Files of an upload that is not finished: kept for a day, so that one wrong file does not cost the others.

A kept file is named on the form by a token that only the person who sent it can use.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import TemporaryUploadedFile

from archive import store
from archive.incoming import pictures, reading
from archive.incoming.reading import Upload
from archive.models import LooseFile
from governance.models import User

SALT = "archive.incoming.staging"
LONGEST_SECONDS = 20 * 60 * 60  # shorter than such files are kept


@dataclass(frozen=True)
class Staged:
    """A file on the form: its token, what it is, and a small picture of it where there is one."""

    token: str
    upload: Upload
    small: str = ""


def hold(uploads: Iterable[Upload], *, by: User) -> list[Staged]:
    """Keep what was sent until the form is finished; what was kept before is not kept anew."""
    return [_staged(upload, by) for upload in uploads]


def take(tokens: Iterable[str], *, by: User) -> tuple[dict[str, Upload], int]:
    """Answer what was kept under each token, and how many are gone or belong to somebody else."""
    tokens = list(dict.fromkeys(tokens))
    named = {token: note for token in tokens if (note := _named(token, by)) is not None}
    rows = LooseFile.objects.filter(snapshot=None).in_bulk([note for note, _name in named.values()])
    found = {token: _read(rows[note], name) for token, (note, name) in named.items() if note in rows}
    kept = {token: upload for token, upload in found.items() if upload is not None}
    return kept, len(tokens) - len(kept)


def forget(uploads: Iterable[Upload]) -> None:
    """Take the notes away of what has become a record's file."""
    LooseFile.objects.filter(pk__in=[upload.note for upload in uploads if upload.note], snapshot=None).delete()


def close(uploads: Iterable[Upload]) -> None:
    """Let go of the copies that were worked on."""
    for upload in uploads:
        upload.file.close()


def _staged(upload: Upload, by: User) -> Staged:
    note = upload.note
    if not note:
        note = store.put(store.Item(upload.name[:100], upload.media_type, "", upload.source)).note
    small = pictures.beginning(upload.picture.jpeg, pictures.SMALL) if upload.picture else b""
    shown = f"data:image/jpeg;base64,{base64.b64encode(small).decode()}" if small else ""
    return Staged(signing.dumps([note, upload.name, by.pk], salt=SALT), upload, shown)


def _named(token: str, by: User) -> tuple[int, str] | None:
    """Answer the row and the name that a token stands for; None where it is not this person's, or too old."""
    try:
        note, name, owner = signing.loads(token, salt=SALT, max_age=LONGEST_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (note, name) if owner == by.pk else None


def _read(row: LooseFile, name: str) -> Upload | None:
    copy = _place_for(row)
    try:
        with store.read(row) as content:
            while chunk := content.read(store.CHUNK):
                copy.write(chunk)
        copy.flush()
        return reading.read(name, row.size, copy, note=row.pk)
    except (FileNotFoundError, reading.UploadRefused):
        copy.close()
        return None


def _place_for(row: LooseFile) -> TemporaryUploadedFile:
    """Answer a file on the disk for a copy: the storage may be elsewhere."""
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
    return TemporaryUploadedFile(row.name, row.media_type, row.size, None)
