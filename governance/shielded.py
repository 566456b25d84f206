"""What the log once said of things that are closed to its reader by now: hidden where the log is shown or searched.

The log itself never changes. An app says of each kind of thing that can be closed which of them are, for a reader; to
nobody in particular (`None`) all are closed that are closed to anybody.
"""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.models.log import AuditEvent
from governance.models.people import User

HIDDEN = _("Sekretessmarkerad uppgift")

Closed = Callable[[User | None], QuerySet]
_kinds: dict[str, Closed] = {}


def shield(object_type: str, closed: Closed) -> None:
    """Register which objects of a type ("app.model") are closed to a reader, once, from an app's registrations."""
    if object_type in _kinds:
        raise ValueError(f"two shields for {object_type}")
    _kinds[object_type] = closed


def closed(events: Iterable[AuditEvent], reader: User | None) -> set[int]:
    """Answer which of these events are about something that is closed; one query per kind of thing among them."""
    about: dict[str, dict[int, list[int]]] = {}
    for event in events:
        if event.object_type in _kinds and event.object_id is not None:
            about.setdefault(event.object_type, {}).setdefault(event.object_id, []).append(event.pk)
    found: set[int] = set()
    for kind, objects in about.items():
        for pk in _kinds[kind](reader).filter(pk__in=objects).values_list("pk", flat=True):
            found.update(objects[pk])
    return found


def about_open(reader: User | None) -> Q:
    """Say of an event that what it is about is open to the reader; for searching by what it is called."""
    hidden = Q(pk__in=[])
    for kind, of in _kinds.items():
        hidden |= Q(object_type=kind, object_id__in=of(reader).order_by().values("pk"))
    return ~hidden
