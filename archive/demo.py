"""The archive of the demo: a first picture of every account that has none, and one of an account that has ended.

May be repeated at will.
"""

import io

from PIL import Image, ImageDraw, ImageFont

from accounts.demo import year
from accounts.life import closing
from accounts.models import Account, Closing
from archive import actions, uploads
from archive import closing as preserving
from archive.models import Snapshot
from governance import clock
from governance.models import RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER

HOW = "Skärmbild från en dator, tagen samma dag som kontot avslutades."
LAST_WORDS = "Nu slutar vi skriva här. Tack för alla frågor och idéer!\nVi ses på Ungdomens hus."
SIZE, MARGIN, LARGE, SMALL = (1280, 900), 80, 48, 28


def load() -> None:
    """Order a snapshot of each open account without one, which the capture worker takes when it runs."""
    for going_on in Closing.objects.going_on().filter(account__name=year.HALL.name, account__platform__key="torget"):
        if not closing.missing(going_on):
            _end(going_on)
    for account in Account.objects.running().filter(snapshots=None).order_by("pk"):
        actions.order_snapshot(account, by=_officer(), occasion=Snapshot.Occasion.OPENING)


def _end(going_on: Closing) -> None:
    """Upload the picture that the closing asks for, and close the account."""
    drawn = _picture(going_on.account)
    files = [uploads.read("sidan.png", len(drawn), io.BytesIO(drawn))]
    preserving.upload(going_on, by=going_on.begun_by, files=files, taken_at=clock.now(), how=HOW)
    closing.close(going_on.account, by=going_on.begun_by)


def _picture(account: Account) -> bytes:
    """Draw what somebody's screen showed: a page with the account's name and its last words."""
    sheet = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, SIZE[0], MARGIN), fill="#2f5d50")
    draw.text((MARGIN, 2 * MARGIN), account.name, "black", ImageFont.load_default(LARGE))
    lines = f"{account.address}\n\n{LAST_WORDS}"
    draw.multiline_text((MARGIN, 3 * MARGIN), lines, "#333333", ImageFont.load_default(SMALL), spacing=18)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _officer() -> User | None:
    held = RoleAssignment.objects.in_force(clock.today()).filter(role=COMMUNICATIONS_OFFICER)
    given = held.order_by("unit__depth", "pk").select_related("user").first()
    return given.user if given else None
