"""What every part of a policy is made of: frozen models, clauses with a strength, and silence as a value."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from governance.policy.characters import is_one_line, is_seen
from governance.policy.marks import N_
from governance.policy.people import ActorKey

NOT_STATED = "not stated"
DEFAULT_CLAUSE = N_("Uppsikts grundinställning")
# A clause that begins with one of these is law, whatever the policy says or leaves out.
STATUTES = ("BBS-lagen ", "GDPR ", "OSL ", "TF ", "arkivlagen ")

Strength = Literal["ska", "bör", "exempel"]
Basis = Literal["policy", "default", "statute"]


class Origin(NamedTuple):
    """Where one fact comes from."""

    clause: str
    strength: Strength
    basis: Basis


def expected(what: str) -> PydanticCustomError:
    """The error of our own validators: `what` ends the sentence "väntade ..."."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def basis_of(clause: str) -> Basis:
    """Read from the clause itself, so that basis and clause can never contradict each other."""
    if clause == DEFAULT_CLAUSE:
        return "default"
    return "statute" if clause.startswith(STATUTES) else "policy"


def clock_time(value: object) -> object:
    """ "17:00" as a time; anything else than hours and minutes is refused."""
    if value is None or isinstance(value, time):
        return value
    hours, _, minutes = value.partition(":") if isinstance(value, str) else ("", "", "")
    digits = (hours + minutes).isascii() and (hours + minutes).isdigit()
    if digits and len(hours) == len(minutes) == 2 and int(hours) < 24 and int(minutes) < 60:
        return time(int(hours), int(minutes))
    raise expected('ett klockslag som "17:00"')


def one_line(value: str) -> str:
    """Names and titles stand in mail headers, tables and links, where a line break or a turned order deceives."""
    if not is_one_line(value):
        raise expected("en text på en rad, utan tecken som inte syns")
    return value


def several_lines(value: str) -> str:
    """What is read or published as a text of its own may hold line breaks, and nothing else unseen."""
    if not is_seen(value):
        raise expected("en text där bara radbrytningar är tecken som inte syns")
    return value


def listed(value: object) -> object:
    """A list about which the document is silent demands nothing."""
    return () if value is None else value


T = TypeVar("T")
Written: TypeAlias = Annotated[str, StringConstraints(strict=True, min_length=1, pattern=r"^\S(?s:.*\S)?$")]
Text: TypeAlias = Annotated[Written, AfterValidator(one_line)]
Prose: TypeAlias = Annotated[Written, AfterValidator(several_lines)]
Slug: TypeAlias = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]*$")]
Yes: TypeAlias = StrictBool
Whole: TypeAlias = Annotated[StrictInt, Field(ge=0, le=10_000)]
Counted: TypeAlias = Annotated[StrictInt, Field(ge=1, le=1_000)]
Weekday: TypeAlias = Annotated[StrictInt, Field(ge=1, le=7)]
Month: TypeAlias = Annotated[StrictInt, Field(ge=1, le=12)]
ClockTime: TypeAlias = Annotated[time, BeforeValidator(clock_time)]
Items: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(listed)]


class Frozen(BaseModel):
    """Never changes, knows every key it may have, and reads "not stated" as None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _silence(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {key: None if value == NOT_STATED else value for key, value in data.items()}


class Stated(Frozen):
    """One rule with the clause it stands in and how strongly it is meant."""

    clause: Text
    strength: Strength

    @property
    def basis(self) -> Basis:
        return basis_of(self.clause)

    @property
    def origin(self) -> Origin:
        return Origin(self.clause, self.strength, self.basis)

    @property
    def binding(self) -> bool:
        """Blocks where it is broken; what is only "bör" may be waived with a reason."""
        return self.strength == "ska"


class Section(Frozen):
    """A chapter of the policy. Silent as a whole, it is a chapter in which every rule is silent."""

    # The fields that the section's own `clause` and `strength` speak for.
    headline: ClassVar[tuple[str, ...]] = ()
    _defaulted: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="before")
    @classmethod
    def _silence(cls, data: Any) -> Any:
        if data is None or data == NOT_STATED:
            return {field.alias or name: None for name, field in cls.model_fields.items()}
        if not isinstance(data, Mapping):
            return data
        return {key: None if value == NOT_STATED else value for key, value in data.items()}

    def is_default(self, field: str) -> bool:
        """Whether the product answers for this field because the document does not."""
        return field in self._defaulted

    def filled(self, default: "Section") -> "Section":
        """This section, as the default's own class, with every silence filled that the product answers."""
        values = {name: getattr(self, name, None) for name in type(default).model_fields}
        answers = {name: getattr(default, name, None) for name, value in values.items() if value is None}
        silent = {name: answer for name, answer in answers.items() if answer is not None}
        whole = type(default).model_construct(**values | silent)
        whole._defaulted = frozenset(silent)
        return whole


class Headed(Section):
    """A section whose leading figures share one clause; where they are silent, so is the clause."""

    # Whether a clause without figures is refused as citing nothing.
    cites_figures: ClassVar[bool] = True

    clause: Text | None
    strength: Strength | None

    @property
    def basis(self) -> Basis:
        return basis_of(self.clause or DEFAULT_CLAUSE)

    def origin(self, field: str) -> Origin:
        """Where the value of a leading field comes from: the policy's clause, or the product's default."""
        if self.is_default(field) or self.clause is None:
            return Origin(DEFAULT_CLAUSE, "bör", "default")
        return Origin(self.clause, self.strength or "bör", self.basis)


class Deadline(Frozen):
    """A count of working days or clock hours, or the next working day. Hours say what weekends do."""

    count: Counted
    unit: Literal["working days", "hours", "next working day"]
    # Only clock hours can stand still over a weekend.
    weekends: Literal["count", "pause"] | None = None

    @model_validator(mode="after")
    def _weekends_belong_to_hours(self) -> Self:
        if self.unit != "hours" and self.weekends is not None:
            raise expected('"weekends" bara tillsammans med unit = "hours"')
        if self.unit == "next working day" and self.count != 1:
            raise expected('count = 1 tillsammans med unit = "next working day"')
        return self

    def __str__(self) -> str:
        if self.unit == "next working day":
            return "nästa arbetsdag"
        if self.unit == "hours":
            pause = ", helger oräknade" if self.weekends == "pause" else ""
            return f"inom {self.count} {'timme' if self.count == 1 else 'timmar'}{pause}"
        return f"inom {self.count} {'arbetsdag' if self.count == 1 else 'arbetsdagar'}"


class Demand(Stated):
    """A duty without a number: what is demanded, in our words, and of whom."""

    text: Text
    who: ActorKey | None


class Title(Frozen):
    """What the document calls somebody, in lower case, and where."""

    word: Text
    clause: Text
