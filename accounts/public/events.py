"""The public's reports: their actions, each with its sentence. What was written stands in the report alone."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("publicreport.receive", _("Någon lämnade en anmälan på de offentliga sidorna: %(object)s."))
register("publicreport.take", _("%(actor)s började handlägga anmälan från allmänheten: %(object)s."))
register("publicreport.answer", _("%(actor)s besvarade anmälan från allmänheten: %(object)s."))
register("publicreport.dismiss", _("%(actor)s avslutade anmälan utan åtgärd: %(object)s. Skäl: %(reason)s"))
register("publicreport.reopen", _("%(actor)s tog upp anmälan igen: %(object)s. Skäl: %(reason)s"))
register("publicreport.clean", _("Personuppgifterna togs bort ur en avslutad anmälan: %(object)s."))
