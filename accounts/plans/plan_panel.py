"""What an account's page offers about its plan: to change it, to go on writing, and why it was rejected."""

from accounts.models import Account
from accounts.plans import amendment, came_back
from governance import access, panels
from governance.models import User
from governance.panels import Panel


@panels.account_panel(15)
def change_plan(user: User, account: Account) -> Panel | None:
    """Show how the plan is changed to those who may write it, and a rejection to those who may read it."""
    coming = amendment.unfinished(account)
    seen = coming is not None and access.can(user, "see_plan", coming)
    rejected = came_back.of(coming) if coming and seen else None
    may_write = account.status in amendment.AMENDABLE and access.can(user, "edit_plan", account)
    if not may_write and not (rejected and rejected.rejected):
        return None
    context = {
        "account": account,
        "coming": coming if seen else None,
        "rejected": rejected if rejected and rejected.rejected else None,
        "may_write": may_write,
    }
    return Panel("accounts/_plan_panel.html", context)
