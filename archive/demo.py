"""The archive of the demo: a first picture of every account that has none. May be repeated at will."""

from accounts.models import Account
from archive import actions
from archive.models import Snapshot
from governance import clock
from governance.models import RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER


def load() -> None:
    """Order a snapshot of each open account without one; the capture worker takes them when it runs."""
    for account in Account.objects.active().filter(snapshots=None).order_by("pk"):
        actions.order_snapshot(account, by=_officer(), occasion=Snapshot.Occasion.OPENING)


def _officer() -> User | None:
    held = RoleAssignment.objects.in_force(clock.today()).filter(role=COMMUNICATIONS_OFFICER)
    given = held.order_by("unit__depth", "pk").select_related("user").first()
    return given.user if given else None
