"""Entering the organisation: its root, its people and their roles."""

from datetime import date

from django.db import transaction

from governance import audit, clock
from governance.models import Authority, RoleAssignment, Unit, User


@transaction.atomic
def found(municipality: str, *, since: date | None = None) -> Unit:
    """Make the municipality itself: its first authority (kommunstyrelsen) and the root of its units."""
    since = since or clock.today()
    board = Authority.objects.create(name="Kommunstyrelsen", valid_from=since)
    root = Unit.objects.create(name=municipality, authority=board, valid_from=since)
    audit.record("unit.found", by=None, obj=root)
    return root


@transaction.atomic
def enter(*, email: str, name: str, title: str = "", phone: str = "", by: User | None = None) -> User:
    """Enter a person, who cannot sign in until a password is set."""
    user = User.objects.create_user(email, name=name, title=title, phone=phone)
    # What a person is called stays out of the log's lasting part.
    audit.record("user.enter", by=by, obj=user, personal={"person": name})
    return user


@transaction.atomic
def give_role(user: User, *, role: str, unit: Unit, by: User | None, secrecy: bool = False) -> RoleAssignment:
    """Give a role on a unit and all below it, from today."""
    given = RoleAssignment.objects.create(
        user=user, role=role, unit=unit, valid_from=clock.today(), secrecy=secrecy, given_by=by
    )
    audit.record(
        "roleassignment.give",
        by=by,
        obj=given,
        data={"role": role, "secrecy": secrecy},
        personal={"person": user.name},
    )
    return given
