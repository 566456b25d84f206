"""The actions of retention and disposal, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("documentkind.add", _("%(actor)s lade till handlingstypen %(object)s."))
register("documentkind.describe", _("%(actor)s ändrade handlingstypen %(object)s."))
register("documentkind.retire", _("%(actor)s slutade använda handlingstypen %(object)s."))
register("documentkind.take_back", _("%(actor)s tog handlingstypen %(object)s i bruk igen."))
register("disposaldecision.make", _("%(actor)s lade in gallringsbeslutet %(object)s."))
register("disposaldecision.correct", _("%(actor)s rättade gallringsbeslutet %(object)s."))
register("disposaldecision.end", _("%(actor)s noterade att gallringsbeslutet %(object)s gäller till och med %(day)s."))
register("retentionplan.begin", _("%(actor)s började på %(object)s."))
register("retentionplan.describe", _("%(actor)s ändrade inledningen till %(object)s."))
register("retentionplan.set_rule", _("%(actor)s skrev raden ”%(kind)s” (%(fate)s) i %(object)s."))
register("retentionplan.drop_rule", _("%(actor)s tog bort raden ”%(kind)s” ur %(object)s."))
register("retentionplan.discard", _("%(actor)s kastade utkastet %(object)s."))
register("retentionplan.adopt", _("%(actor)s införde att %(object)s är antagen: %(decision)s."))
register("retentionplan.supersede", _("%(object)s ersattes av en nyare version."))
register("record.classify", _("%(actor)s ordnade %(object)s som ”%(kind)s”."))
register("record.out_of_use", _("%(actor)s bedömde att %(object)s inte är aktuell längre, från %(day)s."))
register("record.in_use", _("%(actor)s tog tillbaka bedömningen att %(object)s inte är aktuell."))
register("record.dispose", _("%(object)s gallrades (gallring %(disposal)s, filer: %(files)s)."))
register("disposalhold.stop", _("%(actor)s beslutade om gallringsstopp: %(object)s. Skäl: %(reason)s"))
register("disposalhold.end", _("%(actor)s hävde: %(object)s. Skäl: %(reason)s"))
register("disposal.propose", _("%(actor)s föreslog %(object)s (antal handlingar: %(count)s), enligt %(decision)s."))
register("disposal.exempt", _("%(actor)s undantog handlingar ur %(object)s (antal: %(count)s). Skäl: %(reason)s"))
register("disposal.approve", _("%(actor)s godkände %(object)s."))
register("disposal.reject", _("%(actor)s avslog %(object)s. Skäl: %(reason)s"))
register("disposal.withdraw", _("%(actor)s tog tillbaka %(object)s."))
register("disposal.start", _("%(object)s påbörjades."))
register("disposal.finish", _("%(object)s är utförd (antal gallrade handlingar: %(count)s)."))
register(
    "disposal.reapply",
    _("Efter en återställning gallrades på nytt det som redan var gallrat (antal handlingar: %(count)s)."),
)
