"""What an account's life shows on pages that are not its own; imported by `panels`."""

from accounts.life import pending
from governance import access, panels
from governance.models import User
from governance.panels import Panel


@panels.panel(40)
def long_pending(user: User) -> Panel | None:
    """Show how many decisions have waited so long that they stand in a list of their own."""
    if not access.holds(user, "edit_plan"):
        return None
    count = pending.count_long(user)
    return Panel("accounts/_pending_panel.html", {"count": count, "days": pending.LONG_WAIT.days}) if count else None
