"""The sections that the five documents have, as they are cited. A clause that is not among them is untrue."""

GULLSPANG = {f"Gullspång avsnitt {number}" for number in range(1, 14)}
GULLSPANG |= {f"Gullspång Bilaga 1 punkt {number}" for number in range(1, 9)}
GULLSPANG |= {"Gullspång Bilaga 1", "Gullspång Bilaga 2"}

LEKEBERG_MAIN = [f"{number}" for number in range(1, 10)]
LEKEBERG_SUB = ["2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "5.1", "5.2", "5.3", "6.2", "6.3"]
LEKEBERG = {f"Lekeberg {number}" for number in LEKEBERG_MAIN + LEKEBERG_SUB}
# Two sections bear the number 6.1.
LEKEBERG |= {"Lekeberg 6.1 Redaktörer/användare", "Lekeberg 6.1 Skriva inlägg", "Lekeberg Bilaga 1"}

NORSJO = {f"Norsjö {number}" for number in range(1, 6)}
NORSJO |= {f"Norsjö 4.{number}" for number in range(1, 11)}
NORSJO |= {f"Norsjö 4.10 {letter}" for letter in "abcdefgh"}
NORSJO |= {"Norsjö, dokumenthuvudet"}

LIDINGO_HEADINGS = """
Vad är sociala medier?
Stöd och rådgivning
Syfte med stadens användning av sociala medier
Dokumentation
Vem får använda sociala medier för Lidingö stads räkning?
Uppträdande på sociala medier
Ansvar
Allmänna handlingar och sociala medier
Dokument och gallringsplan
Privat användande av sociala medier på arbetet
Uppdatering av dokumentet Rutiner
Innan du startar
Så kommer du igång
Så uppträder du på sociala medier
Gilla och följa andra
Checklista för inlägg
Marknadsföra ett inlägg
Svara på rätt sätt
Så hanterar du inlägg och meddelanden
Så tar du bort och döljer andras inlägg och kommentarer
Så hanterar du sekretessreglerade inlägg eller handlingar
Så avslutar du ditt konto
"""
LIDINGO = {f"Lidingö, {heading}" for heading in LIDINGO_HEADINGS.strip().splitlines()}

VALDEMARSVIK_HEADINGS = """
Vad är sociala medier?
Varför ska kommunen använda sociala medier?
När ska vi inte använda sociala medier?
Vem ansvarig för innehållet?
Redaktörer
Kontroll och svar
Vad får inte publiceras?
Allmän handling, vad gäller för sociala medier?
Förteckning över sociala medier
Anställdas användning av sociala medier
"""
VALDEMARSVIK = {f"Valdemarsvik, {heading}" for heading in VALDEMARSVIK_HEADINGS.strip().splitlines()}

SECTIONS = {
    "gullspang": GULLSPANG,
    "lekeberg": LEKEBERG,
    "lidingo": LIDINGO,
    "norsjo": NORSJO,
    "valdemarsvik": VALDEMARSVIK,
}
