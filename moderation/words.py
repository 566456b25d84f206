"""How a moment and a source are said in mails, findings and the log."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance import clock
from moderation.models import Round


def when(moment: datetime) -> str:
    """Answer "fredag 20 november kl. 17.00"."""
    local = clock.local(moment)
    day = date_format(local, pgettext("mönster för dag i text", "l j F"))
    return _("%(day)s kl. %(time)s") % {"day": day.lower(), "time": date_format(local, "H.i")}


def source(round: Round) -> str:
    """Answer what the round was promised by: a clause, the account's plan, or the product's default said as such."""
    if round.basis == Round.Basis.DEFAULT:
        return _("%(clause)s, eftersom policyn inte säger hur ofta") % {"clause": round.clause}
    return round.clause
