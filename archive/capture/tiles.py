"""The picture of the whole page, in tiles: one of more than 65,535 pixels comes out empty, without error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from archive.capture.bounds import Bounds
from archive.capture.failures import CaptureFailed, kind_of

QUALITY = 85


def spans(height: int, tile_height: int) -> list[tuple[int, int]]:
    """Cut a height into (top, height) from the top down, without gap or overlap."""
    return [(top, min(tile_height, height - top)) for top in range(0, height, tile_height)]


def take(page: Any, folder: Path, height: int, bounds: Bounds, beat: Callable[[float], None]) -> list[Path]:
    """Write the tiles as JPEG files and return their paths. Raises CaptureFailed when one came out wrong."""
    cuts = spans(height, bounds.tile_height)
    paths = []
    for number, (top, tall) in enumerate(cuts, start=1):
        path = folder / f"bild-{number:03}.jpg"
        data = page.screenshot(
            type="jpeg",
            quality=QUALITY,
            full_page=True,
            clip={"x": 0, "y": top, "width": bounds.width, "height": tall},
            animations="disabled",
            scale="css",
            timeout=bounds.picture_seconds * 1000,
        )
        path.write_bytes(data)
        _check(path, (bounds.width, tall))
        paths.append(path)
        beat(number / len(cuts))
    return paths


def _check(path: Path, size: tuple[int, int]) -> None:
    """Read the file back to its last pixel."""
    try:
        with Image.open(path) as image:
            image.load()
            found = image.size
    except OSError as error:
        raise CaptureFailed("unstable", f"{path.name}: {kind_of(error)}") from error
    if found != size:
        raise CaptureFailed("unstable", f"{path.name}: {found} instead of {size}")


def is_one_colour(paths: list[Path]) -> bool:
    """Tell whether there is nothing to see on any of the tiles."""
    return all(_is_one_colour(path) for path in paths)


def _is_one_colour(path: Path) -> bool:
    with Image.open(path) as image:
        low_and_high = image.convert("L").getextrema()
    return low_and_high[0] == low_and_high[1]
