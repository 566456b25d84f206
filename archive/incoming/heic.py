"""A telephone's picture in HEIC, drawn as JPEG. Run in the child alone: its decoder is a large one."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from archive.incoming import limits

LOCATION = 0x8825


def draw(path: Path, target: Path) -> dict[str, Any]:
    """Write the picture the right way up, and nothing but its points. Raises ValueError or OSError where it cannot."""
    register_heif_opener(thumbnails=False)
    with Image.open(path, formats=("HEIF",)) as image:
        if image.width * image.height > limits.MOST_PIXELS or max(image.size) > limits.LONGEST_SIDE:
            return {"refused": "too_large"}
        location = bool(image.getexif().get_ifd(LOCATION))
        drawn = ImageOps.exif_transpose(image).convert("RGB")
    drawn.info.clear()
    drawn.save(target, "JPEG", quality=limits.QUALITY)
    return {"width": drawn.width, "height": drawn.height, "location": location}
