"""Words as the index and the question both see them: the same rules on both sides, whatever the database's own are."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")
LONGEST, SHORTEST_KEPT = 60, 3
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\0]")
# Written out, so that trigrams tell å, ä and ö from a and o on every database.
SPELT = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "æ": "ae", "ø": "oe"})


def clean(text: str) -> str:
    """Answer the text with its letters composed, and without characters that nobody sees (soft hyphens, NUL)."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def split(text: str) -> list[str]:
    """Answer the words of a clean text in order, in lower case; one that is longer than any word is cut off."""
    return [word.lower()[:LONGEST] for word in WORD.findall(text)]


def key(word: str) -> str:
    """Answer the word as trigrams compare it; å is not a."""
    return word.translate(SPELT)[: 2 * LONGEST]


def vocabulary(words: Iterable[str]) -> list[str]:
    """Answer the distinct words that are worth finding inside others, or as a right spelling; no numbers, in order."""
    return sorted({word for word in words if len(word) >= SHORTEST_KEPT and word.isalpha()})
