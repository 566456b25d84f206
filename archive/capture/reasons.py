"""Why a capture failed, what it is doing and how it ended, in words for people; translate where shown."""

from archive.capture.marking import _

REASONS = {
    "refused_address": _("Adressen leder inte till en publik webbsida."),
    "refused_redirect": _("Sidan skickade vidare till en adress som inte är publik."),
    "dns": _("Värdnamnet finns inte, eller så svarade inte namntjänsten."),
    "connect": _("Det gick inte att ansluta till webbplatsen."),
    "tls": _("Webbplatsens certifikat godkändes inte."),
    "timeout": _("Sidan blev inte klar i tid."),
    "redirects": _("Sidan skickade vidare för många gånger."),
    "http_error": _("Webbplatsen svarade med ett fel i stället för sidan."),
    "not_a_page": _("Adressen gav en fil att ladda ner, inte en sida."),
    "blank": _("Sidan var tom."),
    "login_wall": _("Sidan kräver inloggning. Ladda upp en egen bild av den i stället."),
    "unstable": _("Sidan ändrade sig medan bilden togs."),
    "crashed": _("Webbläsaren kraschade på sidan."),
    "too_much_memory": _("Sidan krävde för mycket minne."),
    "too_tall": _("Sidan är högre än vad som går att arkivera."),
    "too_many_bytes": _("Sidan laddade ner mer data än vad som är tillåtet."),
    "no_browser": _("Ingen webbläsare kunde startas på servern. Kontakta systemadministratören."),
    "disk_full": _("Lagringsutrymmet är slut. Kontakta systemadministratören."),
    "internal": _("Ett oväntat fel uppstod. Systemadministratören hittar det i loggen."),
}

PHASES = {
    "open": _("Öppnar sidan"),
    "scroll": _("Läser in bilder och inlägg"),
    "picture": _("Tar bilder"),
    "write": _("Sparar"),
}

ENDINGS = {
    "end": _("Hela sidan lästes in."),
    "height": _("Flödet stoppades vid den högsta tillåtna höjden."),
    "posts": _("Flödet stoppades vid det högsta tillåtna antalet inlägg."),
    "time": _("Inläsningen stoppades när tiden tog slut."),
    "bytes": _("Flödet stoppades vid den största tillåtna datamängden."),
}
