"""The rule over the log itself: what happened is sealed soon after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from governance import audit, clock, rules
from governance.models import RoleAssignment, Unit
from governance.permissions import COMMUNICATIONS_OFFICER
from governance.policy.schema import DEFAULT_CLAUSE

LONGEST_UNSEALED = timedelta(minutes=10)


@rules.rule("LOG-1", Unit)
def events_are_sealed(unit: Unit, at: datetime) -> Iterator[rules.Verdict]:
    """An event that is not sealed within ten minutes could still be changed unseen: something has stopped."""
    since = None if unit.parent_id else audit.unsealed_since()
    if since is None or since + LONGEST_UNSEALED > at:
        return
    officers = RoleAssignment.objects.in_force(clock.today()).filter(role=COMMUNICATIONS_OFFICER, unit=unit)
    yield rules.Verdict(
        text=_("Loggen förseglas inte. Be den som sköter driften att se efter."),
        clause=DEFAULT_CLAUSE,
        basis=rules.DEFAULT,
        breached_at=since + LONGEST_UNSEALED,
        who=[given.user for given in officers.select_related("user")],
        url=reverse("governance:audit-list"),
    )
