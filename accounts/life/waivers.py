"""Deviations (avsteg) from what the policy only recommends: granted with a reason, and taken back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.life import advice
from accounts.models import Account, Waiver
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused

NAMES = "REG-6"


@transaction.atomic
def grant(account: Account, *, by: User, key: str, reason: str) -> Waiver:
    """Decide that the account may differ from what the policy recommends.

    Raises `Refused` where it does not differ or the policy demands it, `PermissionDenied` where `by` may not.
    """
    if not access.can(by, "publish_account", account):
        raise access.PermissionDenied
    found = next((each for each in advice.of(account) if each.key == key), None)
    if found is None or not found.may_be_waived:
        raise Refused(_("Här finns inget som policyn bara rekommenderar, så det går inte att besluta om avsteg."))
    try:
        with transaction.atomic():
            waiver = Waiver.objects.create(
                account=account, unit=account.unit, rule=NAMES, key=key, reason=reason, by=by, at=clock.now()
            )
    except IntegrityError as error:
        raise Refused(_("Det finns redan ett beslut om avsteg.")) from error
    data = {"clause": found.origin.clause, "key": key}
    audit.record("waiver.grant", by=by, obj=waiver, data=data, personal={"reason": reason})
    return waiver


@transaction.atomic
def end(waiver: Waiver, *, by: User) -> Waiver:
    """Take a deviation back. Raises `Refused` where it is over already, `PermissionDenied` where `by` may not."""
    locked = Waiver.objects.select_for_update(of=("self",)).get(pk=waiver.pk)
    if not access.can(by, "publish_account", locked):
        raise access.PermissionDenied
    if locked.ended_at is not None:
        raise Refused(_("Avsteget är redan upphävt."))
    locked.ended_by, locked.ended_at = by, clock.now()
    locked.save(update_fields=["ended_by", "ended_at"])
    audit.record("waiver.end", by=by, obj=locked)
    return locked
