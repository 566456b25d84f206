"""Two texts side by side, word by word: what stays, what goes, what comes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, OUT, IN = "same", "out", "in"
# Comparing costs the product of what differs. Beyond this (two texts of some 1,500 other words each) nobody reads it
# word by word, and the whole of it is shown as replaced.
MOST = 2_500_000
_WORD = re.compile(r"\s*\S+|\s+\Z")


@dataclass(frozen=True)
class Piece:
    """A run of words that stays, goes or comes."""

    kind: str
    text: str


def between(old: str, new: str) -> list[Piece]:
    """Answer both texts as pieces: without what comes they are the old text, without what goes the new one."""
    before, after = _words(old), _words(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _middle(before[start : len(before) - end], after[start : len(after) - end])
    pieces = [Piece(SAME, "".join(before[:start])), *middle, Piece(SAME, "".join(before[len(before) - end :]))]
    return [piece for piece in pieces if piece.text]


def _middle(before: list[str], after: list[str]) -> list[Piece]:
    if len(before) * len(after) > MOST:
        return [Piece(OUT, "".join(before)), Piece(IN, "".join(after))]
    found = []
    for tag, i, j, k, n in SequenceMatcher(a=before, b=after).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(before[i:j])))
        else:
            found += _other("".join(before[i:j]), "".join(after[k:n]))
    return found


def _other(out: str, put: str) -> list[Piece]:
    """Answer what stands in place of what; the space before both belongs to neither."""
    space = _space(out) if _space(out) == _space(put) else ""
    return [Piece(SAME, space), Piece(OUT, out[len(space) :]), Piece(IN, put[len(space) :])]


def _space(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _common(before: list[str], after: list[str]) -> int:
    """Answer how many words the two begin with alike."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _words(text: str) -> list[str]:
    """Answer the words, each with the space before it; put together again they are the text."""
    return _WORD.findall(text)
