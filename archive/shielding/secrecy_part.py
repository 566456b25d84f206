"""Secrecy on a record's page; also where the record is closed to the reader, and then without what is in it."""

from archive import secrecy
from archive.models import Record
from archive.record_page import part
from archive.shielding import marking
from governance import access
from governance.models import User
from governance.panels import Panel

SHOWN = ("marking", "ended", "may_mark")


@part(20, aside=True, closed=True)
def secrecy_of(user: User, record: Record) -> Panel | None:
    """Show the marking in force and the earlier ones, and the ways to set and to lift one."""
    is_open = secrecy.is_open(user, record)
    ended = record.markings.exclude(ended_at=None).select_related("authority", "ended_by") if is_open else ()
    context = {
        "is_open": is_open,
        "marking": marking.current(record),
        "ended": list(ended),
        "may_mark": not record.secret and access.can(user, "mark_secrecy", record),
        "may_lift": marking.may_lift(user, record),
    }
    return Panel("archive/record/_secrecy.html", context) if any(context[name] for name in SHOWN) else None
