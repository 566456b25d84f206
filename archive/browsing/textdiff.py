"""Two texts line by line: what stayed, is new, is gone, or only moved; in time that grows as the texts do.

Lines that stand once in both texts are the anchors; only the short stretches between them are compared line by line.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

SAME, NEW, GONE, MOVED = "same", "new", "gone", "moved"
# A stretch without an anchor that is longer than this is taken as gone and new, not compared.
STRETCH = 400

Pair = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One line, by its place in the older text, in the newer one, or in both."""

    kind: str
    old: int | None
    new: int | None


def rows(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """Answer the lines of both texts in reading order; a line that is gone here and new there has moved."""
    return _moved(list(_rows(old, new)), old, new)


def pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Answer the places of the lines that stayed, rising in both texts."""
    found: list[Pair] = []
    at_old = at_new = 0
    for one, other in [*_anchors(old, new), (len(old), len(new))]:
        found += _between(old, new, (at_old, one), (at_new, other))
        if one < len(old):
            found.append((one, other))
        at_old, at_new = one + 1, other + 1
    return found


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    at_old = at_new = 0
    for one, other in [*pairs(old, new), (len(old), len(new))]:
        yield from (Row(GONE, place, None) for place in range(at_old, one))
        yield from (Row(NEW, None, place) for place in range(at_new, other))
        if one < len(old):
            yield Row(SAME, one, other)
        at_old, at_new = one + 1, other + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Answer the longest rising run of lines that stand exactly once in both texts."""
    in_old, in_new = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new)}
    once = [(i, places[line]) for i, line in enumerate(old) if in_old[line] == 1 == in_new.get(line, 0)]
    return _rising(once)


def _rising(found: list[Pair]) -> list[Pair]:
    ends: list[int] = []  # the smallest end of a run of each length
    last: list[int] = []
    before: list[int | None] = []
    for number, (_one, other) in enumerate(found):
        length = bisect_left(ends, other)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1] = [other]
        last[length : length + 1] = [number]
    run, number_or_none = [], last[-1] if last else None
    while number_or_none is not None:
        run.append(found[number_or_none])
        number_or_none = before[number_or_none]
    return run[::-1]


def _between(old: Sequence[str], new: Sequence[str], a: Pair, b: Pair) -> list[Pair]:
    """Answer what stayed in a stretch between two anchors: its beginning, its end, and the rest where it is short."""
    head = 0
    while a[0] + head < a[1] and b[0] + head < b[1] and old[a[0] + head] == new[b[0] + head]:
        head += 1
    tail = 0
    while a[0] + head < a[1] - tail and b[0] + head < b[1] - tail and old[a[1] - tail - 1] == new[b[1] - tail - 1]:
        tail += 1
    first = [(a[0] + n, b[0] + n) for n in range(head)]
    final = [(a[1] - tail + n, b[1] - tail + n) for n in range(tail)]
    inner_a, inner_b = (a[0] + head, a[1] - tail), (b[0] + head, b[1] - tail)
    return [*first, *_compared(old, new, inner_a, inner_b), *final]


def _compared(old: Sequence[str], new: Sequence[str], a: Pair, b: Pair) -> Iterator[Pair]:
    if not 0 < a[1] - a[0] <= STRETCH or not 0 < b[1] - b[0] <= STRETCH:
        return
    matcher = SequenceMatcher(None, old[a[0] : a[1]], new[b[0] : b[1]], autojunk=False)
    for one, other, size in matcher.get_matching_blocks():
        yield from ((a[0] + one + n, b[0] + other + n) for n in range(size))


def _moved(found: list[Row], old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """Tell what moved from what is new and gone: lines that stand once in both, and what follows right on them."""
    once = {line for line, count in Counter(old).items() if count == 1} & {
        line for line, count in Counter(new).items() if count == 1
    }
    pools = {GONE: Counter[str](), NEW: Counter[str]()}
    for row in found:
        if row.kind != SAME:
            pools[row.kind][_line(row, old, new)] += 1
    both = pools[GONE] & pools[NEW]
    left = {GONE: both.copy(), NEW: both.copy()}
    rows: list[Row] = []
    for row in found:
        rows.append(_told(row, _line(row, old, new), once, left, rows[-1].kind == MOVED if rows else False))
    return rows


def _told(row: Row, line: str, once: set[str], left: dict[str, Counter[str]], follows: bool) -> Row:
    if row.kind == SAME or not left[row.kind][line] or not (line in once or follows):
        return row
    left[row.kind][line] -= 1
    return replace(row, kind=MOVED)


def _line(row: Row, old: Sequence[str], new: Sequence[str]) -> str:
    return old[row.old] if row.old is not None else new[row.new or 0]
