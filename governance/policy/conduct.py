"""Posting, crisis, privacy, revision of the policy, and the guidance people have at hand."""

from typing import Annotated, Literal

from pydantic import Field

from governance.policy.base import Counted, Demand, Items, Prose, Section, Slug, Stated, Text, Yes
from governance.policy.people import ActorKey
from governance.policy.scope import AccountKind


class PostRequests(Stated):
    """Units ask for a post on an account of this kind; who decides."""

    account_kind: AccountKind
    decided_by: ActorKey


class ChecklistItem(Stated):
    """A question to ask oneself before a post."""

    key: Slug
    question: Text


class Posts(Section):
    """What the document says of our own posts."""

    requests: PostRequests | None
    checklist: Items[ChecklistItem]
    not_only_here: Demand | None
    not_by_category: Demand | None
    language: Demand | None
    tone: Demand | None
    invite_dialogue: Demand | None
    following: Demand | None
    sharing: Demand | None
    advertising: Demand | None
    no_promises: Demand | None


class Leading(Stated):
    """The account that leads in a crisis; whether the others may point to it."""

    account_kind: AccountKind
    platform: Slug
    others_may_point: Yes


class Crisis(Section):
    """What the document says of a crisis."""

    leading: Leading | None
    coordinator: Demand | None
    own_initiatives: Demand | None
    use: Demand | None


class Consent(Stated):
    """Whose consent, to what, and in which form."""

    material: tuple[Text, ...]
    to: tuple[Literal["taking_part", "publishing"], ...]
    guardians: Yes
    forms: tuple[Literal["written", "e_service"], ...]


class Privacy(Section):
    """Personal data, pictures and other people's rights."""

    consent: Consent | None
    pictured: Demand | None
    rights: Demand | None
    colleagues: Demand | None
    partners: Demand | None
    controller: Demand | None
    handling: Demand | None
    picture_routine: Demand | None
    confidentiality: Demand | None


class RevisionRule(Stated):
    """How often the policy is revised, by whom, and whether also when needed."""

    every_months: Annotated[Counted, Field(le=120)]
    or_when_needed: Yes
    who: ActorKey


class Revision(Section):
    """Revision of the policy itself."""

    rule: RevisionRule | None


class Topic(Stated):
    """A heading of guidance and what it comes to, in our own words."""

    key: Slug
    heading: Text
    text: Prose


class Guidance(Section):
    """Guidance: the short guide, and the rest by heading."""

    quick_guide: Items[Topic]
    topics: Items[Topic]
    support: Demand | None
