"""The archive's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("snapshotcampaign.open", _("%(actor)s startade %(object)s med %(count)s konton."))
register("snapshot.order", _("%(actor)s beställde: %(object)s (%(occasion)s)."))
register("snapshot.start", _("%(actor)s började med: %(object)s (försök %(attempt)s)."))
register("snapshot.take_over", _("%(actor)s tog över efter en tjänst som stannat: %(object)s (försök %(attempt)s)."))
register("snapshot.finish", _("%(actor)s blev klar med: %(object)s."))
register("snapshot.postpone", _("%(actor)s försöker igen senare: %(object)s. %(why)s"))
register("snapshot.fail", _("%(object)s misslyckades. %(why)s"))
register("snapshot.retry", _("%(actor)s beställde ett nytt försök: %(object)s."))
register("snapshot.cancel", _("%(actor)s avbröt: %(object)s."))
register("record.keep", _("%(actor)s arkiverade: %(object)s (%(files)s filer)."))
register("record.open", _("%(actor)s öppnade %(file)s i: %(object)s."))
register("record.download", _("%(actor)s hämtade %(file)s ur: %(object)s."))
register("record.export", _("%(actor)s hämtade alla filer i: %(object)s."))
register("record.verify", _("%(actor)s kontrollerade: %(object)s. Resultat: %(result)s."))
register("snapshot.upload", _("%(actor)s laddade upp %(files)s filer: %(object)s. Så togs de: %(how)s"))
register("closingdecision.make", _("%(actor)s fattade %(object)s: en tidigare räcker. Skäl: %(reason)s"))
