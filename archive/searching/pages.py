"""One page of hits, made ready: counted, best first, each with what it says where it was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from archive.models import Record, RecordText
from archive.searching import asking, finding, snippets
from archive.searching.finding import Wanted

PAGE_SIZE, LAST_PAGE = 20, 1_000_000
# So much of a text is looked through for what to show of it; all of it is searched.
LOOKED_THROUGH = 500_000
SHOWN_WITH = ("unit", "authority", "account__platform")


@dataclass(frozen=True)
class Hit:
    """A record that was found: its title with the hits marked, and the places in its text."""

    record: Record
    title: SafeString
    text: SafeString


@dataclass(frozen=True)
class Answer:
    """What a search found, and how it was understood: `instead` says that nothing was found for what was typed."""

    asked: Wanted
    hits: "Hits"
    instead: bool = False

    @property
    def is_ranked(self) -> bool:
        """Answer whether the best hits come first; else the latest do, for they are too many to weigh."""
        return bool(self.asked.question.groups) and self.hits.count <= finding.RANKED

    @property
    def question(self) -> str:
        """Answer the question as it was understood."""
        return str(self.asked.question)


class Hits(Paginator):
    """Pages of hits; the one asked for is looked up together with how many there are in all."""

    object_list: QuerySet[Any, Any]  # annotated

    def __init__(self, found: QuerySet[Record], asked: Wanted, page: str | None) -> None:
        super().__init__(finding.best_first(found, asked), PAGE_SIZE)
        self._found = found
        self._wanted = int(page) if page and page.isdecimal() and 0 < int(page) <= LAST_PAGE else 1
        self._keys: dict[int, list[int]] = {}

    @cached_property
    def count(self) -> int:
        """Answer how many hits there are."""
        rows = self._look(self._wanted)
        if rows or self._wanted == 1:
            return rows[0][1] if rows else 0
        with finding.by_index():
            return self._found.count()

    def get_page(self, number: int | float | str | None = None) -> Page:
        """Answer the page that was asked for, or the nearest."""
        return super().get_page(number or self._wanted)

    def page(self, number: int | str) -> Page:
        """Answer one page, its rows whole and in order."""
        number = self.validate_number(number)
        keys = self._keys.get(number) or [pk for pk, _total in self._look(number)]
        rows = Record.objects.select_related(*SHOWN_WITH).in_bulk(keys)
        return Page([rows[key] for key in keys if key in rows], number, self)

    def _look(self, number: int) -> list[tuple[int, int]]:
        start = (number - 1) * self.per_page
        with finding.by_index():
            rows = list(self.object_list.values_list("pk", "total")[start : start + self.per_page])
        self._keys[number] = [pk for pk, _total in rows]
        return rows


def answer(records: QuerySet[Record], text: str, *, similar: bool = False, page: str | None = None) -> Answer:
    """Answer what was typed, from records that the reader may see and that are open to the reader.

    Where nothing is found but something is spelt like it, that is answered instead.
    """
    question = asking.parse(text)
    found = _answered(records, finding.wanted(question, similar=similar), page)
    if found.hits.count or not question.groups:
        return found
    better = finding.corrected(records, question)
    if better is None:
        return found
    other = _answered(records, finding.wanted(better), page, instead=True)
    return other if other.hits.count else found


def hits(records: Iterable[Record], asked: Wanted) -> list[Hit]:
    """Answer a page's records as they are shown; one query for all their texts."""
    shown = list(records)
    kept = RecordText.objects.filter(pk__in=[record.pk for record in shown])
    texts = dict(kept.annotate(part=Substr("text", 1, LOOKED_THROUGH)).values_list("pk", "part"))
    return [
        Hit(record, snippets.marked(record.title, asked), snippets.snippet(texts.get(record.pk, ""), asked))
        for record in shown
    ]


def _answered(records: QuerySet[Record], asked: Wanted, page: str | None, *, instead: bool = False) -> Answer:
    return Answer(asked, Hits(finding.hits(records, asked), asked, page), instead)
