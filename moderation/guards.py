"""What must hold before a round is logged; each refusal says why."""

from django.utils.translation import gettext as _

from governance import clock
from governance.models import User
from governance.workflow import Refused
from moderation.models import Round


def in_time(round: Round, by: User | None) -> None:
    """Refuse a look outside the time the round is about: it is a round of its own, and the due one stands as it is."""
    at = round.logged_at or clock.now()
    if at < round.due_from:
        raise Refused(_("Den uppsikten har inte börjat än."))
    if round.due_at is not None and at >= round.due_at:
        raise Refused(_("Tiden för den uppsikten har gått ut. Det du ser nu loggas som en extra uppsikt."))
