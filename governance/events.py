"""The kernel's actions, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from governance.audit import register

register("policyversion.load", _("%(actor)s läste in policyn %(object)s."))
register("policyversion.adopt", _("%(actor)s antog policyn %(object)s (beslut: %(decision)s)."))
register("unit.found", _("%(actor)s lade upp organisationen %(object)s."))
register("user.enter", _("%(actor)s lade upp %(person)s."))
register("user.correct", _("%(actor)s ändrade uppgifterna om %(person)s."))
register("user.protect", _("%(actor)s införde skyddade personuppgifter för %(person)s."))
register("user.unprotect", _("%(actor)s tog bort skyddade personuppgifter för %(person)s."))
register("user.reactivate", _("%(actor)s öppnade inloggningen igen för %(person)s."))
register("user.read", _("%(actor)s läste de skyddade uppgifterna om %(person)s."))
register("user.change_email", _("%(actor)s ändrade e-postadressen för %(person)s."))
register("user.deactivate", _("%(actor)s avslutade inloggningen för %(person)s."))
register("user.login", _("%(actor)s loggade in."))
register("user.login_failed", _("Någon försökte logga in som %(person)s och lyckades inte."))
register("user.login_unknown", _("Någon försökte logga in med en adress som ingen har."))
register("roleassignment.give", _("%(actor)s gav %(person)s rollen %(object)s."))
register("roleassignment.end", _("%(actor)s avslutade rollen %(object)s för %(person)s."))
register(
    "roleassignment.limit", _("%(actor)s satte %(last_day)s som sista dag för rollen %(object)s som %(person)s har.")
)
register("unit.add", _("%(actor)s lade till enheten %(object)s."))
register("unit.rename", _("%(actor)s bytte namn på enheten %(before)s till %(object)s."))
register("unit.correct", _("%(actor)s ändrade uppgifterna om enheten %(object)s."))
register("unit.move", _("%(actor)s flyttade enheten %(object)s från %(before)s till %(after)s."))
register("unit.end", _("%(actor)s avslutade enheten %(object)s, sista dag %(last_day)s. Efterträdare: %(successor)s."))
register("authority.add", _("%(actor)s lade till myndigheten %(object)s."))
register("authority.rename", _("%(actor)s bytte namn på myndigheten %(before)s till %(object)s."))
register("authority.end", _("%(actor)s avslutade myndigheten %(object)s, sista dag %(last_day)s."))
register("policyversion.acknowledge", _("%(actor)s har läst riktlinjerna: %(object)s."))
register(
    "roleassignment.stand_in",
    _("%(actor)s gav %(person)s rollen %(object)s från %(first_day)s till %(last_day)s som ersättare för %(away)s."),
)
register("import.receive", _("%(actor)s hämtade upp en fil för inläsning: %(kind)s (%(file)s)."))
register("import.order", _("%(actor)s beställde inläsningen %(object)s."))
register(
    "import.finish",
    _("Inläsningen %(object)s är klar (%(kind)s): %(new)s nya, %(changed)s uppdaterade, %(same)s oförändrade rader."),
)
register("import.fall_back", _("Inläsningen %(object)s gick tillbaka till granskning. Ingenting lästes in."))
register("import.discard", _("%(actor)s kastade filen till inläsningen %(object)s."))
register("import.expire", _("Filen till inläsningen %(object)s kastades, eftersom den inte lästes in i tid."))
register("list.export", _("%(actor)s hämtade listan ”%(list)s” som %(format)s (antal rader: %(count)s)."))
register("user.invite", _("%(actor)s bjöd in %(person)s till Uppsikt."))
register("municipality.found", _("%(actor)s tog Uppsikt i bruk för %(object)s."))
register("municipality.change", _("%(actor)s ändrade uppgifterna om kommunen (%(fields)s)."))
register("setupcode.use", _("Koden för första start användes."))
