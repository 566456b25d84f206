"""The app's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("round.log", _("%(actor)s loggade %(object)s: sett, inget att åtgärda."))
register("round.miss", _("Ingen loggade %(object)s, som skulle ha gjorts senast %(due)s."))
register("round.escalate", _("Närmaste chef fick veta att ingen har loggat %(object)s, senast %(due)s."))
