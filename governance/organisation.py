"""Units and authorities as they change: verbs that save, each in one transaction with its place in the log."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance import audit, clock
from governance.models import Authority, Unit, User
from governance.workflow import Refused


@transaction.atomic
def add_unit(
    *, by: User | None, name: str, parent: Unit, authority: Authority, email: str = "", since: date | None = None
) -> Unit:
    """Add a unit below another one, from a day."""
    unit = Unit.objects.create(
        name=name, parent=parent, authority=authority, email=email, valid_from=since or clock.today()
    )
    audit.record("unit.add", by=by, obj=unit)
    return unit


@transaction.atomic
def correct_unit(unit: Unit, *, by: User | None, **fields: Any) -> Unit:
    """Put right a unit's `name`, `email` or `authority`; what was made before keeps the authority it was made under."""
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before = {name: getattr(locked, name) for name in fields}
    changed = {name for name, value in fields.items() if before[name] != value}
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        locked.save()
    if "name" in changed:
        audit.record("unit.rename", by=by, obj=locked, data={"before": before["name"]})
    if others := sorted(changed - {"name"}):
        audit.record("unit.correct", by=by, obj=locked, data={"fields": others})
    return locked


@transaction.atomic
def move_unit(unit: Unit, *, to: Unit, by: User | None) -> Unit:
    """Hang a unit, with all below it, under another one. Raises Refused below itself and for the municipality."""
    locked = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    above = Unit.objects.select_for_update(of=("self",)).get(pk=to.pk)
    if locked.parent is None:
        raise Refused(_("Kommunen själv kan inte flyttas."))
    if above.path.startswith(locked.path):
        raise Refused(_("En enhet kan inte ligga under sig själv."))
    before, locked.parent = locked.parent, above
    locked.save()
    audit.record("unit.move", by=by, obj=locked, data={"before": str(before), "after": str(above)})
    return locked


@transaction.atomic
def end_unit(unit: Unit, *, successor: Unit, last_day: date, by: User | None) -> Unit:
    """End a unit on a day, with a successor below which it hangs from now, so that nothing it left is out of reach.

    Raises Refused for the municipality itself, a successor below it, and while units that go on are below it.
    """
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if locked.parent_id is None:
        raise Refused(_("Kommunen själv kan inte avslutas."))
    if successor.path.startswith(locked.path):
        raise Refused(_("Efterträdaren kan inte vara enheten själv eller en enhet under den."))
    if Unit.objects.filter(parent=locked).filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).exists():
        raise Refused(_("Enheten har enheter under sig som finns kvar. Flytta eller avsluta dem först."))
    locked.successor, locked.valid_to = successor, last_day
    locked.save()
    data = {"last_day": last_day, "successor": str(successor)}
    audit.record("unit.end", by=by, obj=locked, data=data)
    return locked


@transaction.atomic
def add_authority(*, by: User | None, name: str, kind: str, since: date | None = None) -> Authority:
    """Add a board or a municipal company, from a day."""
    authority = Authority.objects.create(name=name, kind=kind, valid_from=since or clock.today())
    audit.record("authority.add", by=by, obj=authority)
    return authority


@transaction.atomic
def rename_authority(authority: Authority, *, name: str, kind: str, by: User | None) -> Authority:
    """Give an authority another name, or say what kind it is; what was made under it follows."""
    locked = Authority.objects.select_for_update().get(pk=authority.pk)
    before = locked.name
    if (locked.name, locked.kind) != (name, kind):
        locked.name, locked.kind = name, kind
        locked.save()
        audit.record("authority.rename", by=by, obj=locked, data={"before": before})
    return locked


@transaction.atomic
def end_authority(authority: Authority, *, last_day: date, by: User | None) -> Authority:
    """End an authority on a day. Raises Refused while units belong to it after that day."""
    locked = Authority.objects.select_for_update().get(pk=authority.pk)
    if locked.units.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).exists():
        raise Refused(_("Det finns enheter kvar under myndigheten. Byt deras myndighet eller avsluta dem först."))
    locked.valid_to = last_day
    locked.save(update_fields=["valid_to"])
    audit.record("authority.end", by=by, obj=locked, data={"last_day": last_day})
    return locked
