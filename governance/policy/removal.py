"""Removal: on which grounds, how soon, by which measures, what is saved first and who is told."""

from typing import Annotated, Literal

from pydantic import Field

from governance.policy.base import Deadline, Demand, Items, Section, Slug, Stated, Text, Yes
from governance.policy.people import ActorKey

MeasureKey = Literal["hide", "unpublish", "delete", "block_author", "disclaimer"]
StepKey = Literal[
    "take_down",
    "preserve",
    "describe_only",
    "police",
    "security_coordinator",
    "tell_author",
    "diary",
    "ask",
    "no_comment",
]
# The grounds of BBS-lagen 5 § by key (law.GROUNDS holds them).
StatutoryKey = Literal[
    "unlawful_threat",
    "breach_of_privacy",
    "incitement",
    "agitation",
    "child_abuse_images",
    "unlawful_violence",
    "public_provocation",
    "copyright",
]
# Outside the list of the document, but grounds by its running text.
GroundKind = Literal["listed", "other"]


class Urgency(Stated):
    """How soon, in the document's own word, and as a deadline where it gives one."""

    word: Text
    within: Deadline | None


class PlanLimit(Stated):
    """The plan promises within which time an item is gone; what is offered when it is drafted."""

    suggested: Deadline


class LawAsRead(Stated):
    """The kinds of items that the document itself reads out of the law."""

    law: Annotated[tuple[StatutoryKey, ...], Field(min_length=1)]


class Ground(Stated):
    """A ground for removal. What names no urgency or steps follows the section's."""

    key: Slug
    label: Text
    kind: GroundKind
    law: Items[StatutoryKey]
    urgency: Urgency | None
    steps: Items[StepKey]


class Measure(Stated):
    """What may be done with an item; on which platforms, or on all."""

    key: MeasureKey
    platforms: Items[Slug]
    text: Text | None


class Preserve(Stated):
    """What must be saved before anything is deleted. Silence about the author frees nobody from saving the author."""

    content: Yes
    author: Yes | None
    how: Text | None
    kept: Text | None

    @property
    def author_too(self) -> bool:
        return self.author is not False


class TellAuthor(Stated):
    """The author learns why, with a link to the rules, where that is possible."""

    link_to_rules: Yes
    where_possible: Yes


class LongThread(Stated):
    """A long discussion is closed, and what comes after goes without a comment or a notice."""

    text: Text
    urgency: Text
    notice: Yes


class SecrecyPath(Stated):
    """What happens to an item that may be secret."""

    urgency: Text | None
    to: Text
    signs: tuple[Text, ...]
    ask: tuple[ActorKey, ...]


class RemovalSection(Section):
    """What the document says of removing what others wrote. An open list has grounds it does not name."""

    grounds: Items[Ground]
    open_list: Yes | None
    urgency: Urgency | None
    plan_limit: PlanLimit | None
    law_as_read: LawAsRead | None
    measures: Items[Measure]
    preserve: Preserve | None
    tell_author: TellAuthor | None
    police: Demand | None
    long_thread: LongThread | None
    secrecy: SecrecyPath | None
    secrecy_forbidden: Demand | None
    disposal_decision: Demand | None
    moving_counts: Demand | None
    own_posts: Demand | None
    stays_public: Demand | None


class Removal(RemovalSection):
    """Removal with the product's own must, a copy before anything is deleted, and the grounds of the law."""

    preserve: Preserve
    statutory: Annotated[tuple[Ground, ...], Field(min_length=1)]

    @property
    def all_grounds(self) -> tuple[Ground, ...]:
        """The policy's grounds in its order, then those of the law, labelled as law by their clause."""
        return self.grounds + self.statutory

    def ground(self, key: str) -> Ground | None:
        return next((ground for ground in self.all_grounds if ground.key == key), None)

    def urgency_of(self, ground: Ground) -> Urgency | None:
        return ground.urgency or self.urgency
