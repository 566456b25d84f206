"""The second gate: what is marked secret is open to whoever holds a role with secrecy on its unit or above.

To everybody else who sees the record, its author, text, pictures, file names and links are absent, and WITHHELD stands
there instead. Every list, page, search, snippet, file and export of records asks here.
"""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.models import Record
from governance import access, clock
from governance.models import RoleAssignment, Unit, User

WITHHELD = _("Sekretessmarkerad uppgift")

R = TypeVar("R", bound=Record)


def is_open(user: User, record: Record) -> bool:
    """Answer whether this person may see what is in the record, as far as secrecy is concerned."""
    return not record.secret or access.may_see_secret(user, record)


def must_be_open(user: User, record: Record) -> None:
    """Let nobody further whom secrecy keeps out. Raises `PermissionDenied` (403): they do see that it is there."""
    if not is_open(user, record):
        raise PermissionDenied


def open_to(user: User, prefix: str = "") -> Q:
    """Say of a record (or of a row that reaches one through `prefix`, as "record__") that it is open to this person."""
    roles = RoleAssignment.objects.in_force(clock.today()).filter(user=user, secrecy=True)
    units = Unit.objects.none()
    for path in roles.order_by().values_list("unit__path", flat=True).distinct():
        units = units | Unit.objects.filter(path__startswith=path)
    return Q(**{f"{prefix}secret": False}) | Q(**{f"{prefix}unit__in": units.values("pk")})


def withheld(user: User, records: QuerySet[R]) -> set[int]:
    """Answer which of these records (a page of them) are closed to this person; one query."""
    return set(records.order_by().exclude(open_to(user)).values_list("pk", flat=True))
