"""What is kept and for how long: snapshots, disposal, and the end of an account."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from governance.policy.base import Demand, Headed, Items, Month, Section, Slug, Stated, Text, Yes, expected
from governance.policy.people import ActorKey

MONTHS_IN_YEAR = 12


class LargerChange(Stated):
    """A snapshot at, or before, a larger change of the account."""

    when: Literal["at", "before"]
    instead_of_schedule: Yes


class Responsible(Stated):
    """Who takes the snapshots."""

    who: ActorKey


class SavedTo(Stated):
    """The system the snapshot is saved in."""

    system: Text


class SnapshotSection(Headed):
    """Snapshots as the document states them. Zero a year is a decision; silence is not."""

    headline = ("times_per_year", "months", "format")

    times_per_year: Annotated[int, Field(strict=True, ge=0, le=MONTHS_IN_YEAR)] | None
    months: tuple[Month, ...] | None
    on_larger_change: LargerChange | None
    before_closing: Demand | None
    responsible: Responsible | None
    saved_to: SavedTo | None
    format: Text | None
    document_plan_may_differ: Demand | None

    @model_validator(mode="after")
    def _months_are_as_many(self) -> Self:
        if self.months is None:
            return self
        if len(set(self.months)) < len(self.months):
            raise expected("varje månad högst en gång")
        if self.times_per_year not in (None, len(self.months)):
            raise expected(f"lika många månader som times_per_year ({self.times_per_year})")
        return self


class Snapshot(SnapshotSection):
    """Snapshots with the product's answers: every half-year where the document is silent."""

    times_per_year: int
    months: tuple[int, ...]
    before_closing: Demand
    clause: str
    strength: Literal["ska", "bör", "exempel"]


class DisposalRule(Stated):
    """What may be disposed of and when, in the document's own word."""

    key: Slug
    what: Text
    when: Text


class Disposal(Section):
    """Disposal: by whose decision, of what, when, and who answers for it."""

    decision: Demand | None
    rules: Items[DisposalRule]
    document_plan: Demand | None
    answers: Demand | None


class ClosingStep(Stated):
    """One step on the way to closing an account, in order."""

    key: Literal["contact", "announce", "thank", "snapshot", "close"]
    label: Text
    who: tuple[ActorKey, ...]


class ClosingSection(Section):
    """How an account ends."""

    steps: Annotated[tuple[ClosingStep, ...], Field(min_length=1)] | None
    when_stopping: Demand | None


class Closing(ClosingSection):
    """The end of an account, with the product's own steps where the document is silent."""

    steps: tuple[ClosingStep, ...]
