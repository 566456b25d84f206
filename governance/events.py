"""The kernel's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("policyversion.load", _("%(actor)s läste in policyn %(object)s."))
register("policyversion.adopt", _("%(actor)s antog policyn %(object)s (beslut: %(decision)s)."))
register("unit.found", _("%(actor)s lade upp organisationen %(object)s."))
register("user.enter", _("%(actor)s lade upp %(person)s."))
register("roleassignment.give", _("%(actor)s gav %(person)s rollen %(object)s."))
