"""What is handed over: the record as PDF/A, and the same facts as XML and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive import store
from archive.models import DiaryHandover, Record, RecordFile
from archive.packages import metadata

PDF_TYPE = "application/pdf"


@dataclass(frozen=True)
class Part:
    """One file of a package: written by us now, or kept in the archive."""

    name: str
    media_type: str
    content: bytes | RecordFile

    @property
    def size(self) -> int:
        """Answer how many bytes it is."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    def chunks(self) -> Iterator[bytes]:
        """Answer its bytes, in little memory. Raises `FileNotFoundError` where the archive has lost it."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with store.read(self.content) as file:
            while chunk := file.read(store.CHUNK):
                yield chunk


@dataclass(frozen=True)
class Package:
    """A handover with its files."""

    handover: DiaryHandover
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Answer how many bytes its files are together."""
        return sum(part.size for part in self.parts)


def of(handover: DiaryHandover) -> Package:
    """Answer the package of a handover: the PDF/A where the record has one, else every file of it."""
    record = metadata.whole(Record.objects.filter(pk=handover.record_id)).get()
    said = {**metadata.describe(record), "diary": _diary(handover)}
    files = list(record.files.all())
    documents = [file for file in files if file.media_type == PDF_TYPE and not file.is_foreign] or files
    return Package(
        handover,
        (
            *(Part(file.name, file.media_type, file) for file in documents),
            Part("metadata.json", "application/json", metadata.as_json(said)),
            Part("metadata.xml", "application/xml", metadata.as_xml(said)),
        ),
    )


def _diary(handover: DiaryHandover) -> dict[str, Any]:
    """Answer what the diary is to say (OSL 5:2), and the identifier by which a second copy is told as such."""
    return {
        "handover": str(handover.identifier),
        "dated": handover.dated,
        "party": handover.party,
        "matter": handover.matter,
        "kept_out_of_public_diary": handover.kept_out,
    }
