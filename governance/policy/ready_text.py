"""The product's own ready text for an account, where a policy has none; in Swedish and English, always shown as such.

Each paragraph names every item that it takes care of, whatever a policy calls it: what a policy does not ask for is
left out of `covers` when the text is read with that policy (`defaults.complete`).
"""

from typing import Any

from governance.policy.base import DEFAULT_CLAUSE
from governance.policy.law import INFORMATION
from governance.policy.presence import InformationText, TextPart

OFFICIAL = [
    "official",
    "part_of_municipality",
    "belongs_to_city",
    "municipality_uses_it",
    "unit_as_sender",
    "law_provider",
]
VISIBLE = ["messages_visible", "law_visibility"]
PURPOSE = ["purpose", "presentation"]
FORBIDDEN = (
    "hot, hat och personangrepp",
    "hets mot folkgrupp eller uppmaningar till brott",
    "våldsskildringar eller pornografi",
    "det som någon annan har upphovsrätt till",
    "uppgifter som är hemliga eller kränker någon annan",
)
FORBIDDEN_EN = (
    "threats, hatred or personal attacks",
    "incitement to hatred or to crime",
    "depictions of violence or pornography",
    "material that belongs to somebody else",
    "information that is secret or violates somebody's privacy",
)


def _part(text: str, text_en: str, *covers: str, clause: str = DEFAULT_CLAUSE, strength: str = "bör") -> TextPart:
    facts: dict[str, Any] = {"text": text, "text_en": text_en, "covers": list(covers)}
    return TextPart.model_validate({**facts, "clause": clause, "strength": strength})


FULL = InformationText(
    clause=DEFAULT_CLAUSE,
    strength="bör",
    forbidden=FORBIDDEN,
    forbidden_en=FORBIDDEN_EN,
    parts=(
        _part(
            "Det här är ett officiellt konto för {unit}, som är en del av {municipality}. {municipality} ansvarar för "
            "kontot.",
            "This is an official account of {unit}, which is part of {municipality}. {municipality} is responsible for "
            "the account.",
            *OFFICIAL,
        ),
        _part("Därför finns vi här: {purpose}", "Why we are here: {purpose}", *PURPOSE),
        _part("Det du skriver här kan läsas av {readers}.", "What you write here can be read by {readers}.", *VISIBLE),
        _part(
            "Det du skriver blir allmän handling hos kommunen. Det bevaras eller tas bort efter kommunens beslut om "
            "gallring.",
            "What you write becomes an official document of the municipality. It is kept or disposed of as the "
            "municipality has decided.",
            "public_documents",
        ),
        _part(
            "Dina personuppgifter behandlas enligt dataskyddsförordningen. Läs mer på {website}.",
            "Your personal data is processed under the General Data Protection Regulation. Read more at {website}.",
            "personal_data",
        ),
        _part(
            "Vi läser det som skrivs här {watch_hours}.", "We read what is written here {watch_hours}.", "opening_hours"
        ),
        _part("Vi publicerar något nytt {updates}.", "We publish something new {updates}.", "update_frequency"),
        _part("Publicera inte: {forbidden}", "Do not post: {forbidden}", "forbidden"),
        _part(
            "Det som bryter mot reglerna tar vi bort, och den som skrivit det kan bli blockerad.",
            "We remove what breaks the rules, and whoever wrote it may be blocked.",
            "consequences",
        ),
        _part(
            "Skriv till {email} om du vill nå den som ansvarar för kontot, tycka till eller anmäla ett inlägg.",
            "Write to {email} to reach whoever is responsible for the account, to comment on it or to report a post.",
            "contact",
        ),
        _part(
            "Synpunkter till kommunen kan du alltid lämna på {website}.",
            "You can always give your opinion to the municipality at {website}.",
            "opinion_system",
            "website_link",
        ),
    ),
)
# What stands where there is little room: one short sentence for each thing, the most important first.
BRIEF: tuple[TextPart, ...] = (
    _part("Officiellt konto för {unit}, {municipality}.", "Official account of {unit}, {municipality}.", *OFFICIAL),
    _part("Det du skriver kan läsas av {readers}.", "What you write can be read by {readers}.", *VISIBLE),
    _part("Kontakt: {email}", "Contact: {email}", "contact"),
    _part("{website}", "{website}", "website_link"),
    _part("{purpose}", "{purpose}", *PURPOSE),
    _part(
        "Inlägg som bryter mot lag eller våra regler tas bort.",
        "Posts that break the law or our rules are removed.",
        "forbidden",
        "consequences",
    ),
    _part("Det du skriver blir allmän handling.", "What you write becomes an official document.", "public_documents"),
    _part("Vi läser {watch_hours}.", "We read {watch_hours}.", "opening_hours"),
    _part("Vi publicerar {updates}.", "We publish {updates}.", "update_frequency"),
    _part(
        "Personuppgifter behandlas enligt dataskyddsförordningen.",
        "Personal data is processed under the GDPR.",
        "personal_data",
    ),
    _part("Synpunkter lämnar du på {website}.", "Give your opinion at {website}.", "opinion_system"),
)
# What the law demands, beside a text that leaves it out.
LAW: tuple[TextPart, ...] = (
    _part(
        "{municipality} tillhandahåller det här kontot genom {unit}.",
        "{municipality} provides this account through {unit}.",
        "law_provider",
        clause=INFORMATION,
        strength="ska",
    ),
    _part(
        "Det du skriver här blir tillgängligt för {readers}.",
        "What you write here becomes available to {readers}.",
        "law_visibility",
        clause=INFORMATION,
        strength="ska",
    ),
)


def for_items(text: InformationText, keys: frozenset[str]) -> InformationText:
    """The product's text as it is for one policy: a paragraph takes care of no item that the policy lacks."""
    parts = tuple(
        part.model_copy(update={"covers": tuple(key for key in part.covers if key in keys)}) for part in text.parts
    )
    return text.model_copy(update={"parts": parts})
