"""The register's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("account.propose", _("%(actor)s föreslog kontot %(object)s för %(unit)s."))
register("account.approve", _("Kontot %(object)s blev godkänt i och med att planen godkändes."))
register("account.open", _("%(actor)s öppnade kontot %(object)s på adressen %(address)s."))
register("account.withdraw", _("Kontot %(object)s återtogs med sin plan."))
register("activityplan.draft", _("%(actor)s sparade ett utkast: %(object)s."))
register("activityplan.submit", _("%(actor)s lämnade för underskrift: %(object)s."))
register("activityplan.sign", _("%(actor)s undertecknade som %(capacity)s: %(object)s (SHA-256 %(sha256).12s…)."))
register("activityplan.approve", _("%(actor)s godkände: %(object)s (SHA-256 %(sha256).12s…)."))
register("activityplan.send_back", _("%(actor)s skickade tillbaka: %(object)s. Skäl: %(reason)s"))
register("activityplan.decline", _("%(actor)s avböjde uppdraget: %(object)s. Skäl: %(reason)s"))
register("activityplan.recall", _("%(actor)s tog tillbaka för ändring: %(object)s. Skäl: %(reason)s"))
register("activityplan.reopen", _("%(actor)s öppnade den godkända planen för ändring: %(object)s. Skäl: %(reason)s"))
register("account.reconsider", _("Kontot %(object)s är åter föreslaget, i väntan på att planen godkänns på nytt."))
register("activityplan.withdraw", _("%(actor)s återtog: %(object)s. Skäl: %(reason)s"))
