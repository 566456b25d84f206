"""What oversight shows on pages that are not its own."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from governance import access, clock
from governance.models import User
from governance.panels import Panel, account_panel, navigation, panel
from moderation import today
from moderation.models import Round

SHOWN = 5

navigation(_("Uppsikt"), "moderation:round-today", "see_rounds", 30)


@panel(20)
def todays_oversight(user: User) -> Panel | None:
    """Show how many of this person's accounts are left to look at today."""
    accounts = today.watched(user)
    if not accounts:
        return None
    lines = today.lines(accounts, clock.now())
    left = sorted((line for line in lines if line.left), key=lambda line: line.urgency)
    return Panel("moderation/_start_panel.html", {"left": left, "shown": left[:SHOWN], "total": len(lines)})


@account_panel(60)
def rounds_of(user: User, account: Account) -> Panel | None:
    """Show an account's latest rounds, when the next is due and by what rule."""
    at = clock.now()
    if account.opened_at is None or not access.can(user, "see_rounds", account):
        return None
    rounds = Round.objects.filter(account=account).select_related("logged_by")
    context = {
        "account": account,
        "rounds": list(rounds.begun(at)[:SHOWN]),
        "coming": rounds.filter(status=Round.Status.DUE, due_at__gt=at).order_by("due_at").first(),
        "may_watch": account.is_running and access.can(user, "watch", account),
        "at": at,
    }
    return Panel("moderation/_account_panel.html", context)
