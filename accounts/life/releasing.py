"""Letting go of an address: what a closed account had is nobody else's, until somebody decides so with a reason."""

from django.utils.translation import gettext as _

from accounts.life import opening
from accounts.models import Account
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused


def release(address: str, *, by: User, to: Account, reason: str) -> None:
    """Let go of the address that a closed account had, so that `to` may have it; nothing happens where nobody has it.

    Called in the transaction that gives it to `to`. The closed account keeps the address as its history. Raises
    `Refused` where the account that has it is not closed, `PermissionDenied` where `by` may not open accounts there.
    """
    found = opening.holder(address)
    if found is None:
        return
    closed = Account.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if closed.status != Account.Status.CLOSED:
        raise Refused(_("Adressen hör redan till ett annat konto i registret."))
    if not access.can(by, "open_account", closed):
        raise access.PermissionDenied
    closed.address_released_at = clock.now()
    closed.save(update_fields=["address_released_at"])
    audit.record(
        "account.release",
        by=by,
        obj=closed,
        data={"address": closed.address, "to": str(to), "to_account": to.pk},
        personal={"reason": reason},
    )
