"""The activity plan: what it must hold, who must be named in it, who signs and who approves."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from governance.policy.base import (
    DEFAULT_CLAUSE,
    Counted,
    Demand,
    Headed,
    Items,
    Origin,
    Prose,
    Slug,
    Stated,
    Text,
    Whole,
    Yes,
    expected,
)
from governance.policy.people import WORDS, ActorKey, DutyKey, RoleKey
from governance.policy.points import OWN_POINT, POINTS, PREREQUISITES
from governance.policy.scope import AccountUse

# An account is run by somebody: where the policy names no number, one person is the least.
LEAST_NAMED = 1


def known_point(key: str) -> str:
    if key in POINTS or (key.startswith(OWN_POINT) and key.removeprefix(OWN_POINT).isidentifier()):
        return key
    raise expected(f'någon av {", ".join(POINTS)} eller en egen punkt som börjar med "{OWN_POINT}"')


def known_prerequisite(key: str) -> str:
    if key in PREREQUISITES or (key.startswith(OWN_POINT) and key.removeprefix(OWN_POINT).isidentifier()):
        return key
    raise expected(f'någon av {", ".join(PREREQUISITES)} eller ett eget krav som börjar med "{OWN_POINT}"')


class Point(Stated):
    """One thing the plan must say. Points with the same number stand under one number on the printed plan."""

    key: Annotated[Text, AfterValidator(known_point)]
    number: Counted | None
    label: Text
    help: Prose
    example: Prose | None


class DutyRule(Stated):
    """How many persons the plan must name for a duty."""

    kind: DutyKey
    stated_title: Text | None = Field(alias="title")
    stated_minimum: Whole | None = Field(alias="minimum")
    maximum: Counted | None
    counts_as_login: Yes
    # Whoever holds this duty must be somebody else than at least one holder of that one.
    stands_in_for: DutyKey | None

    @property
    def title(self) -> str:
        return self.stated_title or WORDS[self.kind].capitalize()

    @property
    def minimum(self) -> int:
        return LEAST_NAMED if self.stated_minimum is None else self.stated_minimum

    @property
    def minimum_origin(self) -> Origin:
        """The clause that demands the number, or the product's default where no clause gives a number."""
        if self.stated_minimum is None:
            return Origin(DEFAULT_CLAUSE, "ska", "default")
        return self.origin


class Signer(Stated):
    """Everyone who holds this duty signs this statement."""

    duty: DutyKey
    statement: Text


class Statement(Stated):
    """What the approving manager decides; `delegated` where the document calls for a decision by delegation."""

    key: Slug
    text: Text
    delegated: Yes


class Approval(Stated):
    """The decision that puts the plan in force. `fallback_role` decides where every manager holds a duty in it."""

    stated_title: Text | None = Field(alias="title")
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]
    fallback_role: RoleKey | None

    @property
    def title(self) -> str:
        return self.stated_title or WORDS["manager"].capitalize()


class Creation(Stated):
    """Who makes the account on the platform."""

    by: Literal["central", "unit"]


class Copies(Stated):
    """Who gets a copy of the plan."""

    to: tuple[RoleKey, ...]


class Told(Stated):
    """Who is told what about the account, as keys of points."""

    who: ActorKey
    what: tuple[Annotated[Text, AfterValidator(known_point)], ...]


class Prerequisite(Stated):
    """What must be so before the account starts."""

    key: Annotated[Text, AfterValidator(known_prerequisite)]
    label: Text
    who: ActorKey | None


class Exemption(Stated):
    """A use of social media for which no plan is needed."""

    use: AccountUse


class Inherited(Stated):
    """Within how many days an account that was there before must have its plan in force."""

    plan_within_days: Counted


class PlanSection(Headed):
    """The plan as the document states it; `clause` is where the document demands a plan or a mission."""

    headline = ("title", "points", "duties", "approval")
    # A document may demand a plan and say no more of it.
    cites_figures = False

    title: Text | None
    points: Items[Point]
    duties: tuple[DutyRule, ...] | None
    clause_staffing: Text | None
    signers: Items[Signer]
    approval: Approval | None
    created_by: Creation | None
    copies: Copies | None
    anchored_with: Demand | None
    told: Told | None
    prerequisites: Items[Prerequisite]
    exempt_uses: Items[Exemption]
    inherited: Inherited | None
    printed_form: Demand | None


class Plan(PlanSection):
    """The plan with the product's answers where the document is silent."""

    title: Text
    clause: Text
    duties: tuple[DutyRule, ...]
    approval: Approval

    @property
    def creation(self) -> Literal["central", "unit"] | None:
        return self.created_by.by if self.created_by else None

    @property
    def copy_to(self) -> tuple[RoleKey, ...]:
        return self.copies.to if self.copies else ()

    def point(self, key: str) -> Point | None:
        """The demanded point with this key; None where it may be filled in but need not be."""
        return next((point for point in self.points if point.key == key), None)

    def duty(self, kind: str) -> DutyRule | None:
        return next((duty for duty in self.duties if duty.kind == kind), None)
