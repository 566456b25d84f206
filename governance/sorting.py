"""Swedish order, decided in one place because the database has no Swedish collation everywhere."""

import unicodedata

# After z come å, ä, ö; Danish and German cousins sort with their Swedish sisters, w stays its own letter.
LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}


def swedish_key(text: str) -> str:
    """Answer a key by which plain code point order is the Swedish order (å ä ö last, case and accents ignored)."""
    return "".join(LAST.get(letter) or _bare(letter) for letter in unicodedata.normalize("NFC", text.casefold()))


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
