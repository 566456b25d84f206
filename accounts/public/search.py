"""Searching as one writes Swedish: å, ä and ö are letters, accents and capitals are not, and endings do not matter."""

from django.db.models import Q

from governance.models import Unit
from governance.sorting import swedish_key

# The endings that a noun takes in Swedish, the longest first. "biblioteket" also finds "Bibliotek Norr".
ENDINGS = (
    *("arnas", "ernas", "ornas", "arna", "erna", "orna", "ets", "ens"),
    *("en", "et", "ar", "er", "or", "na", "n", "t", "s", "a"),
)
SHORTEST = 4  # letters that must be left of a word
MOST_WORDS, UNITS_SEARCHED = 8, 100


def stem(word: str) -> str:
    """Answer the word without its ending, as far as enough is left of it to tell it from others."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def spoken_of(text: str) -> Q:
    """Answer what finds the accounts in which every word is found: in the name, platform, unit or purpose."""
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        found &= _with(stem(word.casefold()))
    return found


def _with(word: str) -> Q:
    key = swedish_key(word)
    below = Q()
    for path in Unit.objects.filter(sort_key__contains=key).values_list("path", flat=True)[:UNITS_SEARCHED]:
        below |= Q(unit__path__startswith=path)
    named = Q(sort_key__contains=key) | Q(platform__sort_key__contains=key) | Q(handle__icontains=word)
    about = Q(public_about__icontains=word) | Q(public_about_en__icontains=word) | Q(planned__icontains=word)
    return named | about | below
