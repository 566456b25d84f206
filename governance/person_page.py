"""What a person's page shows to those who keep the organisation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from governance import clock, panels
from governance.models import RoleAssignment, User
from governance.role_words import role_words


@dataclass(frozen=True)
class RoleRow:
    """One role as it is shown: what it is called here, and whether it holds, will hold or has held."""

    assignment: RoleAssignment
    title: str
    state: str  # now, coming or past


def context(person: User, reader: User, request: HttpRequest) -> dict[str, Any]:
    """Answer everything the page needs."""
    rows = roles(person.roles.select_related("unit", "given_by", "standing_in_for"), clock.today())
    return {
        "person": person,
        "now": [row for row in rows if row.state != "past"],
        "before": [row for row in rows if row.state == "past"],
        "stand_ins": stand_ins_for(person),
        "login": login_of(person),
        "panels": _panels(reader, person, request),
        "is_self": person == reader,
    }


def roles(found: QuerySet[RoleAssignment], today: date) -> list[RoleRow]:
    """Answer roles in order: what holds and will hold first, then what has held, the latest first."""
    ordered = found.order_by("-valid_from", "-pk")
    words = role_words()
    return [RoleRow(each, words[each.role], _state(each, today)) for each in ordered]


def stand_ins_for(person: User) -> QuerySet[RoleAssignment]:
    """Answer who stands in for a person now, or will."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    standing = RoleAssignment.objects.filter(lasting, standing_in_for=person)
    return standing.select_related("user", "unit").order_by("valid_from", "pk")


def login_of(person: User) -> str:
    """Answer in words whether the person can sign in, and has."""
    if not person.is_active:
        return _("Avslutad")
    if person.last_login:
        return _("Har loggat in")
    return _("Har inte loggat in än") if person.has_usable_password() else _("Har inget lösenord än")


def _state(role: RoleAssignment, today: date) -> str:
    if role.valid_to is not None and role.valid_to < today:
        return "past"
    return "coming" if role.valid_from > today else "now"


def _panels(reader: User, person: User, request: HttpRequest) -> list[SafeString]:
    found = panels.person_panels_for(reader, person)
    return [render_to_string(panel.template, panel.context, request) for panel in found]
