"""What logins and ways in show on other pages: the navigation, an account's page, and what a leaving person holds."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.credentials import pages, ways
from accounts.models import Account, PlatformAccess
from governance import holdings, panels
from governance.holdings import Holding
from governance.models import User
from governance.panels import Panel, account_panel

panels.navigation(_("Inloggningar"), "accounts:credential-list", "keep_access", 65)


@account_panel(40)
def logins_of(user: User, account: Account) -> Panel | None:
    """Show how many get in, how the login is kept, and what is due."""
    if not ways.is_open(account):
        return None
    return Panel("accounts/_access_panel.html", pages.panel_context(account, user))


def held_by(user: User) -> Iterator[Holding]:
    """Answer each account that a person gets into on its platform."""
    rows = PlatformAccess.objects.standing().filter(person=user, account__status__in=ways.OPEN_STATUSES)
    for row in rows.select_related("account__platform"):
        shared = row.way == PlatformAccess.Way.SHARED
        yield Holding(
            label=_("Når %(account)s på plattformen") % {"account": row.account},
            url=reverse("accounts:access-list", args=[row.account_id]),
            mend=_("Byt det gemensamma lösenordet") if shared else _("Ta bort rollen där och avsluta raden"),
            account_id=row.account_id,
        )


holdings.register("accounts.platform_access", 40, held_by)
