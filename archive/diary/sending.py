"""The worker's way through the handovers: each leaves once, and where that cannot be known a person decides."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from archive.diary import connectors, package
from archive.diary.connectors import NotDelivered
from archive.models import DiaryHandover, Record
from archive.searching import indexing
from governance import bell, clock
from governance.models import User
from governance.workflow import perform

log = logging.getLogger(__name__)

TASK = "archive.tasks.send_handovers"
MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=10)
Status = DiaryHandover.Status


def send_waiting(limit: int = 100) -> int:
    """Hand over what waits; answer how many arrived. Two workers at once share the work and send nothing twice."""
    _let_go_of_abandoned()
    return sum(_send(handover) for _turn in range(limit) if (handover := _claim()) is not None)


def receive_numbers() -> int:
    """Write in the diary numbers that have come back by themselves; answer how many."""
    waiting = DiaryHandover.objects.filter(status__in=[Status.SENT, Status.UNCERTAIN]).order_by("pk")
    return sum(_receive(handover) for handover in waiting.iterator(chunk_size=100))


def ring_on_commit() -> None:
    """Wake the worker once what was ordered is committed."""
    transaction.on_commit(lambda: bell.ring(TASK))


def number(handover: DiaryHandover, diary_number: str, step: str, by: User | None) -> DiaryHandover:
    """Write the number onto the handover and the record, and that the document is registered."""
    with transaction.atomic():
        DiaryHandover.objects.filter(pk=handover.pk).update(diary_number=diary_number, registered_at=clock.now())
        done = perform(handover, step, by=by, data={"number": diary_number})
        Record.objects.filter(pk=handover.record_id).update(diary_number=diary_number)
        indexing.refresh(Record.objects.select_related("account").get(pk=handover.record_id))
    return done


def again(handover: DiaryHandover, by: User | None, reason: str) -> None:
    """Effect of retry: all its attempts anew, at once."""
    handover.attempts, handover.failure, handover.next_try_at = 0, "", clock.now()
    ring_on_commit()


def _claim() -> DiaryHandover | None:
    with transaction.atomic():
        waiting = DiaryHandover.objects.select_for_update(skip_locked=True, of=("self",))
        due = waiting.filter(status=Status.WAITING, next_try_at__lte=clock.now()).order_by("next_try_at", "pk").first()
        if due is None:
            return None
        DiaryHandover.objects.filter(pk=due.pk).update(attempts=due.attempts + 1, lease_until=clock.now() + LEASE)
        return perform(due, "send", by=None, data={"attempt": due.attempts + 1})


def _send(handover: DiaryHandover) -> bool:
    connector = connectors.of(handover)
    try:
        connector.deliver(_package(handover))
    except NotDelivered as failure:
        _not_delivered(handover, failure.code, safe=failure.certain or connector.repeats_safely)
        return False
    except Exception as error:
        # Unknown how far it came: where the other side cannot tell a second copy, a person has to look.
        log.exception("handover %s failed: %s", handover.pk, type(error).__name__)
        _not_delivered(handover, "internal", safe=connector.repeats_safely)
        return False
    with transaction.atomic():
        DiaryHandover.objects.filter(pk=handover.pk).update(sent_at=clock.now(), failure="", lease_until=None)
        perform(handover, "arrive", by=None)
    return True


def _package(handover: DiaryHandover) -> package.Package:
    if connectors.of(handover).refusal(handover):
        raise NotDelivered("refused", certain=True)
    try:
        return package.of(handover)
    except Exception as error:  # nothing has left yet
        log.exception("the package of handover %s could not be made: %s", handover.pk, type(error).__name__)
        raise NotDelivered("internal", certain=True) from error


def _not_delivered(handover: DiaryHandover, code: str, *, safe: bool) -> None:
    with transaction.atomic():
        pause = timedelta(minutes=2**handover.attempts)
        facts = {"failure": code, "lease_until": None, "next_try_at": clock.now() + pause}
        DiaryHandover.objects.filter(pk=handover.pk).update(**facts)
        last = code in ("refused", "too_large", "address_refused") or handover.attempts >= MAX_ATTEMPTS
        perform(handover, ("fail" if last else "postpone") if safe else "doubt", by=None, data={"code": code})


def _let_go_of_abandoned() -> None:
    """A worker died while it handed over: try again where that is safe, else let a person look."""
    left = DiaryHandover.objects.filter(Q(lease_until=None) | Q(lease_until__lte=clock.now()), status=Status.SENDING)
    for pk in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            handover = left.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if handover is not None:
                _not_delivered(handover, "stopped", safe=connectors.of(handover).repeats_safely)


def _receive(handover: DiaryHandover) -> bool:
    found = connectors.of(handover).number(handover)
    if found:
        number(handover, found, "receive", None)
    return bool(found)
