"""What the register owes when somebody's identity becomes protected."""

from accounts.signatures import protection
from governance import followups

followups.subscribe("accounts.protected", {"user.protect"}, protection.hide_contacts)
