"""Search in everything that is kept: the words, how they were understood, and the hits with their places."""

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from archive import secrecy
from archive.models import Record, RecordFile
from archive.models.record import THUMBNAIL
from archive.searching import pages
from archive.searching.search_filters import SearchFilter
from governance import access
from governance.models import User
from governance.request import Request
from governance.views.needs import needs


@needs("see_record")
def show_list(request: Request) -> HttpResponse:
    """Answer a search, best first; only in what the reader sees and what is open to the reader."""
    found = SearchFilter(request.GET, searched(request.user), request.user)
    filled = found.form.cleaned_data if found.form.is_valid() else {}
    answer = pages.answer(
        found.qs, filled.get("q") or "", similar=bool(filled.get("liknande")), page=request.GET.get("sida")
    )
    page = answer.hits.get_page()
    prefetch_related_objects(list(page.object_list), Prefetch("files", _thumbnails(), to_attr="thumbnails"))
    context = {
        "filter": found,
        "answer": answer,
        "typed": filled.get("q") or "",
        "page": page,
        "hits": pages.hits(page.object_list, answer.asked),
        "onward": urlencode({"q": answer.question}) if answer.asked.question.groups else "",
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "instead": f"?{urlencode({'q': answer.question})}",
    }
    return render(request, "archive/search.html", context)


def searched(user: User) -> QuerySet[Record]:
    """Answer what a person searches in: what passes both gates."""
    return access.visible(user, Record.objects.all(), "see_record").filter(secrecy.open_to(user))


def _thumbnails() -> QuerySet[RecordFile]:
    return RecordFile.objects.filter(name=THUMBNAIL)
