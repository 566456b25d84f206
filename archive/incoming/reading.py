"""From a file that somebody sent to what is known of it, or to why it is not kept."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from archive.incoming import bounded, kinds, limits, pictures, refusals, webtext
from archive.incoming.pictures import Picture
from archive.incoming.refusals import UploadRefused
from governance.content import END_LOOKED_AT, PDF_END, NotAPicture, TooManyPoints

CHUNK = 1024 * 1024
UNNAMED = "fil"
LARGEST = {
    **dict.fromkeys(kinds.PICTURES, limits.LARGEST_PICTURE),
    kinds.PDF: limits.LARGEST_DOCUMENT,
    kinds.MHTML: limits.LARGEST_PAGE,
    kinds.HTML: limits.LARGEST_PAGE,
}


@dataclass(frozen=True)
class Upload:
    """One file that was sent and found in order: what it is by its content, never by its name.

    `file` keeps the content for as long as the upload is worked on; `source` is where it is read. A picture is drawn
    already; `text` is what a saved page or an export says; `facts` what is worth knowing of the file; `note` names the
    row under which it lies in the archive's storage since an earlier attempt (archive/incoming/staging.py).
    """

    name: str
    kind: str
    size: int
    sha256: str
    source: Path | bytes
    picture: Picture | None = None
    text: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    note: int = 0
    file: Any = field(default=None, repr=False, compare=False)

    @property
    def media_type(self) -> str:
        """Answer what it is handed out as."""
        return kinds.MEDIA[self.kind][0]

    @property
    def suffix(self) -> str:
        """Answer how its name in the record ends."""
        return kinds.MEDIA[self.kind][1]

    def content(self) -> bytes:
        """Answer all of it; asked only of what is bounded by its kind."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


def read(name: str, size: int, file: IO[bytes], note: int = 0) -> Upload:
    """Answer what a file is. Raises `UploadRefused`, whose words name the file and say what to do instead."""
    name = webtext.clean(name.replace("\\", "/").rsplit("/", 1)[-1], limits.NAME_LETTERS) or UNNAMED
    if not size:
        raise UploadRefused(refusals.said("empty", name))
    file.seek(0)
    kind = kinds.of(file.read(kinds.LOOKED_AT))
    if kind not in kinds.MEDIA:
        raise UploadRefused(refusals.said(kind, name))
    largest = LARGEST.get(kind, settings.UPLOAD_MAX_BYTES)
    if size > largest:
        raise UploadRefused(
            _("%(name)s är för stor: högst %(limit)s.") % {"name": name, "limit": filesizeformat(largest)}
        )
    upload = Upload(name, kind, size, _sha256(file), _source(file, kind), note=note, file=file)
    return _picture(upload) if kind in kinds.PICTURES - {kinds.HEIC} else _elsewhere(upload)


@contextmanager
def workplace() -> Iterator[Path]:
    """Answer an empty folder for as long as a file is worked on."""
    place = Path(settings.FILE_UPLOAD_TEMP_DIR)
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="las-") as folder:
        yield Path(folder)


def on_disk(upload: Upload, folder: Path) -> Path:
    """Answer where the child finds the file."""
    if isinstance(upload.source, Path):
        return upload.source
    path = folder / "fil"
    path.write_bytes(upload.source)
    return path


def _picture(upload: Upload) -> Upload:
    """Answer a picture with the one we draw of it."""
    try:
        picture, location = pictures.drawn(upload.content())
    except TooManyPoints as error:
        raise UploadRefused(refusals.said("too_large", upload.name)) from error
    except NotAPicture as error:
        raise UploadRefused(refusals.said("broken", upload.name)) from error
    return _with(upload, picture=picture, facts={"location": True} if location else {})


def _elsewhere(upload: Upload) -> Upload:
    """Answer what the child finds in a file that is never opened here."""
    if upload.kind == kinds.PDF and not _ends_as_pdf(upload):
        raise UploadRefused(refusals.said("broken_pdf", upload.name))
    with workplace() as folder:
        found = bounded.have(upload.kind, on_disk(upload, folder), folder)
        if why := found.get("refused"):
            raise UploadRefused(refusals.said(f"{upload.kind}:{why}", upload.name))
        if upload.kind == kinds.HEIC:
            drawn = Picture((folder / "bild.jpg").read_bytes(), found["width"], found["height"])
            return _with(upload, picture=drawn, facts={"location": True} if found["location"] else {})
    if upload.kind == kinds.PDF:
        return _with(upload, facts={key: value for key, value in found.items() if value})
    return _with(upload, text=str(found["text"])[: limits.MOST_LETTERS], facts=found["facts"])


def _with(upload: Upload, **changed: Any) -> Upload:
    return Upload(**{**{name: getattr(upload, name) for name in Upload.__dataclass_fields__}, **changed})


def _ends_as_pdf(upload: Upload) -> bool:
    upload.file.seek(max(0, upload.size - END_LOOKED_AT))
    return PDF_END in upload.file.read()


def _source(file: IO[bytes], kind: str) -> Path | bytes:
    """Answer a path where the file lies on the disk already, else its bytes."""
    if hasattr(file, "temporary_file_path") and kind not in kinds.PICTURES - {kinds.HEIC}:
        return Path(file.temporary_file_path())
    file.seek(0)
    return file.read()


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
