"""The kernel's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("policyversion.load", _("%(actor)s läste in policyn %(object)s."))
register("policyversion.adopt", _("%(actor)s antog policyn %(object)s (beslut: %(decision)s)."))
register("unit.found", _("%(actor)s lade upp organisationen %(object)s."))
register("user.enter", _("%(actor)s lade upp %(person)s."))
register("user.change_email", _("%(actor)s ändrade e-postadressen för %(person)s."))
register("user.deactivate", _("%(actor)s avslutade inloggningen för %(person)s."))
register("user.login", _("%(actor)s loggade in."))
register("user.login_failed", _("Någon försökte logga in som %(person)s och lyckades inte."))
register("user.login_unknown", _("Någon försökte logga in med en adress som ingen har."))
register("roleassignment.give", _("%(actor)s gav %(person)s rollen %(object)s."))
register("roleassignment.end", _("%(actor)s avslutade rollen %(object)s för %(person)s."))
