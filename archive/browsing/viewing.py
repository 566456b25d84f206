"""A record's pictures one at a time: where the reader is, what is before and after, and where the hits lie on each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import lines
from archive.lines import Line, Page
from archive.models import Record, RecordFile
from archive.searching import asking, finding, snippets
from archive.searching.finding import Wanted

PHONE = "mobil-"
# The names of the choices in the address, with what they are unless told.
PICTURE, DEVICE, ZOOM, QUESTION = "bild", "bredd", "zoom", "q"
ON_PHONE, FULL = "telefon", "100"
# No reader listens to more than this as the words for one picture; the rest stands beside it.
ALT_LIMIT = 1_500
MARK = "<mark>"


@dataclass(frozen=True)
class Shot:
    """One picture: its number among those of its device, its size in pixels, its text, and where the hits lie on it."""

    number: int
    file: RecordFile
    width: int | None
    height: int | None
    page: Page | None
    hits: tuple[Line, ...]
    url: str

    @property
    def text(self) -> str:
        """Answer the text on the picture, line by line; empty where it is not known."""
        return self.page.text if self.page else ""

    @property
    def alt(self) -> str:
        """Answer the text as the words for the picture, as much as anybody listens to."""
        return self.text if len(self.text) <= ALT_LIMIT else f"{self.text[:ALT_LIMIT]} …"


@dataclass(frozen=True)
class Small:
    """One picture in a row of them: its name for people, and where it is shown whole."""

    file: RecordFile
    width: int | None
    height: int | None
    label: str
    url: str


class Viewing:
    """One look at a record's pictures, as the address asks for it; what it asks for and is not there is the first."""

    def __init__(self, record: Record, asked: QueryDict) -> None:
        pictures = [file for file in record.files.all() if file.is_picture]
        self.record = record
        self.question = asked.get(QUESTION, "").strip()[:200]
        self.on_phone = asked.get(DEVICE) == ON_PHONE or all(file.name.startswith(PHONE) for file in pictures)
        self.full = asked.get(ZOOM) == FULL
        self.has_both = len({file.name.startswith(PHONE) for file in pictures}) > 1
        self._pictures = [file for file in pictures if file.name.startswith(PHONE) == self.on_phone]
        self._number = asked.get(PICTURE, "")

    @cached_property
    def shots(self) -> list[Shot]:
        """Answer the pictures of the chosen device, in order."""
        pages = {page.picture: page for page in lines.load(self.record)}
        wanted = finding.wanted(asking.parse(self.question)) if self.question else None
        sizes = self.record.facts.get("pictures", {})
        return [self._shot(number, file, pages, sizes, wanted) for number, file in enumerate(self._pictures, 1)]

    @cached_property
    def current(self) -> Shot | None:
        """Answer the picture that is shown: the one asked for, else the first with a hit, else the first."""
        if self._number.isdecimal() and 0 < int(self._number) <= len(self.shots):
            return self.shots[int(self._number) - 1]
        return next((shot for shot in self.shots if shot.hits), next(iter(self.shots), None))

    @property
    def before(self) -> Shot | None:
        """Answer the picture before this one."""
        return self._beside(-1)

    @property
    def after(self) -> Shot | None:
        """Answer the picture after this one."""
        return self._beside(1)

    @property
    def hit_count(self) -> int:
        """Answer how many lines of all pictures hold what is looked for."""
        return sum(len(shot.hits) for shot in self.shots)

    @property
    def next_hit(self) -> Shot | None:
        """Answer the next picture with a hit; after the last one the first."""
        with_hits = [shot for shot in self.shots if shot.hits and shot is not self.current]
        here = self.current.number if self.current else 0
        return next((shot for shot in with_hits if shot.number > here), next(iter(with_hits), None))

    @property
    def desktop_url(self) -> str:
        """Answer where the page is shown as on a screen."""
        return self._url(**{DEVICE: "", PICTURE: ""})

    @property
    def phone_url(self) -> str:
        """Answer where the page is shown as on a phone."""
        return self._url(**{DEVICE: ON_PHONE, PICTURE: ""})

    @property
    def fit_url(self) -> str:
        """Answer where the same picture is shown as wide as there is room."""
        return self._url(**{ZOOM: ""})

    @property
    def full_url(self) -> str:
        """Answer where the same picture is shown pixel by pixel."""
        return self._url(**{ZOOM: FULL})

    def _shot(
        self,
        number: int,
        file: RecordFile,
        pages: Mapping[str, Page],
        sizes: Mapping[str, Sequence[int]],
        wanted: Wanted | None,
    ) -> Shot:
        page = pages.get(file.name)
        width, height = (page.width, page.height) if page else sizes.get(file.name, (None, None))
        hits = tuple(hits_in(page.lines, wanted)) if page and wanted else ()
        return Shot(number, file, width, height, page, hits, self._url(**{PICTURE: str(number)}))

    def _beside(self, step: int) -> Shot | None:
        place = self.current.number - 1 + step if self.current else -1
        return self.shots[place] if 0 <= place < len(self.shots) else None

    def _url(self, **changed: str) -> str:
        now = {
            PICTURE: str(self.current.number) if PICTURE not in changed and self.current else "",
            DEVICE: ON_PHONE if self.on_phone and self.has_both else "",
            ZOOM: FULL if self.full else "",
            QUESTION: self.question,
        }
        return url_of(self.record, **(now | changed))


def url_of(record: Record, **asked: Any) -> str:
    """Answer the address of a record's pictures; with `q` it opens at the first hit."""
    said = urlencode({name: value for name, value in asked.items() if value})
    return reverse("archive:picture-list", args=[record.pk]) + (f"?{said}" if said else "")


def row(record: Record, question: str = "") -> list[Small]:
    """Answer a record's pictures in order, those of the page and then those of the phone."""
    sizes = record.facts.get("pictures", {})
    pictures = [file for file in record.files.all() if file.is_picture]
    phones = [file for file in pictures if file.name.startswith(PHONE)]
    pages = [file for file in pictures if file not in phones]
    return [
        *(_small(record, file, number, sizes, {QUESTION: question}) for number, file in enumerate(pages, 1)),
        *(_small(record, file, number, sizes, {DEVICE: ON_PHONE}) for number, file in enumerate(phones, 1)),
    ]


def _small(record: Record, file: RecordFile, number: int, sizes: Mapping[str, Any], more: dict[str, str]) -> Small:
    words = _("Telefon %(number)s") if DEVICE in more else _("Bild %(number)s")
    width, height = sizes.get(file.name, (None, None))
    return Small(file, width, height, words % {"number": number}, url_of(record, **{PICTURE: number}, **more))


def hits_in(found: Iterable[Line], wanted: Wanted) -> Iterable[Line]:
    """Answer the lines that hold something of what is looked for."""
    return (line for line in found if MARK in snippets.marked(line.text, wanted))
