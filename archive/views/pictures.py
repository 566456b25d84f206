"""A record's pictures: page by page, and small ones for rows of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from archive import secrecy
from archive.browsing import small
from archive.browsing.viewing import Viewing
from archive.models import Record, RecordFile
from governance import access, audit
from governance.request import Request

RECORDS = Record.objects.select_related("unit", "authority", "account__platform")
# Which records a person has looked at since signing in: noted once each, and no longer list than this is kept.
LOOKED_AT, REMEMBERED = "archive.looked_at", 200


@require_safe
def show_list(request: Request, pk: int) -> HttpResponse:
    """Show a record's pictures one at a time; that somebody looked is noted."""
    record = access.get_or_deny(request.user, RECORDS.prefetch_related("files"), pk=pk)
    secrecy.must_be_open(request.user, record)
    viewing = Viewing(record, request.GET)
    if viewing.current is None:
        raise Http404
    _note(request, record)
    return render(request, "archive/picture_list.html", {"record": record, "viewing": viewing})


@require_safe
def show_small(request: Request, pk: int, name: str, size: str) -> HttpResponse:
    """Answer a picture small; the browser may keep it, and asks each time whether it still may show it."""
    record = access.get_or_deny(request.user, Record.objects.all(), pk=pk)
    secrecy.must_be_open(request.user, record)
    file = get_object_or_404(record.files, name=name)
    if not (file.is_picture or file.is_thumbnail) or size not in small.WIDTHS:
        raise Http404
    etag = f'"{file.sha256[:32]}-{size}"'
    response = get_conditional_response(request, etag=etag) or _small(file, size)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _small(file: RecordFile, size: str) -> HttpResponse:
    try:
        return HttpResponse(small.drawn(file, small.WIDTHS[size]), content_type="image/jpeg")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error


def _note(request: Request, record: Record) -> None:
    """Note in the log that somebody looks at a record's pictures: once, not for each page of it."""
    seen = request.session.get(LOOKED_AT, [])
    if record.pk not in seen:
        audit.record("record.view", by=request.user, obj=record)
        request.session[LOOKED_AT] = [*seen, record.pk][-REMEMBERED:]
