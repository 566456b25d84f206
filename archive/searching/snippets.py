"""Where in a text the hits are: a few words around each, the hits marked. The text is hostile: all is escaped."""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.searching import words
from archive.searching.asking import Term
from archive.searching.finding import Wanted

AROUND, PIECES, MOST_PLACES = 90, 3, 400
LONGEST_SHOWN = 250  # where hits stand close to one another, no further one is added
BETWEEN = r"[\W_]{1,10}"
BLANKS = re.compile(r"\s+")
Span = tuple[int, int]


def marked(text: str, asked: Wanted) -> SafeString:
    """Answer a short text whole, escaped, its hits marked."""
    return _marked(text, 0, len(text), sorted(set(_places(text, asked))))


def snippet(text: str, asked: Wanted) -> SafeString:
    """Answer the first places of a long text that hold a hit, escaped and marked; empty where it holds none."""
    found = sorted(set(_places(text, asked)))
    pieces = [_marked(text, start, end, found) for start, end in _windows(text, found)]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _places(text: str, asked: Wanted) -> Iterator[Span]:
    for group in asked.question.groups:
        for term in group:
            yield from _places_of_word(text, term, asked) if term.is_word else _places_of_phrase(text, term)


def _places_of_word(text: str, term: Term, asked: Wanted) -> Iterator[Span]:
    forms = asked.known[term.words[0]]
    if forms.is_stop and len(asked.question.groups) > 1:
        return
    pattern = re.compile("|".join(sorted(map(re.escape, set(forms.parts)), key=len, reverse=True)), re.IGNORECASE)
    for number, hit in enumerate(pattern.finditer(text)):
        start, end = _word_around(text, *hit.span())
        if forms.holds(text[start:end].lower()):
            yield start, end
        if number > MOST_PLACES:
            return


def _places_of_phrase(text: str, term: Term) -> Iterator[Span]:
    pattern = re.compile(BETWEEN.join(map(re.escape, term.words)), re.IGNORECASE)
    for number, hit in enumerate(pattern.finditer(text)):
        yield _word_around(text, *hit.span()) if not term.exact else hit.span()
        if number > MOST_PLACES:
            return


def _word_around(text: str, start: int, end: int) -> Span:
    while start > 0 and end - start < words.LONGEST and words.WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and end - start < words.LONGEST and words.WORD.match(text[end]):
        end += 1
    return start, end


def _windows(text: str, found: list[Span]) -> list[Span]:
    """Answer what is shown: so much around each hit, joined where they meet."""
    windows: list[Span] = []
    for start, end in found:
        if sum(last - first for first, last in windows) > LONGEST_SHOWN:
            break
        first, last = (
            _at_blank(text, max(0, start - AROUND), start, -1),
            _at_blank(text, min(len(text), end + AROUND), end, 1),
        )
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], last))
        elif len(windows) < PIECES:
            windows.append((first, last))
        else:
            break
    return windows


def _at_blank(text: str, place: int, hit: int, way: int) -> int:
    """Answer the end of a word nearest the place, on the way to the hit; the place itself where there is none."""
    if place in (0, len(text)):
        return place
    blank = text.find(" ", place, hit) if way < 0 else text.rfind(" ", hit, place)
    return place if blank < 0 else blank


def _marked(text: str, first: int, last: int, found: list[Span]) -> SafeString:
    parts, at = [], first
    for start, end in found:
        if start < at or end > last:
            continue
        parts += [("", _tidy(text[at:start])), ("mark", _tidy(text[start:end]))]
        at = end
    parts.append(("", _tidy(text[at:last])))
    whole = format_html_join("", "{}", ((_part(kind, words_),) for kind, words_ in parts))
    before, after = "… " if first > 0 else "", " …" if last < len(text) else ""
    return format_html("{}{}{}", before, whole, after)


def _part(kind: str, text: str) -> SafeString | str:
    return format_html("<mark>{}</mark>", text) if kind else text


def _tidy(text: str) -> str:
    return BLANKS.sub(" ", text)
