"""Messages to me, and the accessibility statement."""

import pytest
from django.urls import reverse

from governance.models import Unit
from tests.factories import UnitFactory, UserFactory
from tests.governance.factories import NoticeFactory

pytestmark = pytest.mark.django_db


def test_my_messages_are_listed_and_no_one_elses(client):
    mine, other = NoticeFactory(), NoticeFactory()
    client.force_login(mine.user)

    page = client.get(reverse("governance:notice-list")).content.decode()

    assert mine.subject in page
    assert other.subject not in page


def test_without_messages_the_page_says_what_comes_there(client):
    client.force_login(UserFactory())

    assert "Inga meddelanden än" in client.get(reverse("governance:notice-list")).content.decode()


def test_the_accessibility_statement_needs_no_login_and_names_whom_to_write_to(client):
    UnitFactory(name="Kommunen", parent=None, email="kommun@kommun.example")

    page = client.get(reverse("governance:accessibility-show")).content.decode()

    assert "mailto:kommun@kommun.example" in page
    assert "2018:1937" in page


def test_the_accessibility_statement_stands_before_anything_is_entered(client):
    assert not Unit.objects.exists()

    assert client.get(reverse("governance:accessibility-show")).status_code == 200
