"""Is a record what it was when it was kept? Every hash is recomputed, and the rows are compared with its manifest.

Its rows are also compared with the seal that was set over them soon after, where it has one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive import manifest, store
from archive.models import LooseFile, Record, RecordFile, RecordSeal
from archive.models.record import MANIFEST
from archive.trust import seals

# code -> what is said; %(name)s is a file of a record, or of the storage
TEXTS = {
    "file_missing": _("%(name)s saknas i arkivet."),
    "file_changed": _("%(name)s är ändrad: kontrollsumman stämmer inte."),
    "file_size": _("%(name)s har en annan storlek än den som är antecknad."),
    "manifest": _("Handlingens manifest saknas eller är ett annat än det som arkiverades."),
    "file_added": _("Handlingens filer är inte de som står i manifestet: %(name)s har tillkommit."),
    "file_removed": _("Handlingens filer är inte de som står i manifestet: %(name)s fattas."),
    "file_row": _("Handlingens filer är inte de som står i manifestet: uppgifterna om %(name)s är ändrade."),
    "facts": _("Handlingens uppgifter är inte de som står i manifestet."),
    "rows": _("Handlingens uppgifter i databasen är inte de som förseglades."),
    "unsealed": _("Handlingen saknar försegling."),
    "seal_order": _("Förseglingen %(name)s följer inte på den före."),
    "seal_changed": _("Förseglingen %(name)s är ändrad."),
    "seal_head": _("Kedjan är inte längre den som den var vid en tidigare kontroll: förseglingen %(name)s."),
    "record_missing": _("Handlingen är förseglad men finns inte, och den är inte gallrad."),
    "record_other": _("Handlingens manifest är ett annat än det som förseglades."),
    "came_back": _("Handlingen är gallrad men finns ändå."),
    "unknown": _("%(name)s ligger i lagringen men hör inte till någon handling."),
}


@dataclass(frozen=True)
class Problem:
    """Something that does not hold: what, and which file or number it is about."""

    code: str
    name: str = ""

    def __str__(self) -> str:
        return say(self.code, self.name)


def say(code: str, name: str) -> str:
    """Answer a problem in words."""
    return str(TEXTS[code]) % {"name": name}


def problems(record: Record) -> Iterator[str]:
    """Name everything that does not hold, in words; nothing named means unchanged since it was kept."""
    return map(str, findings(record))


def problems_of_file(file: RecordFile) -> Iterator[str]:
    """Name what does not hold of one file, in words."""
    return map(str, findings_of_file(file))


def findings(record: Record, seal: RecordSeal | None = None) -> Iterator[Problem]:
    """Name everything that does not hold; the seal is looked up where it is not given."""
    files = sorted(record.files.all(), key=lambda file: (file.order, file.name))
    for file in files:
        yield from findings_of_file(file)
    seal = seal or RecordSeal.objects.filter(identifier=record.identifier).first()
    if seal and seal.manifest_sha256 != record.manifest_sha256:
        yield Problem("record_other")
    elif seal and seal.rows_sha256 != seals.rows_sha256(record, files):
        yield Problem("rows")
    yield from _against_manifest(record, files)


def findings_of_file(file: RecordFile | LooseFile) -> Iterator[Problem]:
    """Name what does not hold of one file."""
    try:
        with store.read(file) as content:
            size, sha256 = store.digest(content)
    except FileNotFoundError:
        yield Problem("file_missing", file.name)
        return
    if sha256 != file.sha256:
        yield Problem("file_changed", file.name)
    elif size != file.size:
        yield Problem("file_size", file.name)


def _against_manifest(record: Record, files: list[RecordFile]) -> Iterator[Problem]:
    kept = next((file for file in files if file.name == MANIFEST), None)
    if kept is None or kept.sha256 != record.manifest_sha256:
        yield Problem("manifest")
        return
    content = _read(kept)
    if content is None:
        return  # its own hash has already told
    yield from _files(content, [file for file in files if file.name != MANIFEST])
    if content["record"] != manifest.stated(record, content["format"]):
        yield Problem("facts")


def _files(content: dict[str, Any], files: list[RecordFile]) -> Iterator[Problem]:
    listed = {each["name"]: each for each in content["files"]}
    there = {file.name: file for file in files}
    yield from (Problem("file_removed", name) for name in listed if name not in there)
    for name, file in there.items():
        if name not in listed:
            yield Problem("file_added", name)
        # What the manifest's own format says of a file, the row must say too.
        elif any(getattr(file, key) != said for key, said in listed[name].items()):
            yield Problem("file_row", name)


def _read(file: RecordFile) -> dict[str, Any] | None:
    try:
        with store.read(file) as content:
            _size, sha256 = store.digest(content)
            if sha256 != file.sha256:
                return None
            content.seek(0)
            return json.load(content)
    except (FileNotFoundError, ValueError):
        return None
