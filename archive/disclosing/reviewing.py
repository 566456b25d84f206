"""The secrecy review page by page (sekretessprövning): handed out, handed out with masks, or withheld, and by what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from archive import lines, secrecy
from archive.disclosing import choosing, masking
from archive.models import Disclosure, DisclosurePage, DisclosureRecord
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused

Verdict = DisclosurePage.Verdict
HELD_BACK = (Verdict.MASK, Verdict.WITHHOLD)


@dataclass(frozen=True)
class Progress:
    """How far the review of a request has come."""

    pages: int
    reviewed: int
    masked: int
    withheld: int

    @property
    def handed_out(self) -> int:
        """Answer how many pages are handed out, masked or not."""
        return self.reviewed - self.withheld

    @property
    def is_over(self) -> bool:
        """Answer whether each page is reviewed."""
        return self.pages > 0 and self.pages == self.reviewed

    @property
    def holds_back(self) -> bool:
        """Answer whether something is masked or withheld."""
        return self.masked + self.withheld > 0


@transaction.atomic
def review(
    page: DisclosurePage,
    *,
    by: User,
    verdict: str,
    provision: str = "",
    rectangles: Sequence[masking.Rectangle] = (),
    whole: bool = False,
) -> DisclosurePage:
    """Decide about one page. Where something of a record is held back, its other files are withheld with it.

    Such a file is handed out after all only where somebody says so of it alone (`whole`). Raises `Refused` where the
    request is not handled any more, `PermissionDenied` where the record is closed to this person.
    """
    locked = _held(page, by)
    if verdict == Verdict.HAND_OUT and not page.is_picture and holds_back(page.chosen) and not whole:
        raise Refused(_("Något i handlingen är maskat eller lämnas inte ut. Bekräfta att filen ändå lämnas ut hel."))
    held = verdict in HELD_BACK
    page.verdict, page.provision = verdict, provision if held else ""
    page.rectangles = [list(each) for each in rectangles] if verdict == Verdict.MASK else []
    page.whole = whole and verdict == Verdict.HAND_OUT
    page.reviewed_by, page.reviewed_at = by, clock.now()
    page.save()
    if held and page.is_picture:
        _withhold_files(page, by)
    # By its place, not by its name: what a file of a marked record is called is not for everybody.
    place = list(in_turn(locked).values_list("pk", flat=True)).index(page.pk) + 1
    data = {"page": place, "record": page.chosen.record_id, "verdict": str(page.get_verdict_display())}
    audit.record("disclosure.review", by=by, obj=locked, data={**data, "provision": page.provision})
    return page


@transaction.atomic
def mask_words(page: DisclosurePage, *, by: User, words: str, provision: str, everywhere: bool = False) -> int:
    """Lay a mask over each line with the words, on this picture or on each chosen one; answer how many lines.

    A page that gets a mask is reviewed anew: somebody looks at each before it is handed out. One that is withheld
    stays so.
    """
    locked = _held(page, by)
    pages = _pictures(locked, by) if everywhere else [page]
    known: dict[int, dict[str, lines.Page]] = {}
    found = sum(_mask(each, words, provision, known) for each in pages)
    if found:
        audit.record("disclosure.mask_words", by=by, obj=locked, data={"count": found})
    return found


def progress(request: Disclosure) -> Progress:
    """Answer how far the review has come; one query."""
    pages = DisclosurePage.objects.filter(chosen__disclosure=request)
    count = pages.aggregate(
        pages=Count("pk"),
        reviewed=Count("pk", ~Q(verdict="")),
        masked=Count("pk", Q(verdict=Verdict.MASK)),
        withheld=Count("pk", Q(verdict=Verdict.WITHHOLD)),
    )
    return Progress(**count)


def holds_back(chosen: DisclosureRecord) -> bool:
    """Answer whether a picture of the record is masked or withheld."""
    return chosen.pages.filter(is_picture=True).filter(Q(verdict__in=HELD_BACK) | ~Q(rectangles=[])).exists()


def in_turn(request: Disclosure) -> QuerySet[DisclosurePage]:
    """Answer all pages of a request in the order in which they are reviewed: pictures first, record by record."""
    pages = DisclosurePage.objects.filter(chosen__disclosure=request).select_related("chosen__record")
    return pages.order_by("chosen", "-is_picture", "order", "pk")


def next_of(request: Disclosure, after: DisclosurePage | None = None) -> DisclosurePage | None:
    """Answer the next page that is not reviewed, after this one if there is one, else from the beginning."""
    waiting = list(in_turn(request).filter(verdict=""))
    if after is not None:
        place = (after.chosen_id, not after.is_picture, after.order, after.pk)
        later = [page for page in waiting if (page.chosen_id, not page.is_picture, page.order, page.pk) > place]
        waiting = later or waiting
    return next(iter(waiting), None)


def lines_of(page: DisclosurePage) -> lines.Page | None:
    """Answer the lines of a page's picture; None where the record has none for it."""
    if page.chosen.record is None:
        return None
    return next((each for each in lines.load(page.chosen.record) if each.picture == page.name), None)


def _held(page: DisclosurePage, by: User) -> Disclosure:
    locked = choosing.held(page.chosen.disclosure, by)
    record = page.chosen.record
    if record is None or not choosing.within_reach(by).filter(pk=record.pk).exists():
        raise access.PermissionDenied
    return locked


def _withhold_files(page: DisclosurePage, by: User) -> None:
    """Withhold the record's other files: a text or a copy of the page would tell what is held back in the picture."""
    files = page.chosen.pages.filter(is_picture=False)
    files.update(
        verdict=Verdict.WITHHOLD, provision=page.provision, whole=False, reviewed_by=by, reviewed_at=clock.now()
    )


def _pictures(request: Disclosure, by: User) -> list[DisclosurePage]:
    pictures = in_turn(request).filter(is_picture=True).exclude(chosen__record=None)
    return list(pictures.filter(secrecy.open_to(by, "chosen__record__")))


def _mask(page: DisclosurePage, words: str, provision: str, known: dict[int, dict[str, lines.Page]]) -> int:
    record = page.chosen.record
    if record is None or page.verdict == Verdict.WITHHOLD:
        return 0
    if record.pk not in known:
        known[record.pk] = {each.picture: each for each in lines.load(record)}
    of_page = known[record.pk].get(page.name)
    present = {tuple(each) for each in page.rectangles}
    new = [each for each in masking.around(of_page, words) if each not in present] if of_page else []
    if new:
        page.rectangles = [*page.rectangles, *(list(each) for each in new)]
        page.verdict, page.provision, page.reviewed_by, page.reviewed_at = "", provision, None, None
        page.save()
    return len(new)
