"""What every request and every answer passes, in one place for all pages."""

from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


def refuse_nul(get_response: Answer) -> Answer:
    """Answer 400 to a request with a NUL in its address or form: no text here has one, and the database takes none."""

    def answer(request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in _texts(request)):
            raise BadRequest("NUL in the request")
        return get_response(request)

    return answer


def keep_out_of_caches(get_response: Answer) -> Answer:
    """Let no browser or proxy keep what is shown to somebody signed in, unless the view says how long it may."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def treat_alike(get_response: Answer) -> Answer:
    """Free a shared page of what the session and the language cookie would make each visitor's own.

    It depends on its address alone (`governance.shared`). Whatever does not say that it is for everybody is kept out
    of search engines.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(response, "shared", False):
            del response.headers["Vary"]
            response.cookies.clear()
        if not getattr(response, "indexed", False):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return answer


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            yield name
            yield from (value for value in values if isinstance(value, str))
