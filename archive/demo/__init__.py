"""The archive of the demo: a first picture of every account, some from before Uppsikt, and a registrar's desk.

May be repeated at will.
"""

import io

from accounts.demo import year
from accounts.life import closing
from accounts.models import Account, Closing
from archive.demo import drawing, past, registrar
from archive.incoming import reading
from archive.models import Snapshot
from archive.snapshots import actions
from archive.snapshots import closing as preserving
from governance import clock
from governance.demo.people import LIBRARY
from governance.models import RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER, REGISTRAR

HOW = "Skärmbild från en dator, tagen samma dag som kontot avslutades."
LAST_WORDS = ["Nu slutar vi skriva här. Tack för alla frågor och idéer!\nVi ses på Ungdomens hus."]


def load() -> None:
    """Order a snapshot of each open account without one, which the capture worker takes when it runs."""
    for going_on in Closing.objects.going_on().filter(account__name=year.HALL.name, account__platform__key="torget"):
        if not closing.missing(going_on):
            _end(going_on)
    for account in Account.objects.running().filter(snapshots=None).order_by("pk"):
        actions.order_snapshot(account, by=_first(COMMUNICATIONS_OFFICER), occasion=Snapshot.Occasion.OPENING)
    _library()


def _library() -> None:
    account = Account.objects.running().filter(unit__name=LIBRARY, platform__key="torget").order_by("pk").first()
    officer, archivist = _first(COMMUNICATIONS_OFFICER), _first(REGISTRAR)
    if account is None or officer is None or archivist is None:
        return
    comment = past.load(account, officer)
    registrar.load(account.unit.authority, account, comment, registrar=archivist)


def _end(going_on: Closing) -> None:
    """Upload the picture that the closing asks for, and close the account."""
    drawn = drawing.page(going_on.account.name, going_on.account.address, LAST_WORDS)
    files = [reading.read("sidan.png", len(drawn), io.BytesIO(drawn))]
    preserving.upload(going_on, by=going_on.begun_by, files=files, taken_at=clock.now(), how=HOW)
    closing.close(going_on.account, by=going_on.begun_by)


def _first(role: str) -> User | None:
    held = RoleAssignment.objects.in_force(clock.today()).filter(role=role)
    given = held.order_by("unit__depth", "pk").select_related("user").first()
    return given.user if given else None
