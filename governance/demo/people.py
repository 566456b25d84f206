"""The demo's people: invented, one per role and a few more. All have the same password."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "uppsikt-demo"  # noqa: S105 - everybody may know it: it opens the invented people of the demo only
DOMAIN = "kommun.example"

# Units of the demo, named where people and the apps' own demo data need them.
ROOT = ""
BUSINESS = "Näringslivs- och utvecklingsavdelningen"
CULTURE = "Kultur- och bildningsförvaltningen"
LIBRARY = "Biblioteket"
MUSIC_SCHOOL = "Kulturskolan"
YOUTH = "Ungdomens hus"
PRESCHOOL = "Solängens förskola"
HOUSING = "Almlundens Bostäder AB"

# What each role is for, as the login page tells a newcomer.
WHAT = {
    "communications_officer": _("Antar policyn, öppnar konton och följer allt som rör dem."),
    "manager": _("Godkänner planer och får veta när uppsikten uteblir."),
    "employee": _("Skriver planer, undertecknar dem och håller uppsikt."),
    "registrar": _("Läser och hämtar det som arkiverats, även med sekretess."),
    "security_coordinator": _("Tar emot hot och det som ska polisanmälas."),
    "auditor": _("Läser allt utom hemligheter och ändrar ingenting."),
    "system_administrator": _("Sköter användare och inställningar och ser inget innehåll."),
}


@dataclass(frozen=True)
class Person:
    """One person of the demo."""

    login: str
    name: str
    title: str
    role: str
    unit: str = ROOT
    phone: str = ""
    secrecy: bool = False

    @property
    def email(self) -> str:
        """Answer the address, which is the login."""
        return f"{self.login}@{DOMAIN}"


# The numbers are of the series kept free for invented people.
PEOPLE = (
    Person("kommunikator", "Sara Lindqvist", "Kommunikatör", "communications_officer", phone="08-465 004 10"),
    Person("kommunchef", "Per Hedlund", "Kommundirektör", "manager", phone="08-465 004 01"),
    Person("forvaltningschef", "Eva Åkesson", "Förvaltningschef", "manager", CULTURE, "08-465 004 20"),
    Person("chef", "Maria Bergström", "Bibliotekschef", "manager", LIBRARY, "08-465 004 30"),
    Person("redaktor", "Amina Hassan", "Bibliotekarie", "employee", LIBRARY, "08-465 004 31"),
    Person("sidansvarig", "Johan Nyberg", "Bibliotekarie", "employee", LIBRARY, "08-465 004 32"),
    Person("ersattare", "Lena Östlund", "Biblioteksassistent", "employee", LIBRARY, "08-465 004 33"),
    Person("musiklarare", "Oskar Ekman", "Musiklärare", "employee", MUSIC_SCHOOL, "08-465 004 41"),
    Person("registrator", "Birgitta Sandell", "Registrator", "registrar", phone="08-465 004 05", secrecy=True),
    Person("sakerhet", "Mikael Forsberg", "Säkerhetssamordnare", "security_coordinator", phone="08-465 004 07"),
    Person("revisor", "Anders Wikström", "Kommunrevisor", "auditor"),
    Person("it", "Nils Ahlgren", "IT-tekniker", "system_administrator", phone="08-465 004 90"),
)
OFFICER = PEOPLE[0]
