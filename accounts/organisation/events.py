"""The actions of this package, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("account.hand_over", _("%(actor)s lät %(successor)s ta över ansvaret för %(object)s efter %(person)s."))
register("account.end_duty", _("%(actor)s avslutade ansvaret för %(object)s för %(person)s. Ingen tar över."))
register("account.confirm", _("%(actor)s bekräftade att uppgifterna om %(object)s stämmer."))
register("account.move", _("%(actor)s flyttade %(object)s från %(before)s till %(after)s genom beslutet %(decision)s."))
register(
    "reorganisation.decide",
    _("%(actor)s införde omorganisationen %(object)s: %(count)s konton flyttades till %(after)s."),
)
