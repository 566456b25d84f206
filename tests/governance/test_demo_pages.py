"""The demo's own pages: there in the demo, nowhere else."""

from email.message import EmailMessage
from mailbox import Maildir

import pytest
from django.urls import reverse

from governance.demo import mailbox, organisation
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN, MAILBOX = "governance:demo-login", "governance:mailbox-show"


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    organisation.load()


@pytest.fixture
def mails(settings, tmp_path):
    """Put mails where the demo's mail server puts them."""
    settings.DEMO = True
    settings.BASE_URL = "http://localhost:8000"
    settings.DEMO_MAIL_DIR = tmp_path / "mail"
    box = Maildir(settings.DEMO_MAIL_DIR)

    def add(
        to="redaktor@kommun.example",
        subject="Uppsikten är inte loggad",
        text="Hej",
        date="Fri, 20 Nov 2026 14:05:00 +0100",
    ) -> str:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "Uppsikt <uppsikt@kommun.example>", to, subject
        mail["Date"] = date
        mail.set_content(text)
        box.add(mail)
        return mailbox.newest()[0].key

    return add


def test_one_click_signs_in_as_a_person_of_the_demo(client, demo):
    response = client.post(reverse(LOGIN), {"email": "registrator@kommun.example"})

    assert response.url == reverse("governance:start-show")
    assert client.get(response.url).context["user"].name == "Birgitta Sandell"


def test_nobody_else_is_signed_in_by_a_click(client, demo):
    UserFactory(email="riktig@kommun.se")

    assert client.post(reverse(LOGIN), {"email": "riktig@kommun.se"}).status_code == 404
    assert client.post(reverse(LOGIN), {}).status_code == 404
    assert client.get(reverse(LOGIN)).status_code == 405


def test_the_login_page_shows_the_people_of_the_demo(client, demo):
    page = client.get(reverse("account_login"))

    assert {"name", "email", "role", "title", "what"} <= page.context["demo_logins"][0].keys()
    assert "Sara Lindqvist" in page.content.decode()


def test_where_this_is_no_demo_there_are_no_such_pages(client, demo, settings):
    settings.DEMO = False

    assert client.post(reverse(LOGIN), {"email": "registrator@kommun.example"}).status_code == 404
    assert client.get(reverse(MAILBOX)).status_code == 404
    assert client.get(reverse("governance:mail-show", args=["1"])).status_code == 404
    assert "Sara Lindqvist" not in client.get(reverse("account_login")).content.decode()


def test_the_mailbox_needs_no_login_and_says_that_it_is_the_demos(client, mails):
    mails(subject="Planen väntar på dig")

    page = client.get(reverse(MAILBOX)).content.decode()

    assert "Planen väntar på dig" in page
    assert "Bara i demonstrationen" in page


def test_the_mailbox_is_narrowed_by_receiver(client, mails):
    mails(to="redaktor@kommun.example", subject="Till redaktören")
    mails(to="chef@kommun.example", subject="Till chefen")

    page = client.get(reverse(MAILBOX), {"till": "chef@kommun.example"}).content.decode()

    assert "Till chefen" in page
    assert "Till redaktören" not in page


def test_an_empty_mailbox_says_what_comes_there(client, settings, tmp_path):
    settings.DEMO, settings.DEMO_MAIL_DIR = True, tmp_path / "nothing"

    assert "Ingen e-post än" in client.get(reverse(MAILBOX)).content.decode()


def test_a_mail_is_shown_as_text_with_links_into_this_installation_only(client, mails):
    key = mails(text="Se http://localhost:8000/konton/1/ eller http://localhost:80000/x, http://ont.example/ <b>nu</b>")

    page = client.get(reverse("governance:mail-show", args=[key])).content.decode()

    assert 'href="http://localhost:8000/konton/1/"' in page
    assert 'href="http://ont.example' not in page
    assert 'href="http://localhost:80000' not in page
    assert "&lt;b&gt;nu&lt;/b&gt;" in page


@pytest.mark.parametrize("key", ["finns-inte", "..", "..%2F..%2Fetc%2Fpasswd", "new"])
def test_a_mail_that_does_not_exist_is_not_there(client, mails, key):
    mails()

    assert client.get(f"/demo/brevlada/{key}/").status_code == 404


def test_a_mail_without_subject_date_or_text_is_shown_all_the_same(client, mails, settings):
    (settings.DEMO_MAIL_DIR / "new" / "bare").write_bytes(b"From: x\r\n\r\n")

    assert client.get(reverse("governance:mail-show", args=["bare"])).status_code == 200
    assert "(inget ämne)" in client.get(reverse(MAILBOX)).content.decode()


def test_mail_in_other_alphabets_and_encodings_is_read(client, mails):
    key = mails(subject="Öppna kontot ☂", text="Åtgärda före kl. 17")

    page = client.get(reverse("governance:mail-show", args=[key])).content.decode()

    assert "Öppna kontot ☂" in page
    assert "Åtgärda före kl. 17" in page


def test_a_mail_dated_as_django_dates_it_is_shown_in_swedish_time(client, mails):
    mails(date="Fri, 20 Nov 2026 13:05:00 -0000")

    assert "14.05" in client.get(reverse("governance:mailbox-show")).content.decode()
