"""Telling people: a notice is a row, unique by its key, shown in the app and sent by mail by the worker.

A mail holds what, where and by when; never quoted content, authors or other people's data. Its link only opens a page.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from governance import outbox
from governance.models.people import User
from governance.models.work import Notice


def send(kind: str, *, to: User, key: str, subject: str, body: str, url: str) -> bool:
    """Order a notice to one person, in the caller's transaction; answer False where `key` was ordered before."""
    return outbox.order(Notice, key, subject=subject, kind=kind, user=to, body=body, url=url)


def deliver(limit: int = 200) -> int:
    """Send what waits; answer how many were sent. Two runs at once share the work and send nothing twice."""
    return outbox.deliver(Notice, _mail, limit)


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
