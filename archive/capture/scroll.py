"""Reading the page from top to bottom, so that everything that waits to be seen is loaded."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from archive.capture import scripts
from archive.capture.bounds import Bounds
from archive.capture.failures import CaptureFailed
from archive.capture.guard import Guard
from archive.capture.world import World

STEP_MS = 40
# As many steps are taken without asking how it goes.
STRIDE = 5
POLL_MS = 100
# Growth below this is a font or a picture that settled, not a feed.
SETTLING = 200


@dataclass(frozen=True)
class Images:
    """Pictures shown on the page, and those of them that did not come."""

    total: int
    missing: int
    addresses: tuple[str, ...]


def read_through(page: Any, world: World, bounds: Bounds, guard: Guard, beat: Callable[[float], None]) -> str:
    """Scroll to the end or to a bound; return which (a key of reasons.ENDINGS).

    `beat` is called at every step with the share done. The bounds on height, posts and bytes hold for a page
    that grows while it is read; one that is tall from the start is read to its end.
    """
    start = time.monotonic()
    first = world.ask(scripts.STRIDE, {"step": 0, "pause": 0, "steps": 1})["height"]
    check_height(first, bounds)
    while True:
        state = world.ask(scripts.STRIDE, {"step": bounds.view_height, "pause": STEP_MS, "steps": STRIDE})
        elapsed = time.monotonic() - start
        beat(max(state["y"] / max(state["height"], bounds.feed_height // 4), elapsed / bounds.scroll_seconds))
        if state["height"] > first + SETTLING and (ending := _feed_ending(state, bounds, guard)):
            return ending
        if elapsed > bounds.scroll_seconds:
            return "time"
        if state["y"] >= state["height"] - 2 and not _grows(page, world, state["height"], bounds, guard):
            return "end"


def check_height(height: int, bounds: Bounds) -> None:
    """Raise CaptureFailed for a page that no feed made this tall."""
    if height > bounds.max_height:
        raise CaptureFailed("too_tall", f"{height} px")


def _feed_ending(state: dict[str, int], bounds: Bounds, guard: Guard) -> str:
    if state["y"] > bounds.feed_height:
        return "height"
    if state["posts"] > bounds.feed_posts:
        return "posts"
    return "bytes" if guard.downloaded > bounds.feed_bytes else ""


def _grows(page: Any, world: World, height: int, bounds: Bounds, guard: Guard) -> bool:
    """Watch the bottom for a while: does more come? Once the net is calm too, a shorter while says it."""
    start = calm = time.monotonic()
    passed = guard.passed
    while (now := time.monotonic()) - start < bounds.feed_pause and now - calm < bounds.calm_pause:
        page.wait_for_timeout(POLL_MS)
        if world.ask(scripts.HEIGHT) > height + 2:
            return True
        if guard.passed != passed:
            passed, calm = guard.passed, time.monotonic()
    return False


def settle(page: Any, world: World, bounds: Bounds, beat: Callable[[float], None]) -> Images:
    """Wait, within bounds, for the pictures, visiting those that have not come; end at the top of the page."""
    deadline = time.monotonic() + bounds.images_seconds
    state = world.ask(scripts.IMAGES)
    for turn in count():
        if not state["loading"] or time.monotonic() > deadline:
            break
        world.ask(scripts.GO_TO, state["loading"][turn % len(state["loading"])])
        page.wait_for_timeout(POLL_MS)
        beat(1 - (deadline - time.monotonic()) / bounds.images_seconds)
        state = world.ask(scripts.IMAGES)
    world.ask(scripts.TOP)
    page.wait_for_timeout(POLL_MS)
    return Images(state["total"], state["missing_total"], tuple(state["missing"]))
