"""The copies: each reviewed page as it leaves the house, from the original, which stays as it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from archive import integrity, lines, store
from archive.disclosing import masking
from archive.models import Disclosure, DisclosurePage, Record, RecordFile

Verdict = DisclosurePage.Verdict
HELD_BACK = (Verdict.MASK, Verdict.WITHHOLD)


class Damaged(Exception):
    """A file that is not what was kept; no copy is made of it. The message is for people."""


@dataclass(frozen=True)
class Copy:
    """One page as it is handed out: the picture or the file, and the text that may be read; nothing of what is not."""

    page: DisclosurePage
    record: Record
    file: RecordFile
    content: bytes = b""
    read: lines.Page | None = None
    left: tuple[lines.Line, ...] = field(default=())
    holds_back: bool = False  # something in its record is masked or withheld

    @property
    def text(self) -> tuple[str, ...]:
        """Answer the words of the lines that are left."""
        return tuple(line.text for line in self.left)

    @property
    def is_withheld(self) -> bool:
        """Answer whether a page that says so stands instead."""
        return self.page.verdict == Verdict.WITHHOLD

    @property
    def is_masked(self) -> bool:
        """Answer whether something in it is masked."""
        return self.page.verdict == Verdict.MASK


def of(request: Disclosure) -> Iterator[Copy]:
    """Answer the copies in order, one at a time in memory. Raises `Damaged` where an original is not what was kept."""
    for chosen in request.chosen.select_related("record__unit", "record__account").prefetch_related("pages"):
        record = chosen.record
        if record is None:
            continue
        texts = {page.picture: page for page in lines.load(record)}
        files = {file.name: file for file in record.files.all()}
        pages = sorted(chosen.pages.all(), key=lambda page: (not page.is_picture, page.order, page.pk))
        held = any(page.verdict in HELD_BACK for page in pages)
        for page in pages:
            yield replace(copy(page, record, files[page.name], texts.get(page.name)), holds_back=held)


def copy(page: DisclosurePage, record: Record, file: RecordFile, read: lines.Page | None) -> Copy:
    """Answer one page's copy; an unreviewed one as if its masks were what was decided."""
    if page.verdict == Verdict.WITHHOLD:
        return Copy(page, record, file)
    if next(integrity.problems_of_file(file), None):
        raise Damaged(_("%(name)s i handling %(number)s är inte vad som arkiverades.") % _words(file, record))
    with store.read(file) as opened:
        content = opened.read()
    if page.rectangles:
        content = masking.burn(content, page.rectangles)
    left = masking.lines_left(read, page.rectangles) if read and page.is_picture else []
    return Copy(page, record, file, content, read, tuple(left))


def size_of(file: RecordFile) -> tuple[int, int] | None:
    """Answer a picture's size; None where it is missing or cannot be read."""
    try:
        with store.read(file) as opened:
            return masking.size_of(opened.read())
    except OSError:
        return None


def _words(file: RecordFile, record: Record) -> dict[str, object]:
    return {"name": file.name, "number": record.pk}
