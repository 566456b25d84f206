"""Signing in: with the one address a person has, counted per sender, in the log, and as the demo only in the demo."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.checks import run_checks
from django.urls import reverse

from governance import audit, checks, people
from governance.demo import organisation
from governance.models import AuditEvent, AuditPersonal, User
from tests.factories import UserFactory, adopted, person

pytestmark = pytest.mark.django_db
START = "governance:start-show"


@pytest.fixture(autouse=True)
def _installation(settings):
    """Be no demo, and count in a memory of one's own: another test empties the shared one."""
    settings.DEMO = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "login"}}


def sign_in(client, email, password="hemligt", **headers):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)


def is_in(client):
    return client.get(reverse(START)).status_code == 200


def said() -> list[str]:
    events = AuditEvent.objects.filter(action__startswith="user.login").order_by("pk")
    return [audit.sentence(event, AuditPersonal.objects.get(event_id=event.pk)) for event in events]


def test_an_address_in_any_case_of_letters_signs_in(client):
    UserFactory(email="anna@kommunen.se")

    assert sign_in(client, "Anna@Kommunen.SE").url == reverse(START)
    assert is_in(client)


@pytest.mark.parametrize("by_verb", [True, False])
def test_an_address_that_was_changed_signs_in_no_more(client, by_verb):
    user = UserFactory(email="gammal@kommunen.se")
    people.keep_address(user)
    if by_verb:
        people.change_email(user, "ny@kommunen.se", by=None)
    else:
        User.objects.filter(pk=user.pk).update(email="ny@kommunen.se")

    assert sign_in(client, "gammal@kommunen.se").status_code == 200
    assert not is_in(client)
    assert sign_in(client, "ny@kommunen.se").status_code == 302
    assert [row.email for row in EmailAddress.objects.all()] == ["ny@kommunen.se"]


def test_whoever_signs_in_and_whoever_fails_is_in_the_log_and_what_was_typed_is_not(client):
    UserFactory(email="anna@kommunen.se", name="Anna Ek")

    sign_in(client, "anna@kommunen.se", "fel lösenord")
    sign_in(client, "mitt-losenord@kommunen.se", "fel lösenord")
    sign_in(client, "anna@kommunen.se")

    assert said() == [
        "Någon försökte logga in som Anna Ek och lyckades inte.",
        "Någon försökte logga in med en adress som ingen har.",
        "Anna Ek loggade in.",
    ]
    kept = [*AuditEvent.objects.values_list("data", "object_label"), *AuditPersonal.objects.values_list("payload")]
    assert "losenord" not in str(kept) and "Anna" not in str(kept[:3])


def test_whoever_was_deactivated_is_turned_away(client):
    UserFactory(email="anna@kommunen.se", is_active=False)

    assert sign_in(client, "anna@kommunen.se").url == reverse("account_inactive")
    assert not is_in(client)
    assert len(said()) == 1


def test_the_demos_people_sign_in_in_the_demo_only(client, settings):
    settings.DEMO = True
    organisation.load()
    sign_in(client, "chef@kommun.example", "uppsikt-demo")
    assert is_in(client)

    settings.DEMO = False

    assert not is_in(client)
    assert sign_in(client, "chef@kommun.example", "uppsikt-demo").url == reverse("account_inactive")
    assert not is_in(client)


def test_the_deploy_check_names_the_demos_people_where_this_is_no_demo(settings):
    person("employee", email="chef@kommun.example")
    person("employee", email="anna@kommunen.se")

    found = [message for message in run_checks(include_deployment_checks=True) if message.id == "uppsikt.E003"]

    assert "chef@kommun.example" in found[0].msg
    assert "anna@" not in found[0].msg
    people.deactivate(User.objects.get(email="chef@kommun.example"), by=None)
    assert not checks.no_demo_people(None)


def test_in_the_demo_the_check_says_nothing(settings):
    settings.DEMO = True
    person("employee", email="chef@kommun.example")

    assert not checks.no_demo_people(None)


def tried(client, times, **headers):
    """Fail to sign in that often, each time as another one; answer the last page."""
    return [sign_in(client, f"nr{n}@kommunen.se", "fel", **headers) for n in range(times)][-1].content.decode()


def test_behind_a_counted_proxy_each_sender_has_a_limit_of_its_own(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    UserFactory(email="anna@kommunen.se")

    assert "För många försök" in tried(client, 11, HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert sign_in(client, "anna@kommunen.se", HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302


def test_a_sender_does_not_choose_its_own_address(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(10):
        sign_in(client, f"nr{n}@kommunen.se", "fel", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 192.0.2.1")

    assert "För många försök" in tried(client, 1, HTTP_X_FORWARDED_FOR="198.51.100.99, 192.0.2.1")


def test_without_a_counted_proxy_nobody_is_believed_about_the_address(client):
    for n in range(10):
        sign_in(client, f"nr{n}@kommunen.se", "fel", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")

    assert "För många försök" in tried(client, 1, HTTP_X_FORWARDED_FOR="198.51.100.99")


@pytest.mark.parametrize("headers", [{"REMOTE_ADDR": ""}, {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "skräp"}])
def test_on_a_socket_where_no_address_is_known_people_still_sign_in(client, settings, headers):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    UserFactory(email="anna@kommunen.se")

    assert sign_in(client, "anna@kommunen.se", **headers).status_code == 302


def test_the_secret_of_the_second_step_is_not_readable_in_the_database(client):
    adopted()
    user = UserFactory(email="anna@kommunen.se")
    secret = "JBSWY3DPEHPK3PXP"

    TOTP.activate(user, secret)

    kept = Authenticator.objects.get(user=user)
    assert secret not in str(kept.data)
    assert get_adapter().decrypt(kept.data["secret"]) == secret


def test_another_secret_key_reads_no_secret(settings):
    kept = get_adapter().encrypt("hemligheten")

    settings.SECRET_KEY = "en annan nyckel"

    with pytest.raises(InvalidToken):
        get_adapter().decrypt(kept)
