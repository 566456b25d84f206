"""The picture of the whole page, in tiles: one of more than 65,535 pixels comes out empty, without error."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from archive.capture.failures import CaptureFailed, kind_of

QUALITY = 85
END_OF_IMAGE = b"\xff\xd9"


class Picture(NamedTuple):
    """A tile that was written and read back."""

    path: Path
    width: int
    height: int


def spans(height: int, tile_height: int) -> list[tuple[int, int]]:
    """Cut a height into (top, height) from the top down, without gap or overlap."""
    return [(top, min(tile_height, height - top)) for top in range(0, height, tile_height)]


@dataclass(frozen=True)
class Camera:
    """How the tiles of one width are called and taken: `seconds` for each, none begun after `deadline`."""

    name: str
    width: int
    tile_height: int
    seconds: float
    deadline: float = float("inf")


def take(page: Any, folder: Path, height: int, camera: Camera, beat: Callable[[float], None]) -> list[Picture]:
    """Write the tiles as JPEG files. Raises CaptureFailed when one came out wrong; stops at the deadline."""
    cuts = spans(height, camera.tile_height)
    taken: list[Picture] = []
    for number, (top, tall) in enumerate(cuts, start=1):
        if taken and time.monotonic() > camera.deadline:
            break
        path = folder / f"{camera.name}-{number:03}.jpg"
        data = page.screenshot(
            type="jpeg",
            quality=QUALITY,
            full_page=True,
            clip={"x": 0, "y": top, "width": camera.width, "height": tall},
            animations="disabled",
            scale="css",
            timeout=camera.seconds * 1000,
        )
        path.write_bytes(data)
        _check(path, data, (camera.width, tall))
        taken.append(Picture(path, camera.width, tall))
        beat(number / len(cuts))
    return taken


def _check(path: Path, data: bytes, size: tuple[int, int]) -> None:
    """Look at what came out: its size as it says itself, and that it comes to an end."""
    try:
        with Image.open(path) as image:
            found = image.size
    except OSError as error:
        raise CaptureFailed("unstable", f"{path.name}: {kind_of(error)}") from error
    if found != size or not data.endswith(END_OF_IMAGE):
        raise CaptureFailed("unstable", f"{path.name}: {found} instead of {size}")


def is_one_colour(pictures: list[Picture]) -> bool:
    """Tell whether there is nothing to see on any of the tiles."""
    return all(_is_one_colour(picture.path) for picture in pictures)


def _is_one_colour(path: Path) -> bool:
    with Image.open(path) as image:
        low_and_high = image.convert("L").getextrema()
    return low_and_high[0] == low_and_high[1]
