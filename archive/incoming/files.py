"""From what somebody sent to the files of a record: our own pictures, the text, and what came, unchanged."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from archive.incoming import bounded, kinds, limits, pictures, reading
from archive.incoming.reading import Upload
from archive.models.record import ORIGINAL, THUMBNAIL
from archive.store import Item

LINES = "textrader.json"
LINES_FORMAT = "uppsikt-lines-1"


@dataclass
class Drawn:
    """What our own hand makes of the uploads; the pictures lie in a folder."""

    folder: Path
    pictures: list[Item] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what could not be shown, in words
    thumbnail: bytes = b""

    @property
    def sizes(self) -> dict[str, list[int]]:
        """Answer the size of each picture, for the record."""
        return {page["picture"]: [page["width"], page["height"]] for page in self.pages}

    @property
    def text(self) -> str:
        """Answer all text, in the order of the files."""
        return "\n\n".join(filter(None, self.texts))[: limits.MOST_LETTERS]


def draw(uploads: list[Upload], folder: Path) -> Drawn:
    """Draw the pictures of what can be shown, in the order it was sent, and gather what can be read."""
    drawn = Drawn(folder)
    for number, upload in enumerate(uploads, 1):
        if upload.picture:
            _add_picture(drawn, upload)
        elif upload.kind == kinds.PDF:
            _add_pages(drawn, upload, folder / f"pdf-{number:03}")
        drawn.texts.append(upload.text)
    if drawn.pictures:
        drawn.thumbnail = pictures.beginning(_bytes(drawn.pictures[0]))
    return drawn


def items(drawn: Drawn) -> list[Item]:
    """Answer what is shown and read of a record: pictures, text and where it stands."""
    found = list(drawn.pictures)
    if drawn.text:
        found.append(Item("text.txt", "text/plain", _("Filernas text"), drawn.text.encode()))
    if drawn.pages:
        lines = json.dumps({"format": LINES_FORMAT, "pages": drawn.pages}, ensure_ascii=False).encode()
        found.append(Item(LINES, "application/json", _("Var på bilderna texten står"), lines))
    return found


def thumbnail(drawn: Drawn, document: bytes) -> list[Item]:
    """Answer the thumbnail: of the first picture, or of our own paper's cover where nothing else can be shown."""
    small = drawn.thumbnail or _cover(document, drawn.folder)
    return [Item(THUMBNAIL, "image/jpeg", _("Miniatyr av sidans början"), small)] if small else []


def originals(uploads: list[Upload]) -> list[Item]:
    """Answer what came, byte for byte."""
    caption = _("Filen som laddades upp, oförändrad")
    named = [(f"{ORIGINAL}{number:03}.{upload.suffix}", upload) for number, upload in enumerate(uploads, 1)]
    return [Item(name, upload.media_type, caption, upload.source) for name, upload in named]


def facts(uploads: list[Upload]) -> list[dict[str, Any]]:
    """Answer what is known of each file: what it was called, what it is, and what is worth knowing of it."""
    return [
        {
            "file": f"{ORIGINAL}{number:03}.{upload.suffix}",
            "name": upload.name,
            "kind": upload.kind,
            "size": upload.size,
            "sha256": upload.sha256,
            **upload.facts,
        }
        for number, upload in enumerate(uploads, 1)
    ]


def _add_picture(drawn: Drawn, upload: Upload) -> None:
    picture = upload.picture
    assert picture is not None  # noqa: S101 - asked by the caller
    name = f"bild-{sum(item.name.startswith('bild-') for item in drawn.pictures) + 1:03}.jpg"
    path = drawn.folder / name
    path.write_bytes(picture.jpeg)
    drawn.pictures.append(Item(name, "image/jpeg", _("Bild av sidan"), path))
    drawn.pages.append({"picture": name, "width": picture.width, "height": picture.height, "lines": []})


def _add_pages(drawn: Drawn, upload: Upload, folder: Path) -> None:
    """Have the pages of a PDF drawn; those that were not are told."""
    folder.mkdir()
    bounded.have("pages", reading.on_disk(upload, folder), folder)
    found = _pages(folder)
    first = sum(item.name.startswith("sida-") for item in drawn.pictures)
    for number, page in enumerate(found, first + 1):
        name = f"sida-{number:03}.jpg"
        path = (folder / page["picture"]).replace(drawn.folder / name)
        drawn.pictures.append(Item(name, "image/jpeg", _("Sida ur en uppladdad PDF"), path))
        drawn.pages.append({**page, "picture": name})
    drawn.texts.append("\n".join(line[4] for page in found for line in page["lines"]))
    if (missing := upload.facts.get("pages", 0) - len(found)) > 0:
        words = {"name": upload.name, "shown": len(found), "missing": missing}
        drawn.remarks.append(
            _("Av %(name)s visas %(shown)s sidor. %(missing)s till finns bara i originalet, som är oförändrat.") % words
        )


def _pages(folder: Path) -> list[dict[str, Any]]:
    """Answer the pages that were drawn whole; the last may have been cut off with the child."""
    told = folder / "sidor.jsonl"
    found = []
    for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else []:
        try:
            page = json.loads(line)
        except ValueError:
            continue
        if (folder / page["picture"]).exists():
            found.append(page)
    return found


def _cover(document: bytes, folder: Path) -> bytes:
    place = folder / "omslag"
    place.mkdir()
    (place / "fil").write_bytes(document)
    bounded.have("first", place / "fil", place)
    picture = place / "sida-001.jpg"
    return pictures.beginning(picture.read_bytes()) if picture.exists() else b""


def _bytes(item: Item) -> bytes:
    return item.source if isinstance(item.source, bytes) else item.source.read_bytes()
