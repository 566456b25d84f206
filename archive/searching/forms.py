"""The forms of a Swedish word that a question means: its endings, its compounds, and what is spelt like it.

The database's stemmer knows most endings, not those of the neuter ("kontot", "huset"): those are tried against the
vocabulary. Compounds come from the vocabulary too: "bibliotek" is a part of "stadsbiblioteket".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Length, StrIndex

from archive.models import SearchWord
from archive.searching import words

NEUTER = ("et", "t")
SHORTEST_STEM, SHORTEST_PREFIX = 3, 3
# A short word is a part of another by chance ("ung" in "kung"): it is one of a compound where more stands before it.
SHORT, LEAST_BEFORE, LEAST_BEFORE_SHORT = 5, 2, 3
MOST_COMPOUNDS = 500
CANDIDATES, LIKENESS, SIMILAR = 30, 0.7, 0.8
MOST_SIMILAR = 10


@dataclass(frozen=True)
class Forms:
    """One word with every form of it that is found: what begins with the stem, the compounds, and the similar ones."""

    word: str
    stem: str
    is_stop: bool = False
    compounds: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()

    def holds(self, word: str) -> bool:
        """Answer whether a word in a text is one of them."""
        begins = not self._is_bare and word.startswith(self.stem)
        return word == self.word or begins or word in self.compounds or word in self.similar

    @property
    def nearest(self) -> str:
        """Answer what a hit is ranked by, as PostgreSQL writes a question: the word itself, and what begins with it."""
        return f"'{self.word}'" if self._is_bare else f"('{self.word}' | '{self.stem}':*)"

    @property
    def every(self) -> str:
        """Answer all of it as PostgreSQL writes a question."""
        return "(" + " | ".join([self.nearest, *(f"'{word}'" for word in (*self.compounds, *self.similar))]) + ")"

    @property
    def parts(self) -> tuple[str, ...]:
        """Answer what every one of them holds at least one of, for finding their places in a text."""
        return (self.stem, self.word, *self.similar)

    @property
    def _is_bare(self) -> bool:
        return self.is_stop or len(self.stem) < SHORTEST_PREFIX


def of(wanted: Iterable[str], *, similar: bool = False) -> dict[str, Forms]:
    """Answer the forms of each word; `similar`: with those that are spelt almost like it."""
    each = dict.fromkeys(wanted)
    stems = _stems(list(each))
    return {word: _forms(word, *stems[word], similar) for word in each}


def spelt_like(word: str, likeness: float = LIKENESS) -> list[str]:
    """Answer the words of the vocabulary that are spelt almost like this one, the likest first, and not itself."""
    known = words.key(word)
    near = SearchWord.objects.filter(key__trigram_similar=known).exclude(word=word)
    near = near.annotate(near=TrigramSimilarity("key", known)).order_by("-near", "word")
    rated = [(_likeness(word, other), other) for other in near.values_list("word", flat=True)[:CANDIDATES]]
    return [other for rate, other in sorted(rated, key=lambda each: (-each[0], each[1])) if rate >= likeness]


def _forms(word: str, stem: str, is_stop: bool, similar: bool) -> Forms:
    if is_stop:
        return Forms(word, word, True)
    like = tuple(spelt_like(word, SIMILAR)[:MOST_SIMILAR]) if similar else ()
    return Forms(word, stem, False, _compounds(stem), like)


def _compounds(stem: str) -> tuple[str, ...]:
    """Answer the words that hold the stem after something else, the shortest first."""
    if len(stem) < SHORTEST_STEM or not stem.isalpha():
        return ()
    before = LEAST_BEFORE_SHORT if len(stem) < SHORT else LEAST_BEFORE
    found = SearchWord.objects.filter(key__contains=words.key(stem))
    found = found.annotate(place=StrIndex(F("word"), Value(stem))).filter(place__gt=before)
    return tuple(found.order_by(Length("word"), "word").values_list("word", flat=True)[:MOST_COMPOUNDS])


def _stems(wanted: list[str]) -> dict[str, tuple[str, bool]]:
    """Answer each word's stem, and whether it is one of those that stand everywhere ("och", "att")."""
    with connection.cursor() as cursor:
        cursor.execute("select word, ts_lexize('swedish_stem', word) from unnest(%s::text[]) as word", [wanted])
        found = {word: (lexemes[0] if lexemes else word, lexemes == []) for word, lexemes in cursor.fetchall()}
    bare = {word: _without_neuter(word) for word, (stem, _is_stop) in found.items() if stem == word}
    known = set(
        SearchWord.objects.filter(word__in=[b for each in bare.values() for b in each]).values_list("word", flat=True)
    )
    for word, tried in bare.items():
        stem = next((each for each in tried if each in known), None)
        if stem:
            found[word] = (stem, False)
    return found


def _without_neuter(word: str) -> list[str]:
    """Answer what the word may be without the ending of the definite neuter: "huset" hus, "kontot" konto."""
    return [word[: -len(end)] for end in NEUTER if word.endswith(end) and len(word) - len(end) >= SHORTEST_STEM]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
