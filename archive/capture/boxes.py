"""Boxes that lie over the page: closed with no where that can be said, hidden where it cannot, and told of."""

from dataclasses import dataclass, field
from typing import Any

from archive.capture import scripts
from archive.capture.bounds import Bounds
from archive.capture.known import Known
from archive.capture.world import World

ROUNDS, MOST = 4, 12
AFTER_MS = 250
UNROLLED = "unrolled"


@dataclass
class Boxes:
    """What was closed or hidden, and what lies over the page still."""

    dismissed: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    # Large frames that scroll by themselves, whose inside is not all in the picture.
    folded: int = 0

    @property
    def closed(self) -> bool:
        """Whether anything was closed or hidden."""
        return any(each["how"] != UNROLLED for each in self.dismissed)

    @property
    def unrolled(self) -> bool:
        """Whether the page lay in a frame that was unfolded."""
        return any(each["how"] == UNROLLED for each in self.dismissed)

    def share(self, kind: str) -> float:
        """Return how much of the screen the boxes of a kind cover."""
        return sum(box["share"] for box in self.left if box["kind"] == kind)


def dismiss(page: Any, world: World, known: Known, bounds: Bounds, boxes: Boxes) -> None:
    """Close what can be closed, a few times over: behind one box there is often another."""
    for _round in range(ROUNDS):
        room = MOST - len(boxes.dismissed)
        found = world.ask(scripts.BOXES, known.boxes(room > 0, room), bounds.script_seconds)
        boxes.left = found["boxes"]
        boxes.dismissed += found["done"]
        if not found["done"]:
            return
        page.wait_for_timeout(AFTER_MS)


def unroll(world: World, boxes: Boxes) -> None:
    """Unfold a page that scrolls in a frame of its own; note what stays folded."""
    found = world.ask(scripts.UNROLL, True)
    boxes.dismissed += found["done"]
    boxes.folded = found["left"]
