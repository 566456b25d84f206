"""Notices: ordered by a row, mailed once, tried again when the mail server fails."""

import pytest
from django.core import mail

from governance import clock, notices, outbox
from governance.models import Notice
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def order(key: str = "a", subject: str = "Ämne", **given) -> bool:
    to = given.pop("to", None) or UserFactory()
    return notices.send("test", to=to, key=key, subject=subject, body="Text", url="/uppsikt/", **given)


def test_a_notice_is_mailed_with_a_link_that_opens_a_page():
    order(to=UserFactory(email="anna@kommun.example"))

    assert notices.deliver() == 1

    sent = mail.outbox[0]
    assert sent.to == ["anna@kommun.example"]
    assert "http://localhost:8000/uppsikt/" in sent.body


@pytest.mark.parametrize("broken", ["\n", "\r\n", "\u2028", "\x85", "\t", "\u202e", " \n "])
def test_a_name_that_breaks_the_line_does_not_stop_the_mail(broken):
    order(subject=f"Kontot Biblioteket{broken}Bcc: alla@kommun.example behöver dig")

    assert notices.deliver() == 1

    assert mail.outbox[0].subject == "Kontot Biblioteket Bcc: alla@kommun.example behöver dig"
    assert mail.outbox[0].message()["Bcc"] is None


def test_the_same_key_is_ordered_once():
    assert order("round/1/anna")
    assert not order("round/1/anna")

    notices.deliver()
    notices.deliver()

    assert len(mail.outbox) == 1


def test_a_mail_server_that_refuses_is_tried_again_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    order()

    assert notices.deliver() == 0

    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (Notice.State.WAITING, 1)
    assert notice.next_try_at > clock.now()


def test_a_notice_whose_worker_died_is_taken_again_and_keeps_its_identity():
    order()
    claimed = outbox.claim(Notice)
    assert notices.deliver() == 0, "held by the one who claimed it"

    Notice.objects.update(next_try_at=clock.now())
    notices.deliver()

    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{claimed.message_id}@uppsikt>"


def test_after_the_last_attempt_the_notice_is_said_to_have_failed(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    order()

    for _ in range(outbox.MAX_ATTEMPTS):
        Notice.objects.update(next_try_at=clock.now())
        notices.deliver()

    assert Notice.objects.get().state == Notice.State.FAILED
