"""What the kernel registers with itself: its navigation, and the rules as a subscriber to every event."""

from django.utils.translation import gettext_lazy as _

from governance import followups, panels, rules
from governance.models import Unit
from governance.models.log import AuditEvent

RULES = "governance.rules"


def evaluate_touched(event: AuditEvent) -> None:
    """Ask the rules about what the event touched, leaving to a later event what it touches too."""
    later = followups.owed_after(event, RULES)
    rules.evaluate_each(rules.touched(event) - set().union(*(rules.touched(each) for each in later)))


def evaluate_under_new_policy(event: AuditEvent) -> None:
    """Ask every rule anew once another policy holds."""
    rules.evaluate_all()


def evaluate_where_roles_changed(event: AuditEvent) -> None:
    """Ask the rules anew under the unit where somebody got or lost a role: others may now have to act."""
    unit = Unit.objects.filter(pk=event.unit_id or 0).first()
    if unit is not None:
        rules.evaluate_under(unit)


def evaluate_without(event: AuditEvent) -> None:
    """Ask every rule anew when somebody has left: whatever that person held needs another."""
    rules.evaluate_all()


followups.subscribe(RULES, {followups.EVERYTHING}, evaluate_touched)
followups.subscribe("governance.new_policy", {"policyversion.adopt"}, evaluate_under_new_policy)

followups.subscribe("governance.roles", {"roleassignment.give", "roleassignment.end"}, evaluate_where_roles_changed)
followups.subscribe("governance.leaving", {"user.deactivate"}, evaluate_without)

panels.navigation(_("Att göra"), "governance:start-show", "", 10)
panels.navigation(_("Regelutfall"), "governance:finding-list", "see_findings", 60)
panels.navigation(_("Policy"), "governance:policy-list", "see_policy", 70)
panels.navigation(_("Logg"), "governance:audit-list", "see_audit", 80)
