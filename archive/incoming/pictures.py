"""Pictures that somebody sent, drawn anew: the right way up, and nothing but their points."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from archive.incoming import limits
from governance.content import TooManyPoints, picture

# What Pillow may try; whatever else it could read has no place here.
FORMATS = ("JPEG", "PNG", "WEBP")
LOCATION = 0x8825  # where it was taken, as cameras note it
SMALL = (160, 120)
THUMBNAIL_SIZE = (640, 480)


@dataclass(frozen=True)
class Picture:
    """A picture of our own making, as JPEG, and its size in points."""

    jpeg: bytes
    width: int
    height: int


def drawn(content: bytes) -> tuple[Picture, bool]:
    """Answer the picture we draw of a file, and whether the file says where it was taken.

    Raises `NotAPicture` where it is broken, `TooManyPoints` where it is larger than memory bears.
    """
    with picture(content, FORMATS, limits.MOST_PIXELS) as image:
        if max(image.size) > limits.LONGEST_SIDE:
            raise TooManyPoints("too long")
        location = bool(image.getexif().get_ifd(LOCATION))
        return _on_white(ImageOps.exif_transpose(image)), location


def beginning(jpeg: bytes, size: tuple[int, int] = THUMBNAIL_SIZE) -> bytes:
    """Answer the beginning of a picture of ours, as small as a list shows it."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        width, height = size
        top = image.crop((0, 0, image.width, min(image.height, max(1, image.width * height // width))))
        return _jpeg(ImageOps.pad(top, size, color="white", centering=(0.5, 0)))


def _on_white(image: Image.Image) -> Picture:
    if image.mode in ("RGB", "L"):
        sheet = image.convert("RGB")
    else:
        seen = image.convert("RGBA")
        sheet = Image.new("RGB", seen.size, "white")
        sheet.paste(seen, mask=seen.getchannel("A"))
    sheet.info.clear()  # a comment, a colour profile
    return Picture(_jpeg(sheet), sheet.width, sheet.height)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=limits.QUALITY)
    return out.getvalue()
