"""Entering the organisation: its root, its people and their roles; and letting people go again.

A person's address is what the municipality entered: it needs no confirmation, and it is the only one that signs in.
"""

from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance import audit, clock, letters
from governance.demo.people import DOMAIN
from governance.models import Authority, RoleAssignment, Unit, User


@transaction.atomic
def found(municipality: str, *, board_name: str = "Kommunstyrelsen", since: date | None = None) -> Unit:
    """Make the municipality itself: its first authority (kommunstyrelsen) and the root of its units."""
    since = since or clock.today()
    board = Authority.objects.create(name=board_name, valid_from=since)
    root = Unit.objects.create(name=municipality, authority=board, valid_from=since)
    audit.record("unit.found", by=None, obj=root)
    return root


@transaction.atomic
def enter(
    *,
    email: str,
    name: str,
    title: str = "",
    phone: str = "",
    protected_identity: bool = False,
    by: User | None = None,
) -> User:
    """Enter a person, who cannot sign in until a password is set."""
    user = User.objects.create_user(email, name=name, title=title, phone=phone, protected_identity=protected_identity)
    keep_address(user)
    # What a person is called stays out of the log's lasting part.
    audit.record("user.enter", by=by, obj=user, personal={"person": user.name})
    return user


@transaction.atomic
def correct(user: User, *, by: User, **fields: Any) -> User:
    """Put right what is said of a person (`name`, `title`, `phone`, `leaves_on`, `protected_identity`).

    The log names which fields, and what was there only where it is no protected identity.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    before = {name: _said(locked, name) for name in fields}
    after = {name: value for name, value in fields.items() if before[name] != value}
    for name, value in after.items():
        setattr(locked, "real_name" if name == "name" else name, value)
    if not after:
        return locked
    locked.save()
    if "protected_identity" in after:
        action = "user.protect" if locked.protected_identity else "user.unprotect"
        audit.record(action, by=by, obj=locked, personal={"person": locked.name})
    if ordinary := sorted(after.keys() - {"protected_identity"}):
        audit.record("user.correct", by=by, obj=locked, data={"fields": ordinary}, personal={"person": locked.name})
    return locked


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
    event = audit.record("user.change_email", by=by, obj=locked, personal=personal)
    # Whoever reads the new address can choose the password: the one who had the old is told there, and nowhere else.
    letters.send(to=before, key=f"address:{event.pk}", subject=_("Din adress i Uppsikt är ändrad"), body=_farewell())


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
def reactivate(user: User, *, by: User) -> None:
    """Let a person in again, with the roles and duties that nobody has taken over meanwhile."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = True
    if locked.is_active:
        return
    locked.is_active, locked.leaves_on = True, None
    locked.save(update_fields=["is_active", "leaves_on"])
    audit.record("user.reactivate", by=by, obj=locked, personal={"person": locked.name})


@transaction.atomic
def give_role(
    user: User,
    *,
    role: str,
    unit: Unit,
    by: User | None,
    secrecy: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a role on a unit and all below it, from today or the day given, with a last day where there is one."""
    given = RoleAssignment.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        secrecy=secrecy,
        given_by=by,
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


@transaction.atomic
def limit_role(assignment: RoleAssignment, *, last_day: date, by: User | None) -> None:
    """Let a role hold until the end of a day that is not before its first; it ends by itself after that."""
    locked = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=assignment.pk)
    locked.valid_to = assignment.valid_to = max(last_day, locked.valid_from)
    locked.save(update_fields=["valid_to"])
    audit.record(
        "roleassignment.limit",
        by=by,
        obj=locked,
        data={"role": locked.role, "last_day": locked.valid_to},
        personal={"person": locked.user.name},
    )


def _farewell() -> str:
    return _(
        "Din inloggning i Uppsikt har fått en ny e-postadress. Den här adressen används inte mer. "
        "Har du inte bett om det: hör av dig till kommunens kommunikatör genast."
    )


def _said(user: User, name: str) -> Any:
    return user.real_name if name == "name" else getattr(user, name)


def _only(user: User) -> bool:
    return EmailAddress.objects.filter(Q(user=user) | Q(email=user.email)).count() == 1
