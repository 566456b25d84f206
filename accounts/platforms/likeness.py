"""Names that a person takes for each other: folded to one form, and measured.

Letters of other alphabets that look like ours, digits in place of letters and signs between words are folded away, so
that "Lekebergs-Kommun", "lekebergskommun" with a Cyrillic "e" and "1ekebergskommun" are one name. What a swindler puts
around a name ("_official", "2") and what a municipality may leave out ("kommun") is peeled off before two are measured.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

ALIKE = 88  # of 100: one letter wrong in eight or more, two in sixteen or more
ALIKE_WHOLE = 93  # with what most names here have in common ("kommun"), more must agree
SHORTEST = 4  # a name with fewer letters resembles too much
# What is drawn as, or nearly as, one of a to z; a small i is taken for l, because a capital one is.
_DRAWN_AS = {
    "a": "аӑӓɑαάæ4",
    "b": "вьβß",
    "c": "сϲç",
    "d": "ԁɗđð",
    "e": "еёєҽεέэ3",
    "f": "ƒ",
    "g": "ցɡ",
    "h": "һнհħ",
    "j": "ј",
    "k": "кκ",
    "l": "іїιίıӏłɩ1|!i",
    "m": "м",
    "n": "ηήпո",
    "o": "оοόօøөσ0",
    "p": "рρ",
    "q": "ԛ",
    "r": "г",
    "s": "ѕƽ5$",
    "t": "тτŧ7",
    "u": "υύսц",
    "v": "νѵ",
    "w": "ԝωώѡ",
    "x": "хχ",
    "y": "уүγʏ",
}
_FOLDED = str.maketrans({drawn: letter for letter, all_drawn in _DRAWN_AS.items() for drawn in all_drawn})
_PAIRS = (("rn", "m"), ("vv", "w"))
_AROUND = (
    "official officiell officiella officiellt real riktig riktiga original verified verifierad support kundtjanst "
    "kundservice hjalp help info tavling giveaway vinst nyheter news nya konto page sida kommun kommunen kommuns stad "
    "staden sverige sweden"
)
_AFTER = "se sv ny the"  # too short to be taken off the beginning of a word


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Answer what a hasty eye sees of a name: letters and digits only, lookalikes as one."""
    letters = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_FOLDED)
    kept = "".join(letter for letter in letters if letter.isalnum())
    for pair, single in _PAIRS:
        kept = kept.replace(pair, single)
    return kept


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """Answer the folded name without what is put around it, as long as enough of it is left."""
    name = folded(re.sub(r"\d+$", "", text)) or folded(text)
    while True:
        rest = next((name[cut] for cut in _cuts(name)), None)
        if rest is None:
            return name
        name = rest


class Names:
    """Names ready to be compared with, folded once; each under a key of its own."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._whole = _ByLength({key: folded(name) for key, name in names.items()})
        self._peeled = _ByLength({key: core(name) for key, name in names.items()})

    def nearest(self, text: str, most: int) -> list[int]:
        """Answer the keys of the names that `text` may be taken for, the most alike first, at most so many."""
        asked, exactly = core(text), folded(text)
        if len(asked) < SHORTEST:
            return self._whole.equal(exactly)[:most] if exactly else []
        scored = [*self._peeled.alike(asked, ALIKE, most), *self._whole.alike(exactly, ALIKE_WHOLE, most)]
        scored.sort(key=lambda found: -found[0])
        return list(dict.fromkeys(key for _score, key in scored))[:most]


class _ByLength:
    """Folded names in order of their length: what is much longer or shorter than a name is never like it."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._keys = sorted(names, key=lambda key: len(names[key]))
        self._names = [names[key] for key in self._keys]

    def equal(self, asked: str) -> list[int]:
        """Answer the keys of the very name."""
        return [key for key, name in zip(self._keys, self._names, strict=True) if name == asked]

    def alike(self, asked: str, cutoff: int, most: int) -> list[tuple[float, int]]:
        """Answer how alike, of 100, and the key, of names that are at least so alike."""
        # With all letters in common the measure is twice the shorter length through the sum of both.
        shortest = len(asked) * cutoff / (200 - cutoff)
        first = bisect_left(self._names, shortest, key=len)
        last = bisect_right(self._names, len(asked) * (200 - cutoff) / cutoff, key=len)
        near = self._names[first:last]
        found = process.extract(asked, near, scorer=fuzz.ratio, processor=None, score_cutoff=cutoff, limit=most)
        return [(score, self._keys[first + place]) for _name, score, place in found]


def nearest(text: str, names: Mapping[int, str], most: int) -> list[int]:
    """Answer the same for names that are compared once."""
    return Names(names).nearest(text, most)


def _cuts(name: str) -> list[slice]:
    """Answer the ways to take one word off the name's end or beginning that leave enough of it."""
    most = len(name) - SHORTEST
    ends = [slice(None, -len(word)) for word in _WORDS + _ENDINGS if len(word) <= most and name.endswith(word)]
    starts = [slice(len(word), None) for word in _WORDS if len(word) <= most and name.startswith(word)]
    return [*ends, *starts]


_WORDS = sorted(map(folded, _AROUND.split()), key=len, reverse=True)
_ENDINGS = [folded(word) for word in _AFTER.split()]
