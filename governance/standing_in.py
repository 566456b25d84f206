"""Who stands in for a manager, or another, who is away: the same role beside it, between two dates (R-PLAN-12)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance import audit, clock, role_rules
from governance.models import RoleAssignment, Unit, User
from governance.workflow import Refused


@transaction.atomic
def stand_in(
    for_user: User, by_user: User, *, role: str, unit: Unit, valid_from: date, valid_to: date, by: User | None
) -> RoleAssignment:
    """Give `by_user` the role that `for_user` holds on `unit`, from a day to a day, both included.

    Secrecy is never given with it. Raises `Refused` where the one who is away does not hold the role him- or herself,
    where they are the same person, where the stand-in has left or is one already, or where the days are wrong.
    """
    if refusal := _refusal(for_user, by_user, role, unit, (valid_from, valid_to)):
        raise Refused(refusal)
    if by is not None and (
        refusal := role_rules.refusal_to_give(role, unit, to=by_user, by=by, secrecy=False, last_day=valid_to)
    ):
        raise Refused(refusal)
    given = RoleAssignment.objects.create(
        user=by_user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=by,
        standing_in_for=for_user,
    )
    audit.record(
        "roleassignment.stand_in",
        by=by,
        obj=given,
        data={"role": role, "first_day": valid_from.isoformat(), "last_day": valid_to.isoformat()},
        personal={"person": by_user.name, "away": for_user.name},
    )
    return given


def _refusal(for_user: User, by_user: User, role: str, unit: Unit, days: tuple[date, date]) -> str:
    """Answer why nobody can stand in so, or nothing; the row of the one who is away is locked, so that it lasts."""
    first, last = days
    if last < first or last < clock.today():
        return _("Den sista dagen ska komma efter den första, i dag eller senare.")
    if by_user == for_user:
        return _("Ingen är sin egen ersättare.")
    if not by_user.is_active:
        return _("%(name)s har slutat.") % {"name": by_user.name}
    of_role = RoleAssignment.objects.select_for_update(of=("self",)).filter(role=role, unit=unit)
    if not list(of_role.in_force(first).filter(user=for_user, standing_in_for=None)):
        return _("%(name)s har inte den rollen på enheten.") % {"name": for_user.name}
    same = of_role.filter(user=by_user, standing_in_for=for_user, valid_from__lte=last, valid_to__gte=first)
    if list(same):
        return _("%(name)s är redan ersättare de dagarna.") % {"name": by_user.name}
    return ""
