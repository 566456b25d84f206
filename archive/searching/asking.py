"""A question as it is typed: words, "phrases in quotes", -not this, and this OR that (also ELLER)."""

import re
from dataclasses import dataclass

from archive.searching import words

PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
OR = frozenset({"OR", "ELLER"})
MOST_TERMS = 12
LONGEST_QUESTION = 300


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: a word, or words that stand next to one another; in quotes exactly as written."""

    words: tuple[str, ...]
    exact: bool = False

    @property
    def is_word(self) -> bool:
        """Answer whether it is one word that other forms of it are found by too."""
        return len(self.words) == 1 and not self.exact

    def __str__(self) -> str:
        text = " ".join(self.words)
        return f'"{text}"' if self.exact or len(self.words) > 1 else text


@dataclass(frozen=True)
class Question:
    """What is looked for: one of each group, and none of what is excluded."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.excluded)

    def __str__(self) -> str:
        asked = [" OR ".join(map(str, group)) for group in self.groups]
        return " ".join([*asked, *(f"-{term}" for term in self.excluded)])


def parse(text: str) -> Question:
    """Read a question; whatever is typed is one, and an empty one where it holds no word."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joined = False
    for part in PART.finditer(words.clean(text)[:LONGEST_QUESTION]):
        if part["word"] in OR and not part["minus"]:
            joined = bool(groups)
            continue
        found = words.split(part["word"] or part["phrase"] or "")
        if not found or len(groups) + len(excluded) >= MOST_TERMS:
            continue
        term = Term(tuple(found), exact=part["word"] is None)
        if part["minus"]:
            excluded.append(term)
        elif joined:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joined = False
    return Question(tuple(groups), tuple(excluded))
