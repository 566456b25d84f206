"""The policy the product acts on: every silence answered, and the nearest rule for each account."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self, overload

from governance.policy.answering import Answering, Diary
from governance.policy.base import DEFAULT_CLAUSE, NOT_STATED, Deadline, Demand, Origin, Section, basis_of
from governance.policy.conduct import Crisis, Guidance, Posts, Privacy, Revision
from governance.policy.defaults import complete
from governance.policy.document import SECTIONS, Document, Municipality, Source
from governance.policy.keeping import Closing, Disposal, Snapshot
from governance.policy.people import ACTS_AS, WORDS
from governance.policy.plan import DutyRule, Plan, Point, Signer, Statement
from governance.policy.points import POINTS, PREREQUISITES, PointInfo
from governance.policy.presence import Credentials, Information, Naming, TwoFactor, Visibility
from governance.policy.register import Register, Responsibility
from governance.policy.removal import Ground, Removal
from governance.policy.scope import EVERYWHERE, Match, Scope
from governance.policy.watching import Oversight

__all__ = [
    "ACTS_AS",
    "DEFAULT_CLAUSE",
    "NOT_STATED",
    "POINTS",
    "PREREQUISITES",
    "SECTIONS",
    "Deadline",
    "Demand",
    "DutyRule",
    "Ground",
    "Origin",
    "Oversight",
    "Plan",
    "Point",
    "PointInfo",
    "Policy",
    "Removal",
    "Scope",
    "Signer",
    "Snapshot",
    "Statement",
    "basis_of",
]


@dataclass(frozen=True, eq=False)
class Policy:
    """Each chapter as it applies everywhere; `rule` gives it as it applies to one account."""

    document: Document
    registry: Register
    responsibility: Responsibility
    naming: Naming
    visibility: Visibility
    plan: Plan
    information: Information
    credentials: Credentials
    two_factor: TwoFactor
    oversight: Oversight
    answering: Answering
    diary: Diary
    removal: Removal
    snapshot: Snapshot
    disposal: Disposal
    closing: Closing
    posts: Posts
    crisis: Crisis
    privacy: Privacy
    revision: Revision
    guidance: Guidance
    exceptions: tuple[tuple[Match, dict[str, Section]], ...]

    @classmethod
    def of(cls, document: Document) -> Self:
        """The policy of a document that has been read and found in order."""
        chapters: dict[str, Any] = {name: complete(name, getattr(document, name)) for name in SECTIONS}
        exceptions = tuple(
            (frame.match, {name: complete(name, section) for name, section in frame.sections().items()})
            for frame in document.exceptions
        )
        return cls(document=document, exceptions=exceptions, **chapters)

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def municipality(self) -> Municipality:
        return self.document.municipality

    @property
    def source(self) -> Source:
        return self.document.source

    @cached_property
    def words(self) -> dict[str, str]:
        """What the document itself calls roles, duties and offices, in lower case."""
        titles = {key: getattr(self.document.titles, key) for key in WORDS}
        return {key: title.word for key, title in titles.items() if title is not None}

    def word(self, who: str) -> str:
        """What somebody is called on screen, in lower case: the document's word, else the product's."""
        return self.words.get(who) or WORDS[who]

    @overload
    def rule(self, section: Literal["plan"], scope: Scope = ...) -> Plan: ...
    @overload
    def rule(self, section: Literal["oversight"], scope: Scope = ...) -> Oversight: ...
    @overload
    def rule(self, section: Literal["snapshot"], scope: Scope = ...) -> Snapshot: ...
    @overload
    def rule(self, section: Literal["removal"], scope: Scope = ...) -> Removal: ...
    @overload
    def rule(self, section: Literal["information"], scope: Scope = ...) -> Information: ...
    @overload
    def rule(self, section: Literal["answering"], scope: Scope = ...) -> Answering: ...
    @overload
    def rule(self, section: Literal["naming"], scope: Scope = ...) -> Naming: ...
    @overload
    def rule(self, section: Literal["visibility"], scope: Scope = ...) -> Visibility: ...
    @overload
    def rule(self, section: str, scope: Scope = ...) -> Any: ...

    def rule(self, section: str, scope: Scope = EVERYWHERE) -> Any:
        """The chapter for this account: the nearest exception that matches and changes it, else the general."""
        if section not in SECTIONS:
            raise KeyError(section)
        near = [
            (distance, changed[section])
            for match, changed in self.exceptions
            if section in changed and (distance := match.distance(scope)) is not None
        ]
        return min(near, key=lambda each: each[0])[1] if near else getattr(self, section)
