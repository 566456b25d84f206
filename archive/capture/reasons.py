"""Why a capture failed, what it found and how it ended, in words for people; translate where shown."""

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
    "busy": _("Webbplatsen tar inte emot fler besök just nu. Ett nytt försök görs när den har fått vila."),
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

# What the completeness gate found of a page that was pictured. Those in ATTENTION a person must look at.
REMARKS = {
    "login_wall": _("Sidan visar en inloggning i stället för innehållet."),
    "consent_wall": _("En fråga om kakor eller samtycke täcker innehållet."),
    "covered": _("En ruta täcker innehållet."),
    "error_page": _("Webbplatsen svarade med ett felmeddelande i stället för sidan."),
    "blank": _("Sidan är tom."),
    "little_text": _("Sidan har så lite text att den troligen inte visar det som skulle arkiveras."),
    "images_missing": _("Alla bilder på sidan kom inte med."),
    "feed_height": _("Flödet stoppades vid den högsta tillåtna höjden. Äldre inlägg är inte med."),
    "feed_posts": _("Flödet stoppades vid det högsta tillåtna antalet inlägg. Äldre inlägg är inte med."),
    "feed_time": _("Inläsningen stoppades när tiden tog slut. Äldre inlägg kan saknas."),
    "feed_bytes": _("Flödet stoppades vid den största tillåtna datamängden. Äldre inlägg är inte med."),
    "dismissed": _("Rutor som låg över sidan stängdes eller doldes innan bilderna togs."),
    "unrolled": _("Sidan rullade i en egen ruta, som vecklades ut innan bilderna togs."),
    "inner_scroll": _("En del av sidan rullar i en egen ruta. Bara det som syntes i rutan är med på bilderna."),
    "other_site": _("Adressen ledde till en annan webbplats."),
    "text_cut": _("Sidans text är så lång att bara början av den är med som text. Bilderna visar hela sidan."),
    "no_phone": _("Sidan gick inte att fotografera i telefonbredd."),
    "phone_cut": _("I telefonbredd är bara början av sidan med."),
    "no_mhtml": _("Sidan gick inte att spara som MHTML."),
}
ATTENTION = frozenset({"login_wall", "consent_wall", "covered", "error_page", "blank", "little_text"})

PHASES = {
    "open": _("Öppnar sidan"),
    "scroll": _("Läser in bilder och inlägg"),
    "picture": _("Tar bilder"),
    "phone": _("Tar bilder i telefonbredd"),
    "write": _("Sparar"),
}

ENDINGS = {
    "end": _("Hela sidan lästes in."),
    "height": _("Flödet stoppades vid den högsta tillåtna höjden."),
    "posts": _("Flödet stoppades vid det högsta tillåtna antalet inlägg."),
    "time": _("Inläsningen stoppades när tiden tog slut."),
    "bytes": _("Flödet stoppades vid den största tillåtna datamängden."),
}
