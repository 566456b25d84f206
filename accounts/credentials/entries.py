"""What people do with the list of who gets into an account: enter, confirm, look again, end."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.credentials import ways
from accounts.models import Account, PlatformAccess
from governance import audit, clock
from governance.models import User
from governance.workflow import Refused


@transaction.atomic
def enter(
    account: Account, *, by: User, person: User, role: str, way: str, two_factor_on: date | None
) -> PlatformAccess:
    """Enter a person who gets into the account, as somebody has seen it to be on the platform.

    Raises `Refused` where the account is not open, or the person stands on the list already.
    """
    _must_be_open(account)
    row = PlatformAccess(account=account, unit=account.unit, person=person, expected_at=clock.now())
    try:
        with transaction.atomic():
            _seen(row, by, role=role, way=way, two_factor_on=two_factor_on)
    except IntegrityError:
        raise Refused(_("Personen står redan på listan.")) from None
    audit.record("platformaccess.enter", by=by, obj=row, personal={"person": person.name})
    return row


@transaction.atomic
def confirm(row: PlatformAccess, *, by: User, role: str, way: str, two_factor_on: date | None) -> PlatformAccess:
    """Say how a person gets in, as somebody has seen it to be on the platform. Raises `Refused` where it has ended."""
    locked = _locked(row)
    _seen(locked, by, role=role, way=way, two_factor_on=two_factor_on)
    audit.record("platformaccess.confirm", by=by, obj=locked, personal={"person": locked.person.name})
    return locked


@transaction.atomic
def check(row: PlatformAccess, *, by: User) -> PlatformAccess:
    """Say that it still is as it stands. Raises `Refused` where nobody has said how it is, or it is to be ended."""
    locked = _locked(row)
    if locked.confirmed_at is None:
        raise Refused(_("Ange först vilken roll personen har och hur den loggar in."))
    if locked.is_to_be_ended:
        raise Refused(_("Personen ska inte längre nå kontot. Avsluta åtkomsten på plattformen."))
    locked.checked_at, locked.checked_by = clock.now(), by
    locked.save(update_fields=["checked_at", "checked_by"])
    audit.record("platformaccess.check", by=by, obj=locked, personal={"person": locked.person.name})
    return locked


@transaction.atomic
def end(row: PlatformAccess, *, by: User) -> PlatformAccess:
    """Say that the person gets in no more: the role is taken away there, or the shared password changed."""
    locked = _locked(row)
    if _still_knows(locked):
        raise Refused(_("Inloggningen är gemensam. Byt lösenordet först, så avslutas åtkomsten av sig själv."))
    locked.ended_at, locked.ended_by = clock.now(), by
    locked.save(update_fields=["ended_at", "ended_by"])
    audit.record("platformaccess.end", by=by, obj=locked, personal={"person": locked.person.name})
    return locked


def _seen(row: PlatformAccess, by: User, *, role: str, way: str, two_factor_on: date | None) -> None:
    at = clock.now()
    row.role, row.way = role, way
    if two_factor_on != row.two_factor_on:
        row.two_factor_on, row.two_factor_by = two_factor_on, by if two_factor_on else None
    row.confirmed_at = row.confirmed_at or at
    row.checked_at, row.checked_by = at, by
    row.save()


def _still_knows(row: PlatformAccess) -> bool:
    """Answer whether somebody who has been let in to a shared login is to be put out of it without a change."""
    credential = getattr(row.account, "credential", None)
    shared = row.way == PlatformAccess.Way.SHARED and row.confirmed_at is not None
    return bool(shared and credential and not (credential.changed_at and credential.changed_at > _let_in(row)))


def _let_in(row: PlatformAccess):
    return row.end_due_since or clock.now()


def _must_be_open(account: Account) -> None:
    if not ways.is_open(account):
        raise Refused(_("Kontot är inte öppet. Läget är ”%s”.") % account.get_status_display())


def _locked(row: PlatformAccess) -> PlatformAccess:
    rows = PlatformAccess.objects.select_for_update(of=("self",))
    locked = rows.select_related("person", "account__platform", "account__unit", "unit").get(pk=row.pk)
    if locked.ended_at is not None:
        raise Refused(_("Åtkomsten är redan avslutad."))
    return locked
