"""Is this account really ours? Any link or name is answered, and nothing of what was asked is kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.life.opening import NOT_ACCOUNTS
from accounts.platforms import recognition
from accounts.platforms.recognition import Answer
from accounts.public import limits
from accounts.public.entries import entry
from accounts.public.place import place
from accounts.public.profile import successor
from governance import clock
from governance.shared import public

LONGEST = 500
TOO_MANY = 429


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Ask, and answer: official, closed, lost, not known, or only alike; with what to do."""
    asked = _asked(request)
    context = {"asked": asked, "place": place(), "longest": LONGEST}
    if asked and not limits.allowed(request, "check"):
        return _open(render(request, "accounts/public/check.html", {**context, "too_many": True}, status=TOO_MANY))
    if asked:
        answer = recognition.check(asked, clock.now())
        context |= {
            "answer": answer,
            "account": _entry(answer),
            "successor": successor(answer.account) if answer.account else None,
            "similar": [entry(each) for each in answer.similar],
            "refused": NOT_ACCOUNTS.get(answer.refused, ""),
        }
    return _open(render(request, "accounts/public/check.html", context), indexed=not asked)


@public
@require_safe
def show_data(request: HttpRequest) -> HttpResponse:
    """Answer the same as JSON (`/oppna-data/openapi.json` says how)."""
    asked = _asked(request)
    if not asked:
        return _for_all(JsonResponse({"error": "q is missing"}, status=400))
    if not limits.allowed(request, "check"):
        return _for_all(JsonResponse({"error": "too many requests"}, status=TOO_MANY))
    answer = recognition.check(asked, clock.now())
    return _for_all(JsonResponse(_as_data(answer)))


def _as_data(answer: Answer) -> dict[str, object]:
    return {
        "answer": answer.kind,
        "read_as": answer.asked,
        "platform": answer.platform.key if answer.platform else None,
        "canonical": _canonical(answer) or None,
        "account": _reference(answer.account) if answer.account else None,
        "similar": [_reference(each) for each in answer.similar],
    }


def _canonical(answer: Answer) -> str:
    """Answer the address that was asked about; whoever asked by a name is not led to a lost account."""
    lost = answer.account is not None and answer.kind == recognition.LOST
    return "" if lost and answer.asked != recognition.ADDRESS else answer.canonical


def _reference(account) -> dict[str, object]:
    told = entry(account)
    address = None if told.lost else told.address
    return {
        "id": told.pk,
        "name": told.name,
        "platform": told.platform_key,
        "address": address,
        "status": told.status,
        "page": settings.BASE_URL + told.url_in("sv"),
    }


def _entry(answer: Answer):
    return entry(answer.account) if answer.account else None


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _open(response: HttpResponse, *, indexed: bool = False) -> HttpResponse:
    response.indexed = indexed  # type: ignore[attr-defined]
    return response


def _for_all(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
