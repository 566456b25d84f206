"""Telling people: a notice is a row, unique by its key, shown in the app and sent by mail by the worker.

A mail holds what, where and by when; never quoted content, authors or other people's data. Its link only opens a page.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from governance import bell, clock
from governance.models.people import User
from governance.models.work import Notice
from governance.policy.characters import on_one_line

logger = logging.getLogger(__name__)

TASK = "governance.tasks.deliver_notices"
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 10


def send(kind: str, *, to: User, key: str, subject: str, body: str, url: str) -> bool:
    """Order a notice to one person, in the caller's transaction; answer False where `key` was ordered before.

    The subject becomes one line: a mail whose head is broken by a name would never leave.
    """
    _notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "user": to,
            "subject": on_one_line(subject)[:200],
            "body": body,
            "url": url,
            "created_at": clock.now(),
            "next_try_at": clock.now(),
        },
    )
    if created:
        transaction.on_commit(lambda: bell.ring(TASK))
    return created


def deliver(limit: int = 200) -> int:
    """Send what waits; answer how many were sent. Two runs at once share the work and send nothing twice."""
    sent = 0
    for _turn in range(limit):
        notice = _claim()
        if notice is None:
            break
        sent += _send(notice)
    return sent


def _claim() -> Notice | None:
    """Take the next notice and hold it for a while, so that a worker that dies leaves it to the next one."""
    with transaction.atomic():
        waiting = Notice.objects.select_for_update(skip_locked=True).filter(
            state__in=[Notice.State.WAITING, Notice.State.SENDING], next_try_at__lte=clock.now()
        )
        notice = waiting.order_by("next_try_at", "pk").first()
        if notice is None:
            return None
        notice.state, notice.attempts = Notice.State.SENDING, notice.attempts + 1
        notice.next_try_at = clock.now() + LEASE
        notice.save(update_fields=["state", "attempts", "next_try_at"])
    return notice


def _send(notice: Notice) -> bool:
    try:
        _mail(notice).send()
    except Exception as error:  # whatever the mail server answers, the notice waits and is tried again
        logger.warning("notice %s could not be mailed: %s", notice.pk, type(error).__name__)
        failed = notice.attempts >= MAX_ATTEMPTS
        notice.state = Notice.State.FAILED if failed else Notice.State.WAITING
        notice.next_try_at = clock.now() + timedelta(minutes=2**notice.attempts)
    else:
        notice.state, notice.sent_at = Notice.State.SENT, clock.now()
    notice.save(update_fields=["state", "sent_at", "next_try_at"])
    return notice.state == Notice.State.SENT


def _mail(notice: Notice) -> EmailMessage:
    link = settings.BASE_URL + notice.url
    foot = _("Öppna i Uppsikt: %(link)s") % {"link": link}
    why = _("Du får det här meddelandet för att du har en uppgift i Uppsikt.")
    return EmailMessage(
        subject=notice.subject,
        body=f"{notice.body}\n\n{foot}\n\n-- \n{why}\n",
        to=[notice.user.email],
        # The same identity at every attempt, so that a receiver can drop a second copy.
        headers={"Message-ID": f"<{notice.message_id}@uppsikt>", "Auto-Submitted": "auto-generated"},
    )
