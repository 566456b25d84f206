"""Setting a password: the worker sends the link, and nobody learns by asking who has a login here."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from celery.exceptions import Retry
from django.core import mail
from django.urls import reverse

from governance import password_reset, people
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
RESET, LOGIN, PASSWORD = "account_reset_password", "account_login", "En lång mening 7"


@pytest.fixture(autouse=True)
def _installation(settings):
    settings.DEMO, settings.BASE_URL = False, "https://uppsikt.kommunen.se"


@pytest.fixture
def worker(monkeypatch):
    """Let the worker do at once what it is asked to."""
    monkeypatch.setattr(password_reset.send, "apply_async", lambda args, **options: password_reset.send(*args))


@pytest.fixture
def ordered(monkeypatch):
    """Keep what the worker is asked to do."""
    kept = []
    monkeypatch.setattr(password_reset.send, "apply_async", lambda args, **options: kept.append(args))
    return kept


def ask(client, email, **headers):
    return client.post(reverse(RESET), {"email": email}, **headers)


def link() -> str:
    return re.search(r"https://uppsikt\.kommunen\.se(\S+)", mail.outbox[-1].body)[1]


def test_whoever_is_entered_sets_a_password_signs_in_and_may_set_up_the_second_step(client, worker):
    people.enter(email="anna@kommunen.se", name="Anna Ek")

    ask(client, "Anna@kommunen.se")
    page = client.get(link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse(LOGIN), {"login": "anna@kommunen.se", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert mail.outbox[0].to == ["anna@kommunen.se"]
    assert mail.outbox[0].subject == "Välj ett nytt lösenord"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_link_leads_to_this_installation_whatever_host_was_asked(client, worker, settings):
    settings.ALLOWED_HOSTS = ["*"]
    people.enter(email="anna@kommunen.se", name="Anna Ek")

    ask(client, "anna@kommunen.se", HTTP_HOST="ont.example")

    assert "https://uppsikt.kommunen.se/" in mail.outbox[0].body
    assert "ont.example" not in mail.outbox[0].body


def test_the_worker_is_asked_alike_for_known_and_unknown_and_the_link_is_not_passed_on(client, ordered):
    people.enter(email="anna@kommunen.se", name="Anna Ek")

    answers = [ask(client, email) for email in ("anna@kommunen.se", "ingen@kommunen.se")]

    assert ordered == [["anna@kommunen.se", "sv"], ["ingen@kommunen.se", "sv"]]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("account_reset_password_done"))}
    assert not mail.outbox


def test_without_a_broker_known_and_unknown_are_answered_alike(client, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("broken")

    monkeypatch.setattr(password_reset.send, "apply_async", broken)
    people.enter(email="anna@kommunen.se", name="Anna Ek")

    assert {ask(client, email).status_code for email in ("anna@kommunen.se", "ingen@kommunen.se")} == {302}


@pytest.mark.parametrize("error", [SMTPServerDisconnected, ConnectionRefusedError])
def test_a_mail_server_that_is_down_is_tried_again(monkeypatch, error):
    def down(*args, **kwargs):
        raise error("down")

    monkeypatch.setattr(password_reset, "send_mail", down)
    people.enter(email="anna@kommunen.se", name="Anna Ek")

    with pytest.raises(Retry):
        password_reset.send.apply(args=["anna@kommunen.se", "sv"], throw=True)


@pytest.mark.parametrize("email", ["ingen@kommunen.se", "gammal@kommunen.se", "borta@kommunen.se", "x@kommun.example"])
def test_no_mail_goes_to_the_unknown_the_old_the_deactivated_and_the_demo(email):
    user = UserFactory(email="ny@kommunen.se")
    EmailAddress.objects.create(user=user, email="gammal@kommunen.se", verified=True, primary=True)
    UserFactory(email="borta@kommunen.se", is_active=False)
    UserFactory(email="x@kommun.example")

    password_reset.send(email, "sv")

    assert not mail.outbox


def test_a_link_to_an_address_that_was_changed_since_sets_no_password(client, worker):
    user = people.enter(email="gammal@kommunen.se", name="Anna Ek")
    ask(client, "gammal@kommunen.se")

    people.change_email(user, "ny@kommunen.se", by=None)

    assert "password1" not in client.get(link(), follow=True).content.decode()
