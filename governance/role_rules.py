"""Who may give which role, and who is told (docs/adr/0010-who-gives-roles.md).

Roles are given by those who keep the organisation for the whole municipality. Nobody gives him- or herself more than he
or she has already, and whoever gets the run of everything, or the right to read what is secret, is made known to the
other communications officers.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from governance import clock, notices
from governance.models import AuditEvent, RoleAssignment, Unit, User
from governance.permissions import COMMUNICATIONS_OFFICER, ROLES


def refusal_to_give(
    role: str,
    unit: Unit,
    *,
    to: User,
    by: User,
    secrecy: bool,
    last_day: date | None = None,
    besides: int = 0,
) -> str:
    """Answer why `by` may not give this role until `last_day` (None: for good), or nothing.

    For oneself only what one has as long already counts; not the assignment `besides`, which is the one to be made to
    last longer.
    """
    if to != by:
        return ""
    lasting = Q(valid_to=None) | (Q(valid_to__gte=last_day) if last_day else Q(pk=None))
    held = RoleAssignment.objects.in_force(clock.today()).filter(lasting, user=by).exclude(pk=besides).covering(unit)
    own = frozenset().union(*(ROLES[each.role] for each in held))
    if secrecy and not held.filter(secrecy=True).exists():
        return _("Du kan inte ge dig själv rätt att se sekretessmarkerade uppgifter. Be någon annan.")
    if not ROLES[role] <= own:
        return _("Du kan inte ge dig själv en roll med större befogenheter än du har. Be någon annan.")
    return ""


def refusal_to_limit(assignment: RoleAssignment, *, last_day: date, by: User) -> str:
    """Answer why `by` may not let a role last until this day, or nothing: one's own is not made longer."""
    if assignment.valid_to is None or last_day <= assignment.valid_to:
        return ""
    return refusal_to_give(
        assignment.role,
        assignment.unit,
        to=assignment.user,
        by=by,
        secrecy=assignment.secrecy,
        last_day=last_day,
        besides=assignment.pk,
    )


def refusal_to_end(assignment: RoleAssignment) -> str:
    """Answer why a role cannot be ended, or nothing: somebody must always keep the organisation."""
    return _left_alone(Q(pk=assignment.pk))


def refusal_to_deactivate(user: User, *, by: User | None = None) -> str:
    """Answer why a person cannot be deactivated, or nothing."""
    if user == by:
        return _("Du kan inte avsluta din egen inloggning. Be någon annan.")
    return _left_alone(Q(user=user))


def tell_of_power(event: AuditEvent) -> None:
    """Tell the other communications officers who got the run of everything, or may read what is secret."""
    given = RoleAssignment.objects.select_related("user", "unit").get(pk=event.object_id or 0)
    if not (given.secrecy or "manage_organisation" in ROLES[given.role]):
        return
    subject = _("%(person)s har fått rollen %(role)s") % {"person": given.user, "role": given.audit_label}
    body = _("%(person)s har fått rollen %(role)s.") % {"person": given.user, "role": given.audit_label}
    if given.secrecy:
        body += " " + _("Rollen ger rätt att se sekretessmarkerade uppgifter.")
    body += " " + _("Stämmer det inte ska rollen avslutas.")
    for officer in _officers_besides({given.user_id, event.actor_id}):
        key = f"role:{given.pk}:{officer.pk}"
        url = reverse("governance:person-show", args=[given.user_id])
        notices.send("role", to=officer, key=key, subject=subject, body=body, url=url)


def tell_of_address(event: AuditEvent) -> None:
    """Tell the other communications officers that somebody with power signs in by another address from now on."""
    user = User.objects.filter(pk=event.object_id or 0).first()
    held = RoleAssignment.objects.in_force(clock.today()).filter(user=user)
    if user is None or not any(each.secrecy or "manage_organisation" in ROLES[each.role] for each in held):
        return
    subject = _("%(person)s loggar in med en ny adress") % {"person": user}
    body = _("Någon som sköter organisationen har ändrat adressen. Hör efter med personen själv att det stämmer.")
    for officer in _officers_besides({user.pk, event.actor_id}):
        url = reverse("governance:person-show", args=[user.pk])
        notices.send("role", to=officer, key=f"address:{event.pk}:{officer.pk}", subject=subject, body=body, url=url)


def _officers_besides(involved: set[int | None]) -> QuerySet[User]:
    officers = RoleAssignment.objects.in_force(clock.today()).filter(role=COMMUNICATIONS_OFFICER, unit__parent=None)
    return User.objects.filter(pk__in=officers.exclude(user__in=[pk for pk in involved if pk]).values("user"))


def _left_alone(gone: Q) -> str:
    """Answer what is said where nobody is left to keep the organisation once these roles are gone."""
    keeping = RoleAssignment.objects.in_force(clock.today()).giving("manage_organisation")
    lasting = keeping.filter(unit__parent=None, valid_to=None)
    if lasting.exclude(gone).exists() or not keeping.filter(gone, unit__parent=None).exists():
        return ""
    return _("Då sköter ingen längre enheter, personer och roller. Ge rollen till någon annan först.")
