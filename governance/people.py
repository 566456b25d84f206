"""Entering the organisation: its root, its people and their roles; and letting people go again.

A person's address is what the municipality entered: it needs no confirmation, and it is the only one that signs in.
"""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from governance import audit, clock
from governance.demo.people import DOMAIN
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
    keep_address(user)
    # What a person is called stays out of the log's lasting part.
    audit.record("user.enter", by=by, obj=user, personal={"person": name})
    return user


def may_sign_in(user: User) -> bool:
    """Answer whether this person may sign in here: the demo's people, whose password is public, only in the demo."""
    return user.is_active and (settings.DEMO or not user.email.endswith(f"@{DOMAIN}"))


@transaction.atomic
def change_email(user: User, email: str, *, by: User | None) -> None:
    """Give a person another address; the old one neither signs in nor gets mail from now on.

    Raises `IntegrityError` where somebody else has the address.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    before, locked.email = locked.email, email
    locked.save(update_fields=["email"])
    keep_address(locked)
    user.email = locked.email
    personal = {"person": locked.name, "before": before, "after": locked.email}
    audit.record("user.change_email", by=by, obj=locked, personal=personal)


@transaction.atomic
def keep_address(user: User) -> None:
    """Make the login's own table of addresses say what the person's row says: one address, verified."""
    same = {"user": user, "email": user.email}
    if EmailAddress.objects.filter(**same, verified=True, primary=True).exists() and _only(user):
        return
    EmailAddress.objects.filter(Q(user=user) | Q(email=user.email)).exclude(**same).delete()
    EmailAddress.objects.update_or_create(**same, defaults={"verified": True, "primary": True})


@transaction.atomic
def deactivate(user: User, *, by: User | None) -> None:
    """Let a person go: no login, no roles and no duties hold from now; what the person did stays."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    if not locked.is_active:
        return
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    audit.record("user.deactivate", by=by, obj=locked, personal={"person": locked.name})


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


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """End a role: it holds no more from this moment. One that has ended already stays as it is."""
    locked = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=assignment.pk)
    yesterday = clock.today() - timedelta(days=1)
    if locked.valid_to is None or locked.valid_to > yesterday:
        # A role lasts whole days and today's would last the day out: its last day is yesterday, its hour in the log.
        locked.valid_from, locked.valid_to = min(locked.valid_from, yesterday), yesterday
        locked.save(update_fields=["valid_from", "valid_to"])
        audit.record(
            "roleassignment.end",
            by=by,
            obj=locked,
            data={"role": locked.role, "secrecy": locked.secrecy},
            personal={"person": locked.user.name},
        )
    assignment.valid_from, assignment.valid_to = locked.valid_from, locked.valid_to


def _only(user: User) -> bool:
    return EmailAddress.objects.filter(Q(user=user) | Q(email=user.email)).count() == 1
