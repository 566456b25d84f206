"""Whether two texts say the same, spelt otherwise: what may be put right without a signature (R-PLAN-11)."""

import re
from collections import Counter
from difflib import SequenceMatcher

# A misspelt word keeps most of its letters: "biblotekt" and "biblioteket" are 0.9 alike, "dag" and "natt" 0.29. Below
# this bound two words are two words. Short words with one letter changed ("mer", "men") are below it as well.
ALIKE = 0.7
# More than this share of the words, and the text is rewritten whatever each of its words looks like.
MOST_CHANGED = 0.2
AT_LEAST = 3  # a short text may have as many
# What changes a promise with few letters: numbers, days, how often, and whether at all.
_MEANING = """
    måndag måndagar tisdag tisdagar onsdag onsdagar torsdag torsdagar fredag fredagar lördag lördagar söndag söndagar
    vardag vardagar helgdag helgdagar helg helger dag dagar dygn vecka veckor månad månader kvartal år timme timmar
    minut minuter två tre fyra fem sex sju åtta nio tio elva tolv tjugo trettio hundra tusen
    inte ej icke aldrig alltid ingen inga inget utan endast bara alla ibland varje minst högst före efter
    ska skall bör kan får måste
"""
MEANING = frozenset(_MEANING.split())
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def is_spelling(old: str, new: str) -> bool:
    """Answer whether `new` is `old` with nothing but its spelling, case, spaces or punctuation put right."""
    before, after = _words(old), _words(new)
    if _DIGITS.findall(old) != _DIGITS.findall(new) or _meaning(before) != _meaning(after):
        return False
    changed = [each for each in _aligned(before, after) if each[0] != each[1]]
    count = sum(max(len(out), len(put)) for out, put in changed)
    if count > max(AT_LEAST, int(len(before) * MOST_CHANGED)):
        return False
    return all(_alike("".join(out), "".join(put)) for out, put in changed)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _meaning(words: list[str]) -> Counter[str]:
    return Counter(word for word in words if word in MEANING)


def _aligned(before: list[str], after: list[str]) -> list[tuple[list[str], list[str]]]:
    """Answer the runs of words that stand in place of one another."""
    codes = SequenceMatcher(a=before, b=after).get_opcodes()
    return [(before[i:j], after[k:n]) for tag, i, j, k, n in codes if tag != "equal"]


def _alike(out: str, put: str) -> bool:
    """Answer whether one run of letters is the other, misspelt; a word that came or went never is."""
    return bool(out) and bool(put) and SequenceMatcher(a=out, b=put, autojunk=False).ratio() >= ALIKE
