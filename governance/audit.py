"""The audit log's one door: record an event, say it as a Swedish sentence, seal the chain, verify it."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from governance import access, clock, disposing, followups, shielded
from governance.models.log import AuditEvent, AuditPersonal, AuditSeal
from governance.models.people import User
from governance.protected import Mask

SEAL_LOCK = 0x75707073  # one sealing at a time, whichever worker runs it
SEAL_BATCH = 1000
FIRST = "0" * 64
SHREDDED = "[uppgiften är borttagen]"
NAMES = ("file", "title")  # what in an event's data may say what was in a record
PRODUCT = "Uppsikt"  # what the application does by itself; a name is the same in every language

# action -> sentence with %(actor)s, %(object)s, %(unit)s and the keys of data and personal
sentences: dict[str, Any] = {}


def register(action: str, sentence: Any) -> None:
    """Register the sentence of an action, once, from an app's `events.py`."""
    if action in sentences:
        raise ValueError(f"two sentences for {action}")
    sentences[action] = sentence


def record(
    action: str,
    *,
    by: User | None,
    obj: models.Model,
    data: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write the event in the caller's transaction, with what each subscriber owes it.

    `data` holds no personal data; `personal` may. Raises KeyError for an action without a sentence.
    """
    if action not in sentences:
        raise KeyError(f"no sentence is registered for {action}")
    payload = _canonical({"actor": str(by) if by else "", **(personal or {})})
    salt = secrets.token_hex(32)
    unit = getattr(obj, "unit", None)
    account = access.account_of(obj)
    with transaction.atomic():
        event = AuditEvent.objects.create(
            at=clock.now(),
            action=action,
            actor_id=by.pk if by else None,
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            object_label=_label(obj),
            unit_id=unit.pk if unit else None,
            unit_label=str(unit) if unit else "",
            account_id=account.pk if account else None,
            data=json.loads(_canonical(data or {})),
            personal_sha256=_digest(salt, payload),
        )
        AuditPersonal.objects.create(event_id=event.pk, salt=salt, payload=payload)
        followups.owe(event)
    return event


def sentence(event: AuditEvent, personal: AuditPersonal | None, *, closed: bool = False) -> str:
    """Say the event in the reader's language; what was shredded is said to be removed.

    Of what is `closed` to the reader only who did what, how many and where.
    """
    known = json.loads(personal.payload) if personal else {}
    words = _Words({"object": event.object_label, "unit": event.unit_label, **event.data, **known})
    if closed:
        numbers = {key: value for key, value in event.data.items() if isinstance(value, int)}
        words = _Closed({"unit": event.unit_label, **numbers})
    words["actor"] = _actor(event, personal, known)
    return str(sentences[event.action]) % words


def with_sentences(events: list[AuditEvent], reader: User | None = None) -> list[tuple[AuditEvent, str]]:
    """Say many events to a reader, with one query for their personal data and one for who is protected by now.

    What is closed to the reader is hidden, in the sentence and in the event's label; without a reader, to everybody.
    """
    found = AuditPersonal.objects.filter(event_id__in=[event.pk for event in events])
    personal = {row.event_id: row for row in found}
    mask, closed = Mask(), shielded.closed(events, reader)
    _hide_disposed(events)
    for event in events:
        if event.pk in closed:
            event.object_label = str(shielded.HIDDEN)  # of this copy: the log's own is never changed
    return [(event, mask(sentence(event, personal.get(event.pk), closed=event.pk in closed))) for event in events]


def _hide_disposed(events: list[AuditEvent]) -> None:
    """Name what was disposed of by its number: its title, and the names of its files, are gone with it."""
    instead = disposing.labels_instead((event.object_type, event.object_id) for event in events)
    for event in events:
        label = instead.get((event.object_type, event.object_id or 0))
        if label is not None:
            event.object_label = label
            event.data = {key: SHREDDED if key in NAMES else value for key, value in event.data.items()}


def seal() -> int:
    """Append a seal for every event that has none, in order; answer how many. Safe to run twice at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        last = AuditSeal.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, FIRST)
        sealed = AuditSeal.objects.filter(event_id=models.OuterRef("pk"))
        waiting = AuditEvent.objects.filter(~models.Exists(sealed)).order_by("pk")[:SEAL_BATCH]
        seals = []
        for event in waiting:
            number, link = number + 1, _link(number + 1, previous, event)
            seals.append(
                AuditSeal(number=number, event_id=event.pk, previous=previous, hash=link, sealed_at=clock.now())
            )
            previous = link
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def unsealed_since() -> datetime | None:
    """Answer when the oldest event happened that has no seal yet; None where all are sealed."""
    sealed = AuditSeal.objects.filter(event_id=models.OuterRef("pk"))
    oldest = AuditEvent.objects.filter(~models.Exists(sealed)).order_by("pk").first()
    return oldest.at if oldest else None


def verify() -> Iterator[str]:
    """Walk the chain from its beginning and name everything that does not hold; nothing named means intact."""
    number, previous = 0, FIRST
    for batch in _batches(AuditSeal.objects.order_by("number")):
        events = AuditEvent.objects.in_bulk([seal.event_id for seal in batch])
        personal = {p.event_id: p for p in AuditPersonal.objects.filter(event_id__in=events)}
        for link in batch:
            number += 1
            event = events.get(link.event_id)
            if link.number != number or link.previous != previous:
                yield _("Förseglingen %(number)s följer inte på den före.") % {"number": link.number}
                number = link.number
            if event is None:
                yield _("Händelsen %(event)s saknas.") % {"event": link.event_id}
            elif link.hash != _link(link.number, link.previous, event):
                yield _("Händelsen %(event)s stämmer inte med sin försegling.") % {"event": event.pk}
            elif not _intact(event, personal.get(event.pk)):
                yield _("Personuppgifterna i händelsen %(event)s är ändrade.") % {"event": event.pk}
            previous = link.hash


def _intact(event: AuditEvent, personal: AuditPersonal | None) -> bool:
    return personal is None or _digest(personal.salt, personal.payload) == event.personal_sha256


def _link(number: int, previous: str, event: AuditEvent) -> str:
    facts = {field.attname: getattr(event, field.attname) for field in AuditEvent._meta.concrete_fields}
    return _digest(f"{number}:{previous}:", _canonical(facts))


def _digest(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)


def _batches(queryset: models.QuerySet[AuditSeal]) -> Iterator[list[AuditSeal]]:
    after = 0
    while batch := list(queryset.filter(number__gt=after)[:SEAL_BATCH]):
        yield batch
        after = batch[-1].number


def _actor(event: AuditEvent, personal: AuditPersonal | None, known: dict[str, Any]) -> str:
    if event.actor_id is None:
        return PRODUCT
    return known.get("actor", SHREDDED) if personal else SHREDDED


class _Words(dict):
    def __missing__(self, key: str) -> str:
        return SHREDDED


class _Closed(_Words):
    def __missing__(self, key: str) -> str:
        return str(shielded.HIDDEN)


def _label(obj: models.Model) -> str:
    # An object that is, or names, a person says so itself: its name belongs to the personal data. What is kept for ever
    # is kept in the product's own language, whichever the page was read in.
    with override(settings.LANGUAGE_CODE):
        return str(getattr(obj, "audit_label", obj))[:300]
