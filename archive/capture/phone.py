"""The same page once more, as wide as a telephone: laid out afresh, not fetched afresh."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from archive.capture import scripts
from archive.capture.bounds import Bounds
from archive.capture.failures import CaptureFailed
from archive.capture.tiles import Camera, Picture, take
from archive.capture.world import Moved, World

NAME = "mobil"
LAYOUT_MS, POLL_MS = 200, 100
# Pictures of another width that the page asks for now.
IMAGES_SECONDS = 3.0


def shoot(
    page: Any, world: World, folder: Path, bounds: Bounds, beat: Callable[[float], None]
) -> tuple[list[Picture], int, str]:
    """Write mobil-001.jpg ...; return them, the page's height at that width, and what a person should know of it.

    The page's own scripts stand still by now. What cannot be pictured is left out: the desktop's pictures are there.
    """
    try:
        return _shoot(page, world, folder, bounds, beat)
    except (CaptureFailed, Error, Moved):
        for path in folder.glob(f"{NAME}-*.jpg"):
            path.unlink()
        return [], 0, "no_phone"


def _shoot(
    page: Any, world: World, folder: Path, bounds: Bounds, beat: Callable[[float], None]
) -> tuple[list[Picture], int, str]:
    deadline = time.monotonic() + bounds.phone_seconds
    page.set_viewport_size({"width": bounds.phone_width, "height": bounds.phone_view_height})
    page.wait_for_timeout(LAYOUT_MS)
    _wait_for_images(page, world)
    height = int(world.ask(scripts.HEIGHT))
    camera = Camera(NAME, bounds.phone_width, bounds.phone_tile_height, bounds.picture_seconds, deadline)
    pictures = take(page, folder, min(height, bounds.phone_max_height), camera, beat)
    whole = sum(picture.height for picture in pictures) >= height
    return pictures, height, "" if whole else "phone_cut"


def _wait_for_images(page: Any, world: World) -> None:
    deadline = time.monotonic() + IMAGES_SECONDS
    while world.ask(scripts.IMAGES)["loading"] and time.monotonic() < deadline:
        page.wait_for_timeout(POLL_MS)
