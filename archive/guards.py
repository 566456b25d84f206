"""What must hold before a snapshot takes a step."""

from django.utils.translation import gettext as _

from accounts.models import Account
from archive.models import Snapshot
from governance.models import User
from governance.workflow import Refused


def may_order_again(snapshot: Snapshot, by: User | None) -> None:
    """Refuse a picture of an account that is not open, or of which another one is under way."""
    check_active(snapshot.account)
    others = snapshot.account.snapshots.unfinished().exclude(pk=snapshot.pk)
    if others.exists():
        raise Refused(_("En annan ögonblicksbild av kontot är redan på väg."))


def check_active(account: Account) -> None:
    """Raise `Refused` unless the account is open at an address."""
    if account.status != Account.Status.ACTIVE:
        raise Refused(_("Kontot är inte öppnat. En ögonblicksbild kan tas när det har en adress."))
