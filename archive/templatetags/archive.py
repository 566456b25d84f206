"""Words and colours of snapshots in templates; they decide nothing."""

from datetime import timedelta

from django import template

from archive import presenting, texts
from archive.models import Snapshot
from governance.models import AuditEvent
from governance.templatetags.workflow import step_url

register = template.Library()

EVENT_COLORS = {
    "snapshot.finish": "success",
    "snapshot.fail": "danger",
    "snapshot.postpone": "warning",
    "snapshot.cancel": "warning",
    "snapshot.question": "warning",
    "snapshot.accept": "success",
    "snapshot.replace": "success",
    "record.keep": "success",
}


@register.filter
def phase(key: str) -> str:
    """Answer what is being done now, in words."""
    return texts.phase(key)


@register.filter
def why(snapshot: Snapshot) -> str:
    """Answer why a snapshot failed or waits to be tried again."""
    return presenting.why(snapshot)


@register.filter
def status_color(snapshot: Snapshot) -> str:
    """Answer the colour of a snapshot's status."""
    return presenting.COLORS[Snapshot.Status(snapshot.status)]


@register.filter
def event_color(event: AuditEvent) -> str:
    """Answer the colour of an event's mark."""
    return EVENT_COLORS.get(event.action, "neutral")


@register.filter
def retry_url(snapshot: Snapshot) -> str:
    """Answer where a snapshot is ordered again."""
    return step_url(snapshot, "retry")


@register.filter
def lasting(time: timedelta) -> str:
    """Answer a length of time in words."""
    return texts.lasting(time)
