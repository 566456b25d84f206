"""What the register shows on pages that are not its own."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Duty
from accounts.platforms import platform_page
from governance import access, panels
from governance.models import User
from governance.panels import Panel

SHOWN = 8

panels.navigation(_("Konton"), "accounts:account-list", "see_account", 20)
panels.navigation(_("Plattformar"), "accounts:platform-list", "manage_platforms", 66)
panels.navigation(_("Planer"), "accounts:plan-list", "see_plan", 25)
panels.navigation(_("Anmälningar"), "accounts:report-list", "handle_report", 61)
panels.navigation(_("Officiella konton"), "accounts:public-list", "", 90)


@panels.panel(30)
def my_accounts(user: User) -> Panel | None:
    """Show the accounts on which this person has a duty, and where to propose one."""
    may_propose = access.holds(user, "propose_account")
    mine = Duty.objects.named().filter(person=user).values("account")
    seen = access.visible(user, Account.objects.filter(pk__in=mine), "see_account")
    holdings = list(seen.select_related("platform", "unit")[:SHOWN])
    if not holdings and not may_propose:
        return None
    return Panel("accounts/_my_accounts.html", {"holdings": holdings, "may_propose": may_propose})


@panels.account_panel(80)
def platform(user: User, account: Account) -> Panel:
    """Show what can be done on the account's platform."""
    return Panel("accounts/_platform_panel.html", platform_page.of_panel(account.platform))
