"""The parts of a plan's form, as its page draws them: sections with fields, rows for people, rows for goals."""

from dataclasses import dataclass, field

from django.forms import BoundField

from accounts.forms.people import Row
from governance.policy.schema import DutyRule


@dataclass(frozen=True)
class Group:
    """The rows of one duty; `contact` where the plan says how those named are reached."""

    rule: DutyRule
    rows: list[Row]
    contact: bool


@dataclass(frozen=True)
class GoalFields:
    """One goal's row."""

    series: BoundField
    text: BoundField
    measure: BoundField
    target: BoundField
    follow_up_on: BoundField


@dataclass(frozen=True)
class Section:
    """One point of the form; what the policy does not ask for has no clause. `fixed` is known and cannot be changed."""

    key: str
    title: str
    help: str
    number: int | None = None
    example: str = ""
    clause: str = ""
    strength: str = ""
    fixed: str = ""
    fields: list[BoundField] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    goals: list[GoalFields] = field(default_factory=list)

    @property
    def is_least(self) -> bool:
        """Answer whether the policy only advises, and the product's own least number of people is what stops a plan."""
        least = any(group.rule.minimum_origin.basis == "default" and group.rule.minimum for group in self.groups)
        return least and self.strength != "ska"

    @property
    def single(self) -> BoundField | None:
        """Answer the one field that bears the section's own title."""
        return self.fields[0] if len(self.fields) == 1 and not self.groups else None
