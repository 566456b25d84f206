"""The catalogue: points of a plan and prerequisites of an account that the product knows how to ask for.

A policy chooses which of them it demands and what they are called; every other one can still be filled in.
"""

from typing import NamedTuple

from governance.policy.marks import N_


class PointInfo(NamedTuple):
    """A known point with the product's own label and help, for policies that do not demand it."""

    label: str
    help: str


POINTS: dict[str, PointInfo] = {
    "platform": PointInfo(N_("Socialt medium"), N_("Vilken plattform kontot ska finnas på.")),
    "address": PointInfo(N_("Webbadress"), N_("Kontots adress, så snart den är känd.")),
    "unit": PointInfo(N_("Verksamhet"), N_("Den förvaltning, avdelning eller enhet som kontot hör till.")),
    "purpose": PointInfo(N_("Syfte"), N_("Varför kontot behövs och vad det ska bidra med.")),
    "target_group": PointInfo(N_("Målgrupp"), N_("Vilka ni vill nå.")),
    "administrators": PointInfo(
        N_("Administratörer"), N_("Namn, e-post och telefon till dem som administrerar kontot.")
    ),
    "daily_operation": PointInfo(N_("Daglig drift"), N_("Vem eller vilka som skriver inlägg och svarar på frågor.")),
    "watch_and_updates": PointInfo(
        N_("Bevakning och uppdatering"), N_("Vilka dagar och tider kontot bevakas och hur ofta det uppdateras.")
    ),
    "hours_per_week": PointInfo(N_("Arbetstid"), N_("Hur många timmar i veckan kontot beräknas ta.")),
    "staffing": PointInfo(N_("Bemanning"), N_("Vilka som ansvarar för kontot och skriver där.")),
    "absence_routine": PointInfo(
        N_("Rutin vid frånvaro"), N_("Hur uppsikten sköts vid semester, sjukdom, utbildning och annan frånvaro.")
    ),
    "terms_of_use": PointInfo(
        N_("Avtalsvillkor"), N_("Er bedömning av de villkor som ni och besökarna måste godta på plattformen.")
    ),
    "website_first": PointInfo(
        N_("Webbplatsen först"),
        N_("Att informationen på kommunens webbplats räcker och är aktuell innan kontot startar."),
    ),
    "goals": PointInfo(N_("Mål"), N_("Mål som går att mäta och hur ni följer upp dem.")),
    "responsible": PointInfo(N_("Ansvarig"), N_("Den person som svarar för kontot och hur man når honom eller henne.")),
    "mission": PointInfo(N_("Uppdrag"), N_("Det uppdrag som chefen ger dem som ska sköta kontot.")),
}
# A policy may ask for more, in its own words; such a point is answered in free text.
OWN_POINT = "own_"

PREREQUISITES: dict[str, str] = {
    "guidelines_read": N_("De som sköter kontot har läst riktlinjerna"),
    "platform_skill": N_("De som sköter kontot kan hantera plattformen"),
    "website_first": N_("Webbplatsen är aktuell"),
    "terms_of_use": N_("Plattformens avtalsvillkor är bedömda"),
    "anchored_in_unit": N_("Arbetet är förankrat i verksamheten"),
    "resources": N_("Tid och resurser är avsatta"),
    "purpose_clear": N_("Syftet är klargjort för dem som berörs"),
    "mission_given": N_("Chefen har gett ett tydligt uppdrag"),
    "acts_as_employee": N_("Det är klargjort att kontot används i tjänsten"),
    "needs_of_audience": N_("Målgruppen finns på plattformen"),
    "follow_up": N_("Det är bestämt hur insatserna följs upp"),
    "communication_plan": N_("Kontot finns med i verksamhetens kommunikationsplan"),
}
