"""What every request and every answer passes."""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from tests.factories import adopted, person

pytestmark = pytest.mark.django_db
PUBLIC = "accounts:public-list"


@pytest.mark.parametrize("path", ["/officiella-konton/?q=%00", "/officiella-konton/?%00=x", "/arkiv/1/filer/%00/"])
def test_a_nul_in_the_address_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("encoded", [True, False])
def test_a_nul_in_a_form_is_a_bad_request(client, encoded):
    if encoded:
        response = client.post("/demo/logga-in/", "email=%00", content_type="application/x-www-form-urlencoded")
    else:
        response = client.post("/demo/logga-in/", {"email": "\x00"})

    assert response.status_code == 400


def test_pages_for_somebody_signed_in_are_kept_nowhere(client):
    adopted()
    client.force_login(person("communications_officer"))

    for page in ("governance:start-show", "governance:audit-list", "account_change_password"):
        assert "no-store" in client.get(reverse(page))["Cache-Control"]


def test_public_pages_may_be_kept(client):
    assert "no-store" not in client.get(reverse(PUBLIC)).headers.get("Cache-Control", "")


def test_a_broker_or_cache_that_hangs_is_given_up_on():
    kept = [configured.CELERY_BROKER_TRANSPORT_OPTIONS, configured.CACHES["default"]["OPTIONS"]]

    assert [(each["socket_timeout"], each["socket_connect_timeout"]) for each in kept] == [(3, 3), (3, 3)]
