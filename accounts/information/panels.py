"""What the checklist shows on an account's page."""

from accounts.information import checklist, pages
from accounts.models import Account
from governance.models import User
from governance.panels import Panel, account_panel


@account_panel(30)
def information_of(user: User, account: Account) -> Panel | None:
    """Show how far the checklist has come, and the way to the ready text."""
    if account.kind in checklist.SHOWS_NOTHING or account.status not in (
        *checklist.RUNNING,
        Account.Status.APPROVED,
    ):
        return None
    context = pages.context(account, user)
    context["missing"] = [line for line in context["lines"] if line.is_missing]
    context["unanswered"] = sum(line.answer is None for line in context["lines"])
    return Panel("accounts/_information_panel.html", context)
