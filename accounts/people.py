"""Who is told, and who must act: the holders of a role above a unit."""

from governance import clock
from governance.models import RoleAssignment, Unit, User
from governance.permissions import COMMUNICATIONS_OFFICER, MANAGER


def officers(unit: Unit) -> list[User]:
    """Answer the communications officers whose accounts the unit's are."""
    return holding(COMMUNICATIONS_OFFICER, unit)


def managers(unit: Unit) -> list[User]:
    """Answer the nearest managers of a unit: its own, else the next one up."""
    found = list(_roles(MANAGER, unit))
    return list(dict.fromkeys(each.user for each in found if each.unit_id == found[0].unit_id))


def holding(role: str, unit: Unit) -> list[User]:
    """Answer everyone who holds a role on the unit or above it, nearest first."""
    return list(dict.fromkeys(each.user for each in _roles(role, unit)))


def _roles(role: str, unit: Unit):
    return RoleAssignment.objects.in_force(clock.today()).covering(unit).filter(role=role).select_related("user")
