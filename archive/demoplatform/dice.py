"""Chance that always falls the same way: every page of Torget looks the same tomorrow."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that depend on the seed and their order only."""

    def __init__(self, *seed: object) -> None:
        self._seed = "/".join(map(str, seed)).encode()
        self._thrown = 0

    def number(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        self._thrown += 1
        digest = blake2b(self._seed + self._thrown.to_bytes(4), digest_size=8).digest()
        return low + int.from_bytes(digest) % (high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.number(0, len(items) - 1)]

    def chance(self, percent: int) -> bool:
        """Return True so many times of a hundred."""
        return self.number(1, 100) <= percent

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        keyed = [(self.number(0, 1 << 30), place, item) for place, item in enumerate(items)]
        return [item for _, _, item in sorted(keyed, key=lambda row: row[:2])]
