"""Choosing records for a request, and the secrecy review of each page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive import lines, secrecy
from archive.disclosing import choosing, copies, masking, reviewing
from archive.disclosing.filters import ChooseFilter
from archive.disclosing.review_forms import PROVISIONS, PROVISIONS_ID, PagesForm, ReviewForm, WordsForm
from archive.models import Disclosure, DisclosurePage, DisclosureRecord, Record, RecordFile
from archive.views.disclosures import handled
from governance import access
from governance.listing import page_of
from governance.request import Request
from governance.views.needs import needs
from governance.workflow import Refused

PAGES_SHOWN = 20
REQUESTS_SHOWN = 100
WORDS_ID = "words_%s"  # two forms on one page have a provision each


def find(request: Request, pk: int) -> HttpResponse:
    """Find records for a request, and add those that are ticked."""
    disclosure = handled(request, pk)
    if request.method == "POST":
        return _add(request, disclosure)
    found = ChooseFilter(request.GET, choosing.within_reach(request.user), request.user)
    page = page_of(request, found.qs.select_related("unit", "account").order_by("-made_at", "-pk"))
    context = {
        "disclosure": disclosure,
        "filter": found,
        "page": page,
        "chosen": set(disclosure.chosen.values_list("record_id", flat=True)),
    }
    return render(request, "archive/disclosure/find.html", context)


@needs(choosing.HANDLES)
def find_for(request: Request) -> HttpResponse:
    """Go on from a list or a search to choosing from it, for the request that is handled; ask which, of several."""
    handled_now = list(choosing.open_requests(request.user)[:REQUESTS_SHOWN])
    asked = request.GET.urlencode()
    if len(handled_now) == 1:
        return redirect(f"{reverse('archive:disclosure-find', args=[handled_now[0].pk])}?{asked}")
    return render(request, "archive/disclosure/find_for.html", {"requests": handled_now, "asked": asked})


@require_POST
def add_from_record(request: Request, pk: int) -> HttpResponse:
    """Add one record, from its own page, to the request that is named."""
    record = access.get_or_deny(request.user, Record.objects.all(), pk=pk)
    disclosure = handled(request, _number(request.POST.get("begaran", "")))
    return _added(request, disclosure, [record])


@require_POST
def remove(request: Request, pk: int, chosen: int) -> HttpResponse:
    """Take a record out of the request."""
    disclosure = handled(request, pk)
    try:
        choosing.remove(_chosen(disclosure, chosen), by=request.user)
        messages.success(request, _("Handlingen är borttagen ur begäran. Den ligger kvar i arkivet."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(disclosure)


def choose(request: Request, pk: int, chosen: int) -> HttpResponse:
    """Choose which pictures and files of a record the request is about."""
    disclosure = handled(request, pk)
    item = _open_to(request, _chosen(disclosure, chosen))
    form = PagesForm(request.POST if request.method == "POST" else None, chosen=item)
    if form.is_bound and form.is_valid():
        try:
            choosing.choose(item, form.cleaned_data["names"], by=request.user)
            return redirect(disclosure)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "archive/disclosure/pages.html", {"form": form, "disclosure": disclosure, "chosen": item})


def review(request: Request, pk: int, page: int) -> HttpResponse:
    """Review one page: hand out, mask or withhold; then the next that waits."""
    disclosure = handled(request, pk)
    shown = _page(request, disclosure, page)
    asks_whole = not shown.is_picture and reviewing.holds_back(shown.chosen)
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, page=shown, size=_size(shown), asks_whole=asks_whole)
    if form.is_bound and form.is_valid() and _reviewed(request, form, shown):
        following = reviewing.next_of(disclosure, shown)
        return redirect("archive:disclosure-review", pk, following.pk) if following else redirect(disclosure)
    return _review_page(request, shown, form, WordsForm(None, auto_id=WORDS_ID, initial={"provision": shown.provision}))


@require_POST
def mask_words(request: Request, pk: int, page: int) -> HttpResponse:
    """Lay masks over the lines that hold some words."""
    disclosure = handled(request, pk)
    shown = _page(request, disclosure, page)
    words = WordsForm(request.POST, auto_id=WORDS_ID)
    if words.is_valid() and _masked(request, words, shown):
        return redirect("archive:disclosure-review", pk, page)
    form = ReviewForm(None, page=shown, size=_size(shown), asks_whole=False)
    return _review_page(request, shown, form, words)


def copy(request: Request, pk: int, page: int) -> HttpResponseBase:
    """Show a picture exactly as it is handed out, or would be with the masks that are laid now."""
    disclosure = access.get_or_deny(request.user, Disclosure.objects.all(), pk=pk)
    shown = _page(request, disclosure, page)
    if not shown.is_picture or shown.verdict == DisclosurePage.Verdict.WITHHOLD:
        raise Http404
    try:
        made = copies.copy(shown, _record(shown), _file(shown), None)
    except copies.Damaged as damaged:
        raise Http404 from damaged
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}
    return HttpResponse(made.content, content_type="image/jpeg", headers=headers)


def preview(request: Request, pk: int) -> HttpResponse:
    """Show, page by page, exactly what is handed out: the copies, their text, and what stands instead."""
    disclosure = access.get_or_deny(request.user, Disclosure.objects.select_related("unit", "authority"), pk=pk)
    pages = page_of(request, reviewing.in_turn(disclosure), PAGES_SHOWN)
    shown = list(pages.object_list)
    records = {each.chosen.record_id for each in shown}
    seen = access.visible(request.user, Record.objects.filter(pk__in=records), "see_record")
    is_open = {record.pk: record for record in seen.filter(secrecy.open_to(request.user)).prefetch_related("files")}
    read = {pk: {each.picture: each for each in lines.load(record)} for pk, record in is_open.items()}
    rows = [(each, is_open.get(each.chosen.record_id or 0), _left(each, read)) for each in shown]
    context = {
        "disclosure": disclosure,
        "page": pages,
        "rows": rows,
        "progress": reviewing.progress(disclosure),
        "may_handle": access.can(request.user, "handle_disclosure", disclosure),
    }
    return render(request, "archive/disclosure/preview.html", context)


def _left(page: DisclosurePage, read: dict[int, dict[str, lines.Page]]) -> list[str]:
    known = read.get(page.chosen.record_id or 0, {}).get(page.name)
    return [line.text for line in masking.lines_left(known, page.rectangles)] if known else []


def _add(request: Request, disclosure: Disclosure) -> HttpResponse:
    numbers = [_number(each) for each in request.POST.getlist("handling")]
    records = list(choosing.within_reach(request.user).filter(pk__in=numbers).order_by("made_at", "pk"))
    if not records:
        messages.error(request, _("Kryssa för minst en handling."))
        return redirect(request.get_full_path())
    return _added(request, disclosure, records)


def _added(request: Request, disclosure: Disclosure, records: list[Record]) -> HttpResponse:
    try:
        for record in records:
            choosing.add(disclosure, record, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(disclosure)
    text = ngettext("%(n)s handling är tillagd.", "%(n)s handlingar är tillagda.", len(records))
    messages.success(request, text % {"n": len(records)})
    return redirect(disclosure)


def _reviewed(request: Request, form: ReviewForm, page: DisclosurePage) -> bool:
    try:
        reviewing.review(page, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _masked(request: Request, form: WordsForm, page: DisclosurePage) -> bool:
    try:
        count = reviewing.mask_words(page, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if not count:
        form.add_error("words", _("Orden finns inte i bildens text, eller är redan maskade. Rita masken i bilden."))
        return False
    text = ngettext("%(n)s rad är maskad.", "%(n)s rader är maskade.", count)
    messages.success(request, text % {"n": count} + " " + _("Se efter i bilden, och bestäm sedan om sidan."))
    return True


def _review_page(request: Request, page: DisclosurePage, form: ReviewForm, words: WordsForm) -> HttpResponse:
    disclosure = page.chosen.disclosure
    order = list(reviewing.in_turn(disclosure).values_list("pk", flat=True))
    place = order.index(page.pk)
    read = reviewing.lines_of(page) if page.is_picture else None
    context = {
        "disclosure": disclosure,
        "shown": page,
        "record": page.chosen.record,
        "form": form,
        "words": words,
        "measure": form.size,
        "rectangles": _drawn(form),
        "lines": read.lines if read else (),
        "place": place + 1,
        "total": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "provisions": PROVISIONS,
        "provisions_id": PROVISIONS_ID,
        "file": _file(page),
    }
    return render(request, "archive/disclosure/review.html", context)


def _drawn(form: ReviewForm) -> list[Any]:
    """Answer the masks as they stand in the form, kept or typed, as far as they can be read."""
    try:
        return masking.read(str(form["rectangles"].value() or ""), form.size) if "rectangles" in form.fields else []
    except masking.NotRectangles:
        return []


def _chosen(disclosure: Disclosure, pk: int) -> DisclosureRecord:
    return get_object_or_404(disclosure.chosen.select_related("record__unit", "disclosure__unit"), pk=pk)


def _open_to(request: Request, chosen: DisclosureRecord) -> DisclosureRecord:
    """Answer the chosen record where the reader passes both gates to it."""
    if chosen.record is None:
        raise Http404
    if not access.can(request.user, "see_record", chosen.record) or not secrecy.is_open(request.user, chosen.record):
        raise PermissionDenied
    return chosen


def _page(request: Request, disclosure: Disclosure, pk: int) -> DisclosurePage:
    pages = DisclosurePage.objects.select_related("chosen__record__unit", "chosen__disclosure__unit")
    page = get_object_or_404(pages, pk=pk, chosen__disclosure=disclosure)
    _open_to(request, page.chosen)
    return page


def _record(page: DisclosurePage) -> Record:
    if page.chosen.record is None:
        raise Http404
    return page.chosen.record


def _file(page: DisclosurePage) -> RecordFile:
    return get_object_or_404(_record(page).files, name=page.name)


def _size(page: DisclosurePage) -> tuple[int, int] | None:
    """Answer the picture's size; None of a file that is none, or that cannot be read."""
    if not page.is_picture:
        return None
    known = _record(page).facts.get("pictures", {}).get(page.name)
    return (int(known[0]), int(known[1])) if known else copies.size_of(_file(page))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
