"""The values of a policy file in words: choices, numbers, days, months, people and platforms."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from governance.policy.people import WORDS
from governance.policy.schema import POINTS, Policy

USES = {
    "monitoring": _("följa vad som händer"),
    "events": _("evenemang"),
    "marketing": _("marknadsföring"),
    "knowledge": _("kunskap om verksamheten"),
    "recruitment": _("rekrytering"),
    "customer_service": _("service till invånarna"),
    "crisis": _("krisinformation"),
    "internal": _("intern kommunikation"),
    "dialogue": _("dialog"),
}
ACCOUNT_KINDS = {
    "municipality_wide": _("kommunövergripande"),
    "unit": _("verksamhetens eget"),
    "recruitment": _("rekrytering"),
    "crisis": _("kris"),
    "internal": _("internt"),
    "monitoring": _("bara följa andra"),
}
SIGNATURE_PARTS = {
    "name": _("namn"),
    "title": _("titel"),
    "unit": _("verksamhet"),
    "logo": _("logotyp"),
    "greeting": _("hälsning"),
}
# key of the file -> value -> words; people are told by `Policy.word`.
CHOICES: dict[str, dict[str, Any]] = {
    "account_kind": ACCOUNT_KINDS,
    "account_kinds": ACCOUNT_KINDS,
    "by": {"central": _("centralt"), "unit": _("av verksamheten")},
    "forms": {"written": _("skriftligt"), "e_service": _("e-tjänst")},
    "key": {
        "hide": _("Dölja"),
        "unpublish": _("Avpublicera"),
        "delete": _("Ta bort"),
        "block_author": _("Blockera den som skrev"),
        "disclaimer": _("Ta avstånd"),
    },
    "kind": {"listed": "", "other": _("Utanför listan")},
    "law": {
        "unlawful_threat": _("olaga hot"),
        "breach_of_privacy": _("olaga integritetsintrång"),
        "incitement": _("uppvigling"),
        "agitation": _("hets mot folkgrupp"),
        "child_abuse_images": _("barnpornografibrott"),
        "unlawful_violence": _("olaga våldsskildring"),
        "public_provocation": _("offentlig uppmaning till brott"),
        "copyright": _("intrång i upphovsrätt"),
    },
    "of": {"whose answer it is": _("den vars svar det är"), "unit": _("verksamheten")},
    "on": {"lively_post": _("inlägg som kan väcka många kommentarer"), "removal": _("borttagning")},
    "parts": SIGNATURE_PARTS,
    "steps": {
        "take_down": _("ta bort"),
        "preserve": _("spara kopia"),
        "describe_only": _("beskriv bara i ord"),
        "police": _("kontakta polisen"),
        "security_coordinator": _("kontakta säkerhetssamordnaren"),
        "tell_author": _("underrätta den som skrev"),
        "diary": _("till diariet"),
        "ask": _("fråga"),
        "no_comment": _("ingen kommentar"),
    },
    "to": {
        "diary": _("diariet"),
        "registrar": _("registratorn"),
        "case": _("ärendet"),
        "taking_part": _("att medverka"),
        "publishing": _("att publicera"),
    },
    "use": USES,
    "value": {
        "open": _("öppet"),
        "locked": _("låst"),
        "internal": _("internt"),
        "reference": _("en anteckning om var inloggningen ligger"),
        "vault": _("inloggningen själv, krypterad"),
    },
    "way": {"role": _("egen roll på plattformen"), "shared": _("gemensam inloggning")},
    "when": {"at": _("vid förändringen"), "before": _("före förändringen")},
    "who": {"everyone": _("alla")},
}
PLATFORMS = {"youtube": "YouTube", "linkedin": "LinkedIn", "tiktok": "TikTok", "x": "X", "slideshare": "SlideShare"}

COUNTED: dict[str, Callable[[int], str]] = {
    "per_day": lambda n: ngettext("%(n)d gång per dag", "%(n)d gånger per dag", n),
    "per_day_at_least": lambda n: ngettext("minst %(n)d gång per dag", "minst %(n)d gånger per dag", n),
    "times_per_year": lambda n: ngettext("%(n)d gång om året", "%(n)d gånger om året", n),
    "per_week": lambda n: ngettext("%(n)d inlägg i veckan", "%(n)d inlägg i veckan", n),
    "days": lambda n: ngettext("högst %(n)d dag mellan två tillfällen", "högst %(n)d dagar mellan två tillfällen", n),
    "every_months": lambda n: ngettext("var %(n)d månad", "var %(n)d:e månad", n),
    "plan_within_days": lambda n: ngettext("inom %(n)d dag", "inom %(n)d dagar", n),
    "minimum": lambda n: ngettext("minst %(n)d person", "minst %(n)d personer", n),
    "maximum": lambda n: ngettext("högst %(n)d person", "högst %(n)d personer", n),
    "number": lambda n: "%(n)d",
}


def in_words(field: str, value: Any, policy: Policy) -> str:
    """Answer a value that is no rule of its own, as people say it."""
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nej")
    if isinstance(value, int):
        return COUNTED[field](value) % {"n": value}
    if isinstance(value, tuple):
        return _several(field, value, policy)
    if isinstance(value, time):
        return value.strftime("%H.%M")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return _word(field, str(value), policy)


def _several(field: str, values: Sequence[Any], policy: Policy) -> str:
    if field == "days":
        return weekdays(values)
    if field == "months":
        return listed([str(MONTHS[number]) for number in values])
    return listed([_word(field, str(value), policy) for value in values])


def _word(field: str, value: str, policy: Policy) -> str:
    if value in CHOICES.get(field, {}):
        return str(CHOICES[field][value])
    if field in ("platform", "platforms"):
        return PLATFORMS.get(value, value.capitalize())
    if field in ("first", "last"):
        month, day = value.split("-")
        return f"{int(day)} {MONTHS[int(month)]}"
    return _named(field, value, policy)


def _named(field: str, value: str, policy: Policy) -> str:
    """Answer what a key that points elsewhere in the policy is called there."""
    if field in ("items", "covers"):
        return next((item.label for item in policy.information.all_items if item.key == value), value)
    if field == "what" and value in POINTS:
        point = policy.plan.point(value)
        return point.label if point else POINTS[value].label
    return policy.word(value) if value in WORDS else value


def weekdays(numbers: Sequence[int]) -> str:
    """Answer weekdays (1 is Monday), a run of three or more as its ends."""
    names = [str(WEEKDAYS[number - 1]).lower() for number in numbers]
    together = list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
    return f"{names[0]}–{names[-1]}" if together and len(names) > 2 else listed(names)


def listed(words: Sequence[str]) -> str:
    """Answer words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
