"""The policy document as its file states it, word by word: every chapter, every silence, every exception."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, create_model, model_validator

from governance.policy.answering import Answering, Diary
from governance.policy.base import (
    NOT_STATED,
    Frozen,
    Headed,
    Items,
    Section,
    Slug,
    Strength,
    Text,
    Title,
    Written,
    expected,
    one_line,
)
from governance.policy.conduct import Crisis, Guidance, Posts, Privacy, Revision
from governance.policy.keeping import ClosingSection, Disposal, SnapshotSection
from governance.policy.people import WORDS, ActorKey
from governance.policy.plan import PlanSection
from governance.policy.presence import CredentialsSection, InformationSection, Naming, TwoFactor, Visibility
from governance.policy.register import Register, Responsibility
from governance.policy.removal import RemovalSection
from governance.policy.scope import Match
from governance.policy.watching import OversightSection

SECTIONS: dict[str, type[Section]] = {
    "registry": Register,
    "responsibility": Responsibility,
    "naming": Naming,
    "visibility": Visibility,
    "plan": PlanSection,
    "information": InformationSection,
    "credentials": CredentialsSection,
    "two_factor": TwoFactor,
    "oversight": OversightSection,
    "answering": Answering,
    "diary": Diary,
    "removal": RemovalSection,
    "snapshot": SnapshotSection,
    "disposal": Disposal,
    "closing": ClosingSection,
    "posts": Posts,
    "crisis": Crisis,
    "privacy": Privacy,
    "revision": Revision,
    "guidance": Guidance,
}


def calendar_day(value: object) -> object:
    if value is None or type(value) is date:
        return value
    raise expected("ett datum utan citattecken, som 2013-03-25")


Day = Annotated[date, BeforeValidator(calendar_day)]


HOST = r"(?:[^\W_](?:[^\W_]|-){0,62}\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})"
WEBSITE = re.compile(rf"{HOST}|https?://{HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)


def website(value: str) -> str:
    """It ends up in texts and links: neither a script nor a login in front of another host."""
    if not WEBSITE.fullmatch(value):
        raise expected("ett värdnamn som www.exempel.se eller en adress som https://www.exempel.se/")
    return value


# As long as the columns of a policy's version are.
Key = Annotated[Slug, StringConstraints(max_length=60)]
Heading = Annotated[Written, StringConstraints(max_length=200), AfterValidator(one_line)]


class Municipality(Frozen):
    """Whose policy it is. Every clause begins with `short`."""

    name: Heading
    short: Text
    website: Annotated[Text, AfterValidator(website)]


class Source(Frozen):
    """Which document it is, who adopted it and when."""

    kind: Text
    body: Text | None
    adopted_on: Day | None
    paragraph: Text | None
    case_number: Text | None
    revised_on: Day | None
    owner: ActorKey | None
    applies_to: Text | None


class ExceptionFrame(Frozen):
    """What every exception has beside the chapters it changes: for whom, and by which clause."""

    match: Match = Field(alias="for")
    clause: Text
    strength: Strength

    @model_validator(mode="after")
    def _changes_something(self) -> "ExceptionFrame":
        if not self.sections():
            raise expected(f"minst ett avsnitt av {', '.join(SECTIONS)}")
        return self

    def sections(self) -> dict[str, Section]:
        """The chapters that read otherwise for these accounts, whole."""
        stated = {name: getattr(self, name) for name in SECTIONS}
        return {name: section for name, section in stated.items() if section is not None}


if TYPE_CHECKING:
    Titles = Frozen
    PolicyException = ExceptionFrame
else:
    # One key for each who may have a title, and one for each chapter that an exception may change.
    Titles = create_model("Titles", __base__=Frozen, **dict.fromkeys(WORDS, (Title | None, ...)))
    CHANGES = {name: (section | None, None) for name, section in SECTIONS.items()}
    PolicyException = create_model("PolicyException", __base__=ExceptionFrame, **CHANGES)


class Document(Frozen):
    """One policy file. Every key must be there, so that silence is always stated and never an oversight of ours."""

    key: Key
    title: Heading
    municipality: Municipality
    source: Source
    titles: Titles
    registry: Register
    responsibility: Responsibility
    naming: Naming
    visibility: Visibility
    plan: PlanSection
    information: InformationSection
    credentials: CredentialsSection
    two_factor: TwoFactor
    oversight: OversightSection
    answering: Answering
    diary: Diary
    removal: RemovalSection
    snapshot: SnapshotSection
    disposal: Disposal
    closing: ClosingSection
    posts: Posts
    crisis: Crisis
    privacy: Privacy
    revision: Revision
    guidance: Guidance
    exceptions: Items[PolicyException]

    @model_validator(mode="before")
    @classmethod
    def _exceptions_are_whole(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not isinstance(data.get("exceptions"), list):
            return data
        return {**data, "exceptions": [spread(data, exception) for exception in data["exceptions"]]}


def spread(general: Mapping[str, Any], exception: Any) -> Any:
    """An exception names only what differs; the rest of its chapter is the general one."""
    if not isinstance(exception, Mapping):
        return exception
    changed = {name: own for name, own in exception.items() if name in SECTIONS and isinstance(own, Mapping)}
    whole = {name: _merged(SECTIONS[name], general.get(name), own, exception) for name, own in changed.items()}
    return {**exception, **whole}


def _merged(cls: type[Section], general: Any, own: Mapping[str, Any], frame: Mapping[str, Any]) -> dict[str, Any]:
    silent = {field.alias or name: NOT_STATED for name, field in cls.model_fields.items()}
    base = dict(general) if isinstance(general, Mapping) else silent
    if issubclass(cls, Headed) and any(key in own for key in cls.headline):
        base |= {key: frame[key] for key in ("clause", "strength") if key in frame}
    return base | dict(own)
