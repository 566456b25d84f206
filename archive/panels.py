"""What the archive shows on pages that are not its own."""

from django.utils.translation import gettext_lazy as _

from accounts.life.closing_panels import closing_panel
from accounts.models import Account, Closing
from archive import presenting
from archive.browsing import comparison_part, years
from archive.incoming import uploaded_parts
from archive.models import Snapshot
from archive.models.record import THUMBNAIL
from archive.snapshots import closing as closings
from governance import access
from governance.models import User
from governance.panels import Panel, account_panel, navigation, panel

SHOWN = 5
PICTURES_SHOWN = 3

# Parts of a record's page, registered where they are made.
PARTS = (
    comparison_part,
    uploaded_parts,
)

navigation(_("Arkiv"), "archive:record-list", "see_record", 40)
navigation(_("Arkiveringsomgångar"), "archive:campaign-list", "see_record", 62, under="archive:record-list")
navigation(_("Ögonblicksbilder"), "archive:snapshot-list", "see_record", 61, under="archive:record-list")


@panel(30)
def snapshots_under_way(user: User) -> Panel | None:
    """Show the snapshots that wait or are being taken, of accounts this person sees."""
    seen = access.visible(user, Snapshot.objects.unfinished(), "see_account").select_related("account__platform")
    found = list(seen.order_by("-status", "ordered_at", "pk")[: SHOWN + 1])
    if not found:
        return None
    rows = presenting.snapshots(found[:SHOWN], user)
    return Panel("archive/_under_way.html", {"rows": rows, "more": len(found) > SHOWN})


@account_panel(50)
def pictures_of(user: User, account: Account) -> Panel | None:
    """Show an account's latest pictures, the one under way, and the button that orders one."""
    if account.opened_at is None:
        return None
    latest = account.snapshots.pages().select_related("campaign", "requested_by").first()
    seen = years.seen(user, account)
    may_order = access.can(user, "order_snapshot", account)
    context = {
        "account": account,
        "row": presenting.snapshots([latest], user)[0] if latest else None,
        "records": list(seen[:PICTURES_SHOWN]),
        "thumbnail": THUMBNAIL,
        "count": seen.count(),
        "may_order": may_order and (account.is_running or account.status == Account.Status.LOST),
        "may_upload": may_order,
    }
    return Panel("archive/_account_panel.html", context)


@closing_panel
def picture_of_closing(user: User, closing: Closing) -> Panel | None:
    """Show how far the closing's snapshot has come, and the ways to one: ordered, uploaded, or by decision."""
    preserved = closings.of(closing)
    row = presenting.snapshots([preserved.latest], user)[0] if preserved.latest else None
    may_order = access.can(user, "order_snapshot", closing.account)
    context = {
        "closing": closing,
        "preserved": preserved,
        "row": row,
        "may_order": may_order and not preserved.is_done and not (row and row.snapshot.is_unfinished),
        "may_upload": may_order and not preserved.is_done,
        "may_decide": not preserved.is_done and access.can(user, "decide_closing_snapshot", closing.account),
    }
    return Panel("archive/_closing_panel.html", context)
