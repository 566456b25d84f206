"""What the kernel registers with itself: its navigation, and the rules as a subscriber to every event."""

from django.utils.translation import gettext_lazy as _

from governance import followups, panels, rules
from governance.models.log import AuditEvent

RULES = "governance.rules"


def evaluate_touched(event: AuditEvent) -> None:
    """Ask the rules about what the event touched, leaving to a later event what it touches too."""
    later = followups.owed_after(event, RULES)
    rules.evaluate_each(rules.touched(event) - set().union(*(rules.touched(each) for each in later)))


def evaluate_under_new_policy(event: AuditEvent) -> None:
    """Ask every rule anew once another policy holds."""
    rules.evaluate_all()


followups.subscribe(RULES, {followups.EVERYTHING}, evaluate_touched)
followups.subscribe("governance.new_policy", {"policyversion.adopt"}, evaluate_under_new_policy)

panels.navigation(_("Att göra"), "governance:start-show", "", 10)
panels.navigation(_("Regelutfall"), "governance:finding-list", "see_findings", 60)
panels.navigation(_("Policy"), "governance:policy-list", "see_policy", 70)
panels.navigation(_("Logg"), "governance:audit-list", "see_audit", 80)
