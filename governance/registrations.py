"""What the kernel registers with itself: its navigation, and the rules as a subscriber to every event."""

from django.utils.translation import gettext_lazy as _

from governance import access, followups, guide, panels, protected, role_rules, rules
from governance.models import Unit, User
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


def evaluate_where_a_person_is_named(event: AuditEvent) -> None:
    """Ask every rule anew when somebody is called otherwise from now on, or has a last day."""
    if event.action != "user.correct" or {"name", "title", "leaves_on"} & set(event.data["fields"]):
        rules.evaluate_all()


def evaluate_where_a_unit_changed(event: AuditEvent) -> None:
    """Ask the rules anew under a unit that hangs elsewhere: others answer for what is below it."""
    unit = Unit.objects.filter(pk=event.object_id or 0).first()
    if unit is not None:
        rules.evaluate_under(unit)


followups.subscribe(RULES, {followups.EVERYTHING}, evaluate_touched)
followups.subscribe("governance.new_policy", {"policyversion.adopt"}, evaluate_under_new_policy)

followups.subscribe(
    "governance.roles",
    {"roleassignment.give", "roleassignment.stand_in", "roleassignment.end"},
    evaluate_where_roles_changed,
)
followups.subscribe("governance.leaving", {"user.deactivate", "user.reactivate"}, evaluate_without)
followups.subscribe(
    "governance.people", {"user.correct", "user.protect", "user.unprotect"}, evaluate_where_a_person_is_named
)
followups.subscribe("governance.protected", {"user.protect"}, protected.hide_in_notices)
followups.subscribe("governance.units", {"unit.move", "unit.end"}, evaluate_where_a_unit_changed)
followups.subscribe("governance.power", {"roleassignment.give", "roleassignment.stand_in"}, role_rules.tell_of_power)
followups.subscribe("governance.address", {"user.change_email"}, role_rules.tell_of_address)

panels.navigation(_("Att göra"), "governance:start-show", "", 10)
panels.navigation(_("Regelutfall"), "governance:finding-list", "see_findings", 62)
panels.navigation(_("Policy"), "governance:policy-list", "see_policy", 50)
panels.navigation(
    _("Organisation"),
    "governance:person-list",
    "manage_organisation",
    75,
    also=("governance:unit-list", "governance:authority-list", "governance:stand-in-list"),
)
panels.navigation(_("Logg"), "governance:audit-list", "see_audit", 80)
panels.navigation(_("Kom igång"), "governance:guide-show", "import_register", 85)


@panels.panel(5)
def first_days(user: User) -> panels.Panel | None:
    """Show the officer what is left of the first days, until nothing is."""
    if not access.holds_for_all(user, "import_register"):
        return None
    tasks = guide.tasks()
    left = [task for task in tasks if not task.done]
    if not left:
        return None
    done = len(tasks) - len(left)
    facts = {"tasks": tasks, "done": done, "share": 100 * done // len(tasks), "next": left[0]}
    return panels.Panel("governance/_guide_panel.html", facts)
