"""Pictures and PDFs that people took of a page themselves: told by their content, bounded, and kept as they came.

What is shown in the browser is always a picture of our own making; what came from outside is only ever handed out.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from archive.models.record import ORIGINAL, THUMBNAIL
from archive.store import Item
from governance.content import PDF, PDF_TYPE, NotAPicture, TooManyPoints, is_pdf, picture

MEGABYTE = 1024 * 1024
LARGEST_FILE = 25 * MEGABYTE
LARGEST_TOGETHER = 100 * MEGABYTE
MOST_FILES = 30
MOST_PIXELS = 60_000_000  # a page of 1280 points and a height of 45,000; four bytes each in memory
LONGEST_SIDE = 65_000  # no JPEG is longer
QUALITY = 85
THUMBNAIL_SIZE = (640, 480)
# What Pillow may try; whatever else it could read has no place here.
FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}


class UploadRefused(ValueError):
    """A file that is not kept; the message is for whoever sent it, and names the file."""


@dataclass(frozen=True)
class Picture:
    """A picture of our own making, as JPEG, and its size in points."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Upload:
    """One file that was sent and found in order: what it is by its content, never by its name; a PDF has no picture."""

    media_type: str
    suffix: str
    content: bytes
    picture: Picture | None = None


def read(name: str, size: int, file: IO[bytes]) -> Upload:
    """Answer what a file is. Raises `UploadRefused` where it is too large, broken, or no picture or PDF."""
    if size > LARGEST_FILE:
        words = {"name": name, "limit": LARGEST_FILE // MEGABYTE}
        raise UploadRefused(_("%(name)s är för stor: högst %(limit)s MB per fil.") % words)
    content = file.read(LARGEST_FILE + 1)
    if content.startswith(PDF):
        if not is_pdf(content):
            raise UploadRefused(_("%(name)s är en skadad PDF.") % {"name": name})
        return Upload(PDF_TYPE, "pdf", content)
    return _of_picture(name, content)


def items(uploads: list[Upload]) -> tuple[list[Item], dict[str, list[int]]]:
    """Answer the files of the record: our own pictures, a thumbnail, then what came; and the pictures' sizes."""
    pictures = [upload.picture for upload in uploads if upload.picture]
    named = {f"bild-{number:03}.jpg": picture for number, picture in enumerate(pictures, 1)}
    shown = [Item(name, "image/jpeg", _("Bild av sidan"), picture.jpeg) for name, picture in named.items()]
    caption = _("Miniatyr av sidans början")
    small = [Item(THUMBNAIL, "image/jpeg", caption, _small(picture.jpeg)) for picture in pictures[:1]]
    sizes = {name: [picture.width, picture.height] for name, picture in named.items()}
    return [*shown, *small, *_originals(uploads)], sizes


def _originals(uploads: Iterable[Upload]) -> Iterator[Item]:
    for number, upload in enumerate(uploads, 1):
        name = f"{ORIGINAL}{number:03}.{upload.suffix}"
        yield Item(name, upload.media_type, _("Filen som laddades upp, oförändrad"), upload.content)


def _of_picture(name: str, content: bytes) -> Upload:
    """Answer a picture with the one we draw of it: the right way up, and nothing but its points."""
    try:
        with picture(content, FORMATS, MOST_PIXELS) as image:
            if max(image.size) > LONGEST_SIDE:
                raise TooManyPoints(name)
            media_type, suffix = FORMATS[str(image.format)]
            return Upload(media_type, suffix, content, _on_white(ImageOps.exif_transpose(image)))
    except TooManyPoints as error:
        raise UploadRefused(_("%(name)s är en för stor bild.") % {"name": name}) from error
    except NotAPicture as error:
        text = _("%(name)s går inte att läsa. Ladda upp bilder (PNG, JPEG, WebP) eller PDF.")
        raise UploadRefused(text % {"name": name}) from error


def _on_white(image: Image.Image) -> Picture:
    if image.mode in ("RGB", "L"):
        sheet = image.convert("RGB")
    else:
        seen = image.convert("RGBA")
        sheet = Image.new("RGB", seen.size, "white")
        sheet.paste(seen, mask=seen.getchannel("A"))
    return Picture(_jpeg(sheet), sheet.width, sheet.height)


def _small(jpeg: bytes) -> bytes:
    """Answer the beginning of the page, as small as a list shows it."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        width, height = THUMBNAIL_SIZE
        top = image.crop((0, 0, image.width, min(image.height, max(1, image.width * height // width))))
        return _jpeg(ImageOps.pad(top, THUMBNAIL_SIZE, color="white", centering=(0.5, 0)))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
