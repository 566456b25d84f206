"""The visible text with its places, cut to the pictures: textrader.json, for whoever looks a word up in a picture."""

import json
from typing import Any

FORMAT = "uppsikt-lines-1"
Line = list[Any]


def document(lines: list[Line], pictures: list[tuple[str, int, int]]) -> bytes:
    """Return the file for lines of the whole page and its pictures (name, width, height) from the top down."""
    pages = []
    top = 0
    for name, width, height in pictures:
        own = [_on(line, top, width, height) for line in lines if top <= _middle(line) < top + height]
        shown = [line for line in own if line[2] > 0 and line[3] > 0]
        pages.append({"picture": name, "width": width, "height": height, "lines": shown})
        top += height
    # A page may hold halves of characters, which no encoding can.
    return json.dumps({"format": FORMAT, "pages": pages}, ensure_ascii=False).encode("utf-8", "replace")


def _middle(line: Line) -> float:
    return float(line[1]) + float(line[3]) / 2


def _on(line: Line, top: int, width: int, height: int) -> Line:
    """Return a line in the pixels of its picture, without what sticks out of it."""
    x, y, w, h, text = line
    left, right = min(max(x, 0), width), min(max(x + w, 0), width)
    upper, lower = min(max(y - top, 0), height), min(max(y - top + h, 0), height)
    return [left, upper, right - left, lower - upper, text]
