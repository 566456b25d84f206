"""Is a record what it was when it was kept? Every hash is recomputed, and the row is compared with its manifest."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive import manifest, store
from archive.models import Record, RecordFile
from archive.models.record import MANIFEST


def problems(record: Record) -> Iterator[str]:
    """Name everything that does not hold, in words; nothing named means unchanged since it was kept."""
    files = {file.name: file for file in record.files.all()}
    for file in files.values():
        yield from problems_of_file(file)
    kept = files.pop(MANIFEST, None)
    if kept is None or kept.sha256 != record.manifest_sha256:
        yield _("Handlingens manifest saknas eller är ett annat än det som arkiverades.")
        return
    content = _read(kept)
    if content is None:
        return  # its own hash has already told
    if {file["name"]: file["sha256"] for file in content["files"]} != {f.name: f.sha256 for f in files.values()}:
        yield _("Handlingens filer är inte de som står i manifestet.")
    if content["record"] != manifest.stated(record):
        yield _("Handlingens uppgifter är inte de som står i manifestet.")


def problems_of_file(file: RecordFile) -> Iterator[str]:
    """Name what does not hold of one file."""
    try:
        with store.read(file) as content:
            size, sha256 = store.digest(content)
    except FileNotFoundError:
        yield _("%(name)s saknas i arkivet.") % {"name": file.name}
        return
    if sha256 != file.sha256:
        yield _("%(name)s är ändrad: kontrollsumman stämmer inte.") % {"name": file.name}
    elif size != file.size:
        yield _("%(name)s har en annan storlek än den som är antecknad.") % {"name": file.name}


def _read(file: RecordFile) -> dict[str, Any] | None:
    try:
        with store.read(file) as content:
            return json.load(content)
    except (FileNotFoundError, ValueError):
        return None
