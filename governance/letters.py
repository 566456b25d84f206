"""Mail to the public: the answer to what somebody wrote in. Ordered as a row, sent by the same worker as notices."""

from django.core.mail import EmailMessage

from governance import outbox
from governance.models.municipality import Municipality
from governance.models.organisation import Unit
from governance.models.work import Letter


def send(*, to: str, key: str, subject: str, body: str) -> bool:
    """Order a letter in the caller's transaction; answer False where `key` was ordered before."""
    return outbox.order(Letter, key, subject=subject, email=to, body=body)


def deliver(limit: int = 200) -> int:
    """Send what waits; answer how many were sent."""
    return outbox.deliver(Letter, _mail, limit)


def forget(key: str) -> None:
    """Empty the letters whose key begins so of whom they went to and what they said; what never left never will."""
    letters = Letter.objects.filter(key__startswith=key)
    letters.exclude(state=Letter.State.SENT).update(state=Letter.State.FAILED)
    letters.update(email="", subject="", body="")


def _mail(letter: Letter) -> EmailMessage:
    root = Unit.objects.filter(parent=None).first()
    reached = Municipality.objects.current().email or (root.email if root else "")
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.email],
        reply_to=[reached] if reached else None,
        # The same identity at every attempt, so that a receiver can drop a second copy.
        headers={"Message-ID": f"<{letter.message_id}@uppsikt>"},
    )
