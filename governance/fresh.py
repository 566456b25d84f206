"""A fresh login: whether it is still the person who signed in. One decision, for signing, logins, disposal and secrecy.

A password or a code of the second step counts for `FRESH_MINUTES`. A sign-on at somebody else's door (OpenID Connect)
counts only by its `auth_time`, checked against a round trip that this session asked for with `prompt=login`: without
it the other door may just have remembered the person.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from governance import clock
from governance.models import User
from governance.request import Request

FRESH_MINUTES = 5
WINDOW = FRESH_MINUTES * 60
LEEWAY = 30  # how many seconds two machines' clocks may differ
TYPED_HERE = frozenset({"password", "mfa"})
ELSEWHERE = "socialaccount"
DEMO = "demo"  # the demo's one-click login

ASKED = "fresh_round_trip_asked_at"
KEPT = "fresh_kept"
KEPT_LENGTH = 20_000

View = Callable[..., HttpResponse]


class NotFresh(Exception):
    """What another door answered about a round trip does not prove a new login."""


def is_fresh(request: HttpRequest) -> bool:
    """Answer whether the person proved who he or she is within `FRESH_MINUTES`, in this very session."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(proves(record, clock.now().timestamp()) for record in records)


def proves(record: dict[str, Any], now: float) -> bool:
    """Answer whether one record of an authentication proves a login that is fresh at `now` (seconds since 1970)."""
    method, at = record.get("method"), record.get("at")
    if method == ELSEWHERE:
        # When the record was made says nothing; when the other door saw the person does, where it was checked.
        at = record.get("auth_time") if record.get("checked") is True else None
    elif method not in TYPED_HERE and not (method == DEMO and settings.DEMO):
        return False
    return isinstance(at, int | float) and not isinstance(at, bool) and now - WINDOW < at <= now + LEEWAY


def fresh_login_required(*, keep: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Let a view be reached by a fresh login only; every other is asked to prove it and comes back to the page.

    A POST whose login is stale does nothing. What was typed in the fields named `keep` waits in the session, and the
    view gets it from `kept(request)` when the page is shown again. Never name a field that holds a secret.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_fresh(request):
                return view(request, *args, **kwargs)
            return ask(request, keep=keep)

        return answer

    return guarded


def ask(request: Request, *, keep: tuple[str, ...] = (), back: str = "") -> HttpResponse:
    """Send a person to prove who it is, and back to the page (or to `back`); nothing is done meanwhile."""
    page = back or request.get_full_path()
    if request.method == "POST":
        _keep(request, page, keep)
        messages.info(
            request,
            _("Inget är gjort än: det har gått mer än %(minutes)d minuter sedan du loggade in. Bekräfta att det är du.")
            % {"minutes": FRESH_MINUTES},
        )
    way = where_to(request.user, page)
    return HttpResponseClientRedirect(way) if request.htmx else redirect(way)


def kept(request: Request) -> QueryDict | None:
    """Answer what was typed on this page before the login had to be proved, once; None where there is nothing."""
    waiting = request.session.get(KEPT)
    if request.method != "GET" or not waiting or waiting["page"] != request.get_full_path():
        return None
    del request.session[KEPT]
    messages.info(request, _("Det du skrev finns kvar. Läs igenom det och skicka det igen."))
    return QueryDict(waiting["typed"])


def where_to(user: User, page: str) -> str:
    """Answer the address where this person proves who it is, and from where it goes on to `page`.

    By password or code; by a new round trip where the person has only single sign-on; and whoever has none of them
    chooses a password first.
    """
    asked = {REDIRECT_FIELD_NAME: page}
    if get_reauthentication_flows(user):
        return f"{reverse('account_reauthenticate')}?{urlencode(asked)}"
    if settings.SINGLE_SIGN_ON_LOGIN:
        forced = {"auth_params": urlencode({"prompt": "login", "max_age": 0})}
        return f"{settings.SINGLE_SIGN_ON_LOGIN}?{urlencode({**asked, **forced})}"
    return reverse("account_reset_password")


def begin_round_trip(request: HttpRequest) -> None:
    """Note that this session asks another door for a new login now; called before the person is sent there."""
    request.session[ASKED] = clock.now().timestamp()


def end_round_trip(request: HttpRequest, user: User, *, provider: str, uid: str, claims: dict[str, Any]) -> None:
    """Record a sign-on elsewhere with its checked `auth_time`, from the claims of an ID token whose signature held.

    Raises `NotFresh` where no round trip was asked for, or where the door's answer is older than the question.
    """
    asked_at = request.session.pop(ASKED, None)
    seen_at = claims.get("auth_time")
    if asked_at is None or isinstance(seen_at, bool) or not isinstance(seen_at, int):
        raise NotFresh(_("Svaret säger inte när du loggade in. Försök igen."))
    if not asked_at - LEEWAY <= seen_at <= clock.now().timestamp() + LEEWAY:
        raise NotFresh(_("Du loggades in på nytt utan att bekräfta att det är du. Försök igen."))
    record_authentication(request, user, method=ELSEWHERE, provider=provider, uid=uid, auth_time=seen_at, checked=True)


def _keep(request: Request, page: str, names: tuple[str, ...]) -> None:
    typed = QueryDict(mutable=True)
    for name in request.POST:
        if name in names or any(each.endswith("*") and name.startswith(each[:-1]) for each in names):
            typed.setlist(name, request.POST.getlist(name))
    text = typed.urlencode()
    if text and len(text) <= KEPT_LENGTH:
        request.session[KEPT] = {"page": page, "typed": text}
