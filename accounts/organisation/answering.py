"""Who must act for an account when somebody is missing: there is always somebody."""

from accounts import people
from governance import clock
from governance.models import RoleAssignment, Unit, User


def people_for(unit: Unit) -> list[User]:
    """Answer the nearest managers, else communications, else whoever keeps the organisation."""
    return people.managers(unit) or people.officers(unit) or keepers()


def keepers() -> list[User]:
    """Answer those who keep units, people and roles for the whole municipality."""
    held = RoleAssignment.objects.in_force(clock.today()).giving("manage_organisation").filter(unit__parent=None)
    return list(dict.fromkeys(each.user for each in held.select_related("user").order_by("user__sort_key", "pk")))
