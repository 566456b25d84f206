"""A fresh login: what proves it, where the person is sent for it, and that nothing is done or lost meanwhile."""

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from governance import clock, fresh
from governance.fresh import LEEWAY, WINDOW, NotFresh
from tests.factories import UserFactory
from tests.login import record, sign_in

NOW = 1_800_000_000
SECRET = "JBSWY3DPEHPK3PXP"
DOOR = {"method": "socialaccount", "provider": "kommunen", "uid": "1"}

# record, whether it proves a fresh login at NOW
RECORDS = [
    ({"method": "password", "at": NOW}, True),
    ({"method": "password", "at": NOW - WINDOW + 1}, True),
    ({"method": "password", "at": NOW - WINDOW}, False),
    ({"method": "password", "at": NOW + LEEWAY + 1}, False),
    ({"method": "password"}, False),
    ({"method": "password", "at": "nyss"}, False),
    ({"method": "password", "at": True}, False),
    ({"method": "mfa", "at": NOW - 60, "type": "totp"}, True),
    ({"method": "mfa", "at": NOW - WINDOW - 1, "type": "totp"}, False),
    ({**DOOR, "at": NOW}, False),
    ({**DOOR, "at": NOW, "auth_time": NOW}, False),
    ({**DOOR, "at": NOW, "auth_time": NOW, "checked": "ja"}, False),
    ({**DOOR, "at": NOW, "checked": True}, False),
    ({**DOOR, "at": NOW, "auth_time": NOW - 60, "checked": True}, True),
    ({**DOOR, "at": NOW, "auth_time": NOW - WINDOW - 1, "checked": True}, False),
    ({**DOOR, "at": NOW, "auth_time": NOW + LEEWAY + 1, "checked": True}, False),
    ({"method": "code", "at": NOW}, False),
    ({"at": NOW}, False),
]


@pytest.mark.parametrize(("made", "proven"), RECORDS)
def test_what_proves_a_fresh_login(made, proven):
    assert fresh.proves(made, NOW) is proven


@pytest.mark.parametrize("demo", [True, False])
def test_the_demos_one_click_login_proves_it_in_the_demo_only(settings, demo):
    settings.DEMO = demo

    assert fresh.proves({"method": "demo", "at": NOW}, NOW) is demo


def asked(user, method="get", path="/sida/?a=1", session=None, **typed):
    """Answer a request of this person, as a view is given it."""
    request = getattr(RequestFactory(), method)(path, typed or None)
    request.user = user
    request.session = session if session is not None else SessionStore()
    request._messages = FallbackStorage(request)
    request.htmx = HtmxDetails(request)
    return request


@fresh.fresh_login_required(keep=("reason", "day-*"))
def view(request):
    view.seen.append(fresh.kept(request))
    return HttpResponse("gjort")


@pytest.fixture(autouse=True)
def _nothing_seen():
    view.seen = []


@pytest.mark.django_db
def test_one_signed_in_long_ago_is_sent_to_prove_it_and_back_to_the_page():
    response = view(asked(UserFactory()))

    assert response["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fsida%2F%3Fa%3D1"
    assert view.seen == []


@pytest.mark.django_db
def test_a_stale_post_does_nothing_says_so_and_keeps_what_was_typed_where_it_may():
    user, session = UserFactory(), SessionStore()
    posted = asked(user, "post", session=session, reason="För att", secret="hemligt", **{"day-1": "2013-04-02"})

    assert view(posted).status_code == 302
    assert view.seen == []
    assert "Inget är gjort än" in " ".join(map(str, get_messages(posted)))
    assert "hemligt" not in str(dict(session))

    kept = fresh.kept(asked(user, session=session))
    assert kept is not None
    assert kept.dict() == {"reason": "För att", "day-1": "2013-04-02"}
    assert fresh.kept(asked(user, session=session)) is None


@pytest.mark.django_db
def test_what_was_typed_on_one_page_is_not_shown_on_another():
    user, session = UserFactory(), SessionStore()
    view(asked(user, "post", session=session, reason="För att"))

    assert fresh.kept(asked(user, path="/annan/", session=session)) is None


@pytest.mark.django_db
def test_more_than_a_session_should_hold_is_not_kept():
    user, session = UserFactory(), SessionStore()
    view(asked(user, "post", session=session, reason="x" * fresh.KEPT_LENGTH))

    assert fresh.kept(asked(user, session=session)) is None


@pytest.mark.django_db
def test_a_part_of_a_page_that_is_fetched_sends_the_whole_page_on():
    request = asked(UserFactory())
    request.META["HTTP_HX_REQUEST"] = request.headers = {"HX-Request": "true"}
    request.htmx = HtmxDetails(request)

    assert "HX-Redirect" in view(request).headers


@pytest.mark.django_db
def test_a_password_typed_again_leads_back_to_the_page(client):
    user = UserFactory()
    sign_in(client, user, fresh=False)

    page = client.get(reverse("account_reauthenticate"), {"next": "/att-gora/"})
    response = client.post(reverse("account_reauthenticate"), {"password": "hemligt", "next": "/att-gora/"})

    assert "Bekräfta att det är du" in page.content.decode()
    assert response["Location"] == "/att-gora/"
    assert fresh.is_fresh(response.wsgi_request)


@pytest.mark.django_db
def test_a_code_of_the_second_step_leads_back_to_the_page_too(client):
    user = UserFactory(password=None)
    TOTP.activate(user, SECRET)
    sign_in(client, user, fresh=False)
    url = reverse("mfa_reauthenticate")
    code = format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))

    page = client.get(client.get(reverse("account_reauthenticate"), {"next": "/att-gora/"})["Location"])
    response = client.post(url, {"code": code, "next": "/att-gora/"})

    assert "Skriv koden" in page.content.decode()
    assert response["Location"] == "/att-gora/"
    assert fresh.is_fresh(response.wsgi_request)


@pytest.mark.django_db
def test_a_wrong_password_proves_nothing(client):
    sign_in(client, UserFactory(), fresh=False)

    response = client.post(reverse("account_reauthenticate"), {"password": "fel", "next": "/att-gora/"})

    assert response.status_code == 200
    assert not fresh.is_fresh(response.wsgi_request)


@pytest.mark.django_db
def test_a_fresh_login_grows_old(client):
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False) as travelling:
        sign_in(client, UserFactory())
        assert fresh.is_fresh(client.get("/att-gora/").wsgi_request)
        travelling.shift(WINDOW)

        assert not fresh.is_fresh(client.get("/att-gora/").wsgi_request)


@pytest.mark.django_db
def test_somebody_elses_login_in_the_same_browser_proves_nothing(client):
    other, user = UserFactory(), UserFactory()
    client.force_login(user)
    record(client, other, {"method": "password", "at": clock.now().timestamp()})

    assert not fresh.is_fresh(client.get("/att-gora/").wsgi_request)


@pytest.mark.django_db
def test_one_with_single_sign_on_only_is_sent_on_a_new_round_trip_that_asks_for_a_new_login(settings):
    settings.SINGLE_SIGN_ON_LOGIN = "/logga-in/oidc/kommunen/login/"
    user = UserFactory(password=None)

    way = fresh.where_to(user, "/planer/1/")

    assert way.startswith("/logga-in/oidc/kommunen/login/?next=%2Fplaner%2F1%2F")
    assert "auth_params=prompt%3Dlogin%26max_age%3D0" in way


@pytest.mark.django_db
def test_one_without_any_way_to_prove_it_chooses_a_password_first():
    assert fresh.where_to(UserFactory(password=None), "/planer/1/") == reverse("account_reset_password")


# --- The round trip --------------------------------------------------------------------------------------
def ended(user, claims, begun=True):
    """A round trip that another door answered with these claims; a function of `asked at` gives them."""
    request = asked(user)
    with time_machine.travel(NOW, tick=False):
        if begun:
            fresh.begin_round_trip(request)
    with time_machine.travel(NOW + 20, tick=False):
        fresh.end_round_trip(request, user, provider="kommunen", uid="1", claims=claims)
        return fresh.is_fresh(request)


@pytest.mark.django_db
@pytest.mark.parametrize("seen_at", [NOW, NOW + 15, NOW - LEEWAY])
def test_a_login_made_during_the_round_trip_is_fresh(seen_at):
    assert ended(UserFactory(), {"auth_time": seen_at})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "claims", [{}, {"auth_time": None}, {"auth_time": "1800000000"}, {"auth_time": True}, {"auth_time": NOW - 31}]
)
def test_a_door_that_only_remembers_the_person_proves_nothing(claims):
    with pytest.raises(NotFresh):
        ended(UserFactory(), claims)


@pytest.mark.django_db
def test_a_round_trip_nobody_asked_for_proves_nothing():
    with pytest.raises(NotFresh):
        ended(UserFactory(), {"auth_time": NOW}, begun=False)


@pytest.mark.django_db
def test_an_auth_time_in_the_future_proves_nothing():
    with pytest.raises(NotFresh):
        ended(UserFactory(), {"auth_time": NOW + 20 + LEEWAY + 1})
