"""Small pictures, drawn anew each time they are asked for: nothing derived is stored beside the archive."""

import hashlib
import io

from PIL import Image

from archive import store
from archive.models import RecordFile
from governance.content import NotAPicture, TooManyPoints, picture

# Sizes that may be asked for: the width of a page in the viewer's row, and of a year in the strip.
WIDTHS = {"sida": 160, "remsa": 240}
# Of a tall page the top is shown, so much taller than wide.
TALLEST = 2.5
MOST_PIXELS = 80_000_000
QUALITY = 78
FORMATS = ("JPEG",)


def drawn(file: RecordFile, width: int) -> bytes:
    """Answer one of our own pictures as a small JPEG.

    Raises `FileNotFoundError` where it is missing, `ValueError` where it is not what was kept.
    """
    with store.read(file) as content:
        kept = content.read()
    if hashlib.sha256(kept).hexdigest() != file.sha256:
        raise ValueError(file.name)
    try:
        with picture(kept, FORMATS, MOST_PIXELS) as image:
            return _small(image, width)
    except (NotAPicture, TooManyPoints) as error:
        raise ValueError(file.name) from error


def _small(image: Image.Image, width: int) -> bytes:
    image.draft("RGB", (2 * width, 2 * width * image.height // max(image.width, 1)))
    top = image.convert("RGB").crop((0, 0, image.width, min(image.height, int(image.width * TALLEST))))
    height = max(1, round(top.height * width / top.width))
    out = io.BytesIO()
    top.resize((width, height), Image.Resampling.BOX, reducing_gap=2).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
