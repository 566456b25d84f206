"""An invitation: one mail to one person, whatever the number of accounts; its link is made when it leaves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.people import User
from governance.models.work import Outgoing


class Invitation(Outgoing):
    """A mail that leads a new person to the page where a password is chosen; the link itself is kept nowhere."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("Person"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Inbjuden av"))

    class Meta:
        verbose_name = _("inbjudan")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="invitation_waiting",
            )
        ]
