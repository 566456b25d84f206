"""What the account shows and how one gets into it: information, name, visibility, logins, two factors."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from governance.policy.base import Demand, Items, Prose, Section, Slug, Stated, Text, Yes, expected

PLACEHOLDERS = frozenset(
    {"unit", "municipality", "email", "website", "purpose", "forbidden", "watch_hours", "updates", "readers"}
)
VisibilityKey = Literal["open", "locked", "internal"]


def known_placeholders(text: str) -> str:
    unknown = set(re.findall(r"\{([^{}]*)\}", text)) - PLACEHOLDERS
    if unknown:
        raise expected("bara " + ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)) + " inom klamrar")
    return text


Template = Annotated[Prose, AfterValidator(known_placeholders)]


class InformationItem(Stated):
    """One thing the account itself must show; `where_possible` where the platform may not allow it."""

    key: Slug
    label: Text
    where_possible: Yes


class InformationExemption(Stated):
    """For whom some items may be left out, with a reason."""

    text: Text
    items: tuple[Slug, ...]


class TextPart(Stated):
    """A paragraph of the ready information text and the items of the checklist that it takes care of."""

    text: Template
    text_en: Template | None
    covers: Items[Slug]


class InformationText(Stated):
    """A ready text for the account, with its own list of what may not be posted."""

    parts: Annotated[tuple[TextPart, ...], Field(min_length=1)]
    forbidden: tuple[Text, ...]
    forbidden_en: tuple[Text, ...] | None


class InformationSection(Section):
    """What the account shows of itself."""

    items: Items[InformationItem]
    exemptions: Items[InformationExemption]
    text: InformationText | None
    contact: Demand | None


class Information(InformationSection):
    """The checklist; what the law demands stands beside it, labelled as law."""

    statutory: tuple[InformationItem, ...]

    @property
    def all_items(self) -> tuple[InformationItem, ...]:
        return self.items + self.statutory


class NamePattern(Stated):
    """A suggested form of the name: words in braces stand for letters and digits, the rest for itself."""

    form: Text
    examples: tuple[Text, ...]
    reason: Text | None

    def fits(self, name: str) -> bool:
        parts = re.split(r"\{[^{}]*\}", self.form)
        return re.fullmatch("[^\\W_]+".join(map(re.escape, parts)), name.casefold()) is not None


class Naming(Section):
    """What an account is called."""

    clear_name: Demand | None
    like_unit: Demand | None
    clear_sender: Demand | None
    pattern: NamePattern | None


class VisibilityRule(Stated):
    """Whether the account is open, locked or internal, and why."""

    value: VisibilityKey
    reason: Text | None


class Visibility(Section):
    """Who can see the account."""

    expected: VisibilityRule | None
    without_login: Demand | None


class PlatformAccess(Stated):
    """How people get in: by a role of their own there, or with a shared login. No platform means all others."""

    platforms: Items[Slug]
    way: Literal["role", "shared"]


class CredentialStore(Stated):
    """What Uppsikt keeps of a login: a note of where it lies, or the login itself, in the vault."""

    value: Literal["reference", "vault"]


class CredentialsSection(Section):
    """Who has the login, where it is kept, and what happens when somebody leaves."""

    store: CredentialStore | None

    handed_to: Demand | None
    kept_at: Demand | None
    access: Items[PlatformAccess]
    full_access: Demand | None
    registrar_access: Demand | None
    when_leaving: Demand | None


class Credentials(CredentialsSection):
    """The same, with the product's own answer to what it keeps."""

    store: CredentialStore

    def way(self, platform: str) -> PlatformAccess | None:
        """How one gets in on a platform: the rule that names it, else the one for all others, else nothing."""
        named = (rule for rule in self.access if platform in rule.platforms)
        return next(named, next((rule for rule in self.access if not rule.platforms), None))


class TwoFactorRule(Stated):
    """Two factors on the platform, for whom, and by which means for example."""

    who: Literal["everyone"]
    every_platform: Yes
    examples: tuple[Text, ...]


class TwoFactor(Section):
    """Two-factor login to the platforms."""

    rule: TwoFactorRule | None
