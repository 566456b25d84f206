"""Mail that is owed: rows taken one at a time, sent, and tried again with longer and longer pauses when that fails."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.core.mail import EmailMessage
from django.db import transaction

from governance import bell, clock
from governance.models.work import Outgoing
from governance.policy.characters import on_one_line

logger = logging.getLogger(__name__)

TASK = "governance.tasks.deliver_notices"
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 10
M = TypeVar("M", bound=Outgoing)


def order(model: type[M], key: str, *, subject: str, **facts: Any) -> bool:
    """Order a mail in the caller's transaction; answer False where `key` was ordered before.

    The subject becomes one line: a mail whose head is broken by a name would never leave.
    """
    now = clock.now()
    said = {"subject": on_one_line(subject)[:200], "created_at": now, "next_try_at": now}
    _owed, created = model._default_manager.get_or_create(key=key, defaults={**facts, **said})
    if created:
        transaction.on_commit(lambda: bell.ring(TASK))
    return created


def deliver(model: type[M], mail_of: Callable[[M], EmailMessage], limit: int) -> int:
    """Send what waits; answer how many were sent. Two runs at once share the work and send nothing twice."""
    sent = 0
    for _turn in range(limit):
        owed = claim(model)
        if owed is None:
            break
        sent += _send(owed, mail_of)
    return sent


def claim(model: type[M]) -> M | None:
    """Take the next row and hold it for a while, so that a worker that dies leaves it to the next one."""
    with transaction.atomic():
        waiting = model._default_manager.select_for_update(skip_locked=True).filter(
            state__in=[Outgoing.State.WAITING, Outgoing.State.SENDING], next_try_at__lte=clock.now()
        )
        owed = waiting.order_by("next_try_at", "pk").first()
        if owed is None:
            return None
        owed.state, owed.attempts = Outgoing.State.SENDING, owed.attempts + 1
        owed.next_try_at = clock.now() + LEASE
        owed.save(update_fields=["state", "attempts", "next_try_at"])
    return owed


def _send(owed: M, mail_of: Callable[[M], EmailMessage]) -> bool:
    try:
        mail_of(owed).send()
    except Exception as error:  # whatever the mail server answers, the row waits and is tried again
        logger.warning("%s %s could not be mailed: %s", owed._meta.model_name, owed.pk, type(error).__name__)
        failed = owed.attempts >= MAX_ATTEMPTS
        owed.state = Outgoing.State.FAILED if failed else Outgoing.State.WAITING
        owed.next_try_at = clock.now() + timedelta(minutes=2**owed.attempts)
    else:
        owed.state, owed.sent_at = Outgoing.State.SENT, clock.now()
    owed.save(update_fields=["state", "sent_at", "next_try_at"])
    return owed.state == Outgoing.State.SENT
