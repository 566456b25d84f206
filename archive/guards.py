"""What must hold before a snapshot takes a step."""

from django.utils.translation import gettext as _

from accounts.models import Account
from archive.models import ClosingDecision, Snapshot
from governance.models import User
from governance.workflow import Refused, add_guard


def may_order_again(snapshot: Snapshot, by: User | None) -> None:
    """Refuse a picture of an account that is not open, or of which another one is under way."""
    check_active(snapshot.account)
    same = {"subject": snapshot.subject}
    if snapshot.subject == Snapshot.Subject.ITEM:
        same["address_asked"] = snapshot.address_asked
    others = snapshot.account.snapshots.unfinished().filter(**same).exclude(pk=snapshot.pk)
    if others.exists():
        raise Refused(_("En annan ögonblicksbild av kontot är redan på väg."))


def check_active(account: Account) -> None:
    """Raise `Refused` unless the account is open at an address: paused, closing, or lost too, for its evidence."""
    if not (account.is_running or account.status == Account.Status.LOST):
        raise Refused(_("Kontot är inte öppnat. En ögonblicksbild kan tas när det har en adress."))


def is_preserved(account: Account, by: User | None) -> None:
    """Refuse to close an account before a snapshot was taken in its closing, or a registrar decided (R-ARCH-2)."""
    closing = account.closings.filter(ended_at=None).first()
    taken = Snapshot.objects.filter(closing=closing, status=Snapshot.Status.DONE)
    if closing is None or not (taken.exists() or ClosingDecision.objects.filter(closing=closing).exists()):
        raise Refused(_("Ta en ögonblicksbild av kontot innan det avslutas, eller ladda upp en."))


add_guard("accounts.Account", "close", "archive.is_preserved", is_preserved)
