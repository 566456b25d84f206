"""What the archive shows on pages that are not its own."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from archive import presenting
from archive.models import Record, Snapshot
from archive.models.record import THUMBNAIL
from governance import access
from governance.models import User
from governance.panels import Panel, account_panel, navigation, panel

SHOWN = 5
PICTURES_SHOWN = 3

navigation(_("Arkiv"), "archive:record-list", "see_record", 40)
navigation(_("Arkiveringsomgångar"), "archive:campaign-list", "see_record", 50)


@panel(30)
def snapshots_under_way(user: User) -> Panel | None:
    """Show the snapshots that wait or are being taken, of accounts this person sees."""
    seen = access.visible(user, Snapshot.objects.unfinished(), "see_account").select_related("account__platform")
    found = list(seen.order_by("-status", "ordered_at", "pk")[: SHOWN + 1])
    if not found:
        return None
    return Panel("archive/_under_way.html", {"snapshots": found[:SHOWN], "more": len(found) > SHOWN})


@account_panel(30)
def pictures_of(user: User, account: Account) -> Panel | None:
    """Show an account's latest pictures, the one under way, and the button that orders one."""
    if account.opened_at is None:
        return None
    latest = account.snapshots.select_related("campaign", "requested_by").first()
    kept = Record.objects.filter(account=account, kind=Record.Kind.SNAPSHOT)
    seen = access.visible(user, kept, "see_record")
    context = {
        "account": account,
        "row": presenting.snapshots([latest], user)[0] if latest else None,
        "records": list(seen[:PICTURES_SHOWN]),
        "thumbnail": THUMBNAIL,
        "count": seen.count(),
        "may_order": account.status == Account.Status.ACTIVE and access.can(user, "order_snapshot", account),
    }
    return Panel("archive/_account_panel.html", context)
