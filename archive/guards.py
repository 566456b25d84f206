"""What must hold before a snapshot takes a step."""

from django.utils.translation import gettext as _

from accounts.models import Account
from archive.models import Snapshot
from governance.models import User
from governance.workflow import Refused


def account_is_active(snapshot: Snapshot, by: User | None) -> None:
    """Refuse a picture of an account that the municipality does not run."""
    check_active(snapshot.account)


def check_active(account: Account) -> None:
    """Raise `Refused` unless the account is open at an address."""
    if account.status != Account.Status.ACTIVE:
        raise Refused(_("Kontot är inte öppnat. En ögonblicksbild kan tas när det har en adress."))
