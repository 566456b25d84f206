"""Scanned papers that people send in: what they are is told by their content, never by their name."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from governance.content import PDF_TYPE, NotAPicture, is_pdf, picture

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 100_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
ENDINGS = {PDF_TYPE: "pdf", "image/jpeg": "jpg", "image/png": "png"}


class NotAScan(Exception):
    """What was sent in is no paper that can be kept; the message is for the person who sent it."""


@dataclass(frozen=True)
class Scan:
    """A scanned paper: what it is, and its bytes."""

    media_type: str
    content: bytes


def read(file: UploadedFile) -> Scan:
    """Answer a file as a scan. Raises `NotAScan` for one that is too large, empty, broken or of another kind."""
    if not file.size:
        raise NotAScan(_("Filen är tom."))
    if file.size > MAX_BYTES:
        raise NotAScan(_("Filen är för stor. Den får vara högst %(size)d MB.") % {"size": MAX_BYTES // 1024**2})
    content = file.read()
    media_type = PDF_TYPE if is_pdf(content) else _picture(content)
    if not media_type:
        raise NotAScan(_("Filen är varken en PDF eller en bild (JPEG, PNG), eller så är den skadad."))
    return Scan(media_type, content)


def _picture(content: bytes) -> str:
    try:
        with picture(content, PICTURES, MAX_PIXELS) as image:
            image.load()  # a forged picture fails here
            return PICTURES[str(image.format)]
    except NotAPicture:
        return ""
