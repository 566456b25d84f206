"""Pages for anybody, without a login: alike for everybody, in a language that the address decides.

A page stands at a Swedish and an English address, named `<app>:<name>` and `<app>:<name>-en`; both carry `language` in
their route. A shared page depends on its address alone: any cache may keep it for a minute, and asks after that whether
it has changed (ETag). Nothing on it may hang on who asks, on a cookie, or on a token.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]
Stamp = Callable[[], str]

SWEDISH, ENGLISH = "sv", "en"
OWN_NAMES = {SWEDISH: "Svenska", ENGLISH: "English"}
# A browser always asks (and gets 304); a cache in front of the server answers by itself for so many seconds.
CACHED_SECONDS = 60


@dataclass(frozen=True)
class Edition:
    """The page in one language; `here` is the one shown. `url` keeps what was asked for, `address` is absolute."""

    language: str
    name: str
    url: str
    address: str
    here: bool


def in_language(view: View) -> View:
    """Let the route decide the language, whatever the cookie or the browser says."""

    @wraps(view)
    def answer(request: HttpRequest, *args, language: str = SWEDISH, **kwargs) -> HttpResponseBase:
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", language)
        return response

    return answer


def public(view: View) -> View:
    """Let anybody open the page, in the language of its address; it is kept nowhere and found by no search engine."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = in_language(view)(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return login_not_required(answer)


def shared(stamp: Stamp, *, indexed: bool = True, cors: bool = False) -> Callable[[View], View]:
    """Let any cache keep a page; `stamp` answers, cheaply, a text that changes when anything on such pages does.

    Whoever has the page as it is gets 304 and no page is made. `cors`: other websites' scripts may read it.
    """

    def shared_view(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            etag = _etag(request, stamp())
            unchanged = get_conditional_response(request, etag=etag)
            response = unchanged or in_language(view)(request, *args, **kwargs)
            return _marked(response, etag, indexed=indexed, cors=cors)

        return login_not_required(require_safe(answer))

    return shared_view


def local_reverse(name: str, language: str | None = None, **kwargs: object) -> str:
    """Answer the address of a page in the language that is spoken now, or in another one.

    Raises `NoReverseMatch` where there is no such page; one that has no English edition is answered as it is.
    """
    if (language or translation.get_language()) == ENGLISH:
        try:
            return reverse(f"{name}-en", kwargs=kwargs)
        except NoReverseMatch:
            pass
    return reverse(name, kwargs=kwargs)


def editions(request: HttpRequest) -> list[Edition]:
    """Answer the page in each language, this one first among equals; nothing where the address decides no language."""
    match = request.resolver_match
    if match is None or "language" not in match.kwargs:
        return []
    name = match.view_name.removesuffix("-en")
    kwargs = {key: value for key, value in match.kwargs.items() if key != "language"}
    asked = f"?{request.META['QUERY_STRING']}" if request.method == "GET" and request.META.get("QUERY_STRING") else ""
    return [
        Edition(
            language=language,
            name=OWN_NAMES[language],
            url=(path := local_reverse(name, language, **kwargs)) + asked,
            address=settings.BASE_URL + path,
            here=language == match.kwargs["language"],
        )
        for language in (SWEDISH, ENGLISH)
    ]


def _etag(request: HttpRequest, stamp: str) -> str:
    words = f"{request.get_full_path()} {stamp}"
    return f'W/"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'


def _marked(response: HttpResponseBase, etag: str, *, indexed: bool, cors: bool) -> HttpResponseBase:
    if response.status_code not in (200, 304):
        return response
    response.shared, response.indexed = True, indexed  # type: ignore[attr-defined]
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={CACHED_SECONDS}"
    if cors:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
