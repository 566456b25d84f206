"""The rules over the archive itself: records are sealed soon after, and what a check finds is somebody's to mend."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import ArchiveProblem
from archive.trust import seals
from governance import clock
from governance.models import RoleAssignment, Unit, User
from governance.permissions import COMMUNICATIONS_OFFICER, REGISTRAR
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule

LONGEST_UNSEALED = timedelta(minutes=10)


@rule("TRUST-1", Unit)
def records_are_sealed(unit: Unit, at: datetime) -> Iterator[Verdict]:
    """A record that is not sealed within ten minutes could still be changed unseen: something has stopped."""
    since = None if unit.parent_id else seals.unsealed_since()
    if since is None or since + LONGEST_UNSEALED > at:
        return
    yield Verdict(
        text=_("Arkivet förseglas inte. Be den som sköter driften att se efter."),
        clause=DEFAULT_CLAUSE,
        basis=DEFAULT,
        breached_at=since + LONGEST_UNSEALED,
        who=_keepers(),
        url=reverse("archive:check-list"),
    )


@rule("TRUST-2", Unit)
def what_is_kept_is_unchanged(unit: Unit, at: datetime) -> Iterator[Verdict]:
    """What a check of the archive found changed, missing or unknown stands until it is in order again."""
    found = ArchiveProblem.objects.none() if unit.parent_id else ArchiveProblem.objects.filter(settled_at=None)
    number, first = found.count(), found.order_by("found_at", "pk").first()
    if first is None:
        return
    text = ngettext(
        "Kontrollen av arkivet fann %(number)s avvikelse.", "Kontrollen av arkivet fann %(number)s avvikelser.", number
    )
    yield Verdict(
        text=text % {"number": number},
        clause=DEFAULT_CLAUSE,
        basis=DEFAULT,
        breached_at=first.found_at,
        who=_keepers(),
        url=reverse("archive:check-list"),
    )


def _keepers() -> list[User]:
    """Answer the registrars of the whole municipality; where there is none, all; where there are none, the officers."""
    held = RoleAssignment.objects.in_force(clock.today()).select_related("user").order_by("pk")
    for chosen in (
        held.filter(role=REGISTRAR, unit__parent=None),
        held.filter(role=REGISTRAR),
        held.filter(role=COMMUNICATIONS_OFFICER, unit__parent=None),
    ):
        if people := list(dict.fromkeys(given.user for given in chosen)):
            return people
    return []
