"""What the ready text says of one account: each placeholder of `presence.PLACEHOLDERS`, from account, plan and policy.

A fact that is not known is an empty text; whatever speaks of it is then left out of the text, and said to be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import override

from accounts.models import Account, ActivityPlan
from governance.models import Municipality
from governance.policy import ready_text
from governance.policy.presence import Information
from governance.policy.schema import Policy
from governance.policy_choices import weekdays

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = (SWEDISH, ENGLISH)
# Times that are the same in every language: "8–16", "kl." and words are not.
FIGURES = re.compile(r"[\d\s:.,–-]+")
READERS = {
    (Account.Visibility.OPEN, SWEDISH): "alla, även den som inte är inloggad",
    (Account.Visibility.LOCKED, SWEDISH): "alla som följer kontot",
    (Account.Visibility.INTERNAL, SWEDISH): "alla som har tillgång till kontot",
    (Account.Visibility.OPEN, ENGLISH): "everyone, also without logging in",
    (Account.Visibility.LOCKED, ENGLISH): "everyone who follows the account",
    (Account.Visibility.INTERNAL, ENGLISH): "everyone who has access to the account",
}
# The text's own words: it is published in both languages, whichever the page is read in.
EVERY_DAY = {SWEDISH: "alla dagar", ENGLISH: "every day"}
SELDOM = {SWEDISH: "mer sällan än varje vecka", ENGLISH: "less often than every week"}
ABOUT = {SWEDISH: "ungefär ", ENGLISH: "about "}
ONCE = {SWEDISH: "en gång i veckan", ENGLISH: "once a week"}
OFTEN = {SWEDISH: "{} gånger i veckan", ENGLISH: "{} times a week"}
OR = {SWEDISH: "{} eller {}", ENGLISH: "{} or {}"}


@dataclass(frozen=True)
class Subject:
    """Whose text it is: the account, its plan in force, and what its policy says."""

    account: Account
    plan: ActivityPlan | None
    policy: Policy
    information: Information

    @property
    def own_text(self) -> bool:
        """Answer whether the policy has a text of its own; else the product's is used, and said to be."""
        return not self.information.is_default("text")


def about(subject: Subject, language: str) -> dict[str, str]:
    """Answer every placeholder's words in one language ("sv" or "en")."""
    account, municipality = subject.account, subject.policy.municipality
    with override(language):
        return {
            "unit": account.unit.name,
            "municipality": municipality.name,
            "website": municipality.website,
            "email": account.public_email or Municipality.objects.current().email,
            "purpose": _sentence(_purpose(subject, language)),
            "forbidden": _sentence(_listed(_forbidden(subject, language), language)),
            "watch_hours": _watch_hours(subject, language),
            "updates": _updates(subject.plan, language),
            "readers": READERS[Account.Visibility(account.visibility), language],
        }


def filled(template: str, facts: Mapping[str, str]) -> str | None:
    """Answer the template in words; None where a fact that it needs is not known."""
    if any(not facts[name] for name in needed(template)):
        return None
    words = re.sub(r"\{([a-z_]+)\}", lambda match: facts[match[1]], template)
    # A purpose that ends as a sentence, in the middle or at the end of one.
    return re.sub(r"\.\.(?!\.)", ".", words)


def needed(template: str) -> list[str]:
    """Answer the placeholders of a template."""
    return re.findall(r"\{([a-z_]+)\}", template)


def _purpose(subject: Subject, language: str) -> str:
    account, plan = subject.account, subject.plan
    if language == ENGLISH:
        return account.public_about_en
    return account.public_about or (plan.purpose if plan else "")


def _forbidden(subject: Subject, language: str) -> Sequence[str]:
    """Answer what may not be posted: the text's own list, else in Swedish the grounds on which the policy removes."""
    text = subject.information.text
    if language == ENGLISH:
        return (text.forbidden_en if text else None) or ready_text.FORBIDDEN_EN
    if text and subject.own_text and text.forbidden:
        return text.forbidden
    grounds = subject.policy.rule("removal", subject.account.scope).grounds
    return [ground.label for ground in grounds if ground.kind == "listed"] or ready_text.FORBIDDEN


def _watch_hours(subject: Subject, language: str) -> str:
    plan = subject.plan
    days = list(plan.watch_days) if plan else []
    days = days or list(subject.policy.rule("oversight", subject.account.scope).days or ())
    if not days:
        return ""
    words = EVERY_DAY[language] if len(days) == len(WEEKDAYS) else _named_as_written(weekdays(sorted(days)))
    times = plan.watch_times.strip() if plan else ""
    shown = times if language == SWEDISH or FIGURES.fullmatch(times) else ""
    return f"{words}, {shown}" if shown else words


def _named_as_written(days: str) -> str:
    """Answer weekdays as the language writes them; English has a capital letter."""
    for name in WEEKDAYS.values():
        days = days.replace(str(name).lower(), str(name))
    return days


def _updates(plan: ActivityPlan | None, language: str) -> str:
    number = plan.updates_per_week if plan else None
    if not number:
        return ""
    if number < 1:
        return SELDOM[language]
    whole = int(number.to_integral_value())
    often = ONCE[language] if whole == 1 else OFTEN[language].format(whole)
    return often if number == whole else ABOUT[language] + often


def _listed(words: Sequence[str], language: str) -> str:
    """Answer a list in a sentence; with semicolons where a part has commas of its own."""
    if any("," in each for each in words):
        return "; ".join(words)
    if len(words) < 2:
        return "".join(words)
    return OR[language].format(", ".join(words[:-1]), words[-1])


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…" else f"{text}."
