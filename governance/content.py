"""What a file that somebody sent is, by its content and never by its name: a whole PDF, or a whole picture."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PIL import Image

PDF, PDF_END = b"%PDF-", b"%%EOF"
PDF_TYPE = "application/pdf"
PICTURE_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}
END_LOOKED_AT = 2048  # bytes


class NotAPicture(ValueError):
    """What is no picture of the asked kinds, or a broken one."""


class TooManyPoints(NotAPicture):
    """A picture that would fill the memory when it is drawn."""


def is_pdf(content: bytes) -> bool:
    """Answer whether the content begins as a PDF and ends as one."""
    return content.startswith(PDF) and PDF_END in content[-END_LOOKED_AT:]


@contextmanager
def picture(content: bytes, formats: Iterable[str], most_points: int) -> Iterator[Image.Image]:
    """Open a whole picture of one of these formats for as long as it is drawn.

    Raises `TooManyPoints` before anything is drawn, `NotAPicture` where it is broken, or breaks while it is drawn.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=list(formats)) as image:
            if image.width * image.height > most_points:
                raise TooManyPoints("too many points")
            if image.format == "MPO":  # telephones put a second picture behind the first; what is drawn is a JPEG
                image.format = "JPEG"
            _check_whole(str(image.format), content)
            yield image
    except Image.DecompressionBombError as error:
        raise TooManyPoints("too many points") from error
    except (OSError, SyntaxError, ValueError, KeyError, EOFError, MemoryError) as error:
        raise error if isinstance(error, NotAPicture) else NotAPicture("no picture, or a broken one") from error


def _check_whole(form: str, content: bytes) -> None:
    """Refuse a picture whose end is missing: the PDF library lets Pillow draw half a picture everywhere."""
    if form == "WEBP":
        whole = int.from_bytes(content[4:8], "little") + 8 <= len(content)
    else:
        whole = PICTURE_ENDS.get(form, b"") in content[-END_LOOKED_AT:]
    if not whole:
        raise NotAPicture("the end of the picture is missing")
