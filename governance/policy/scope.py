"""For which accounts a rule is meant: kind of account, platform, unit, single account; the nearest wins."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, Self, TypeAlias

from pydantic import model_validator

from governance.policy.base import Frozen, Slug, Text, expected

AccountKind: TypeAlias = Literal["municipality_wide", "unit", "recruitment", "crisis", "internal", "monitoring"]
AccountUse: TypeAlias = Literal[
    "monitoring",
    "events",
    "marketing",
    "knowledge",
    "recruitment",
    "customer_service",
    "crisis",
    "internal",
    "dialogue",
]


@dataclass(frozen=True)
class Scope:
    """The account a rule is asked for. `units` is its unit's name first, then the units above it."""

    account_kind: str | None = None
    platform: str | None = None
    units: tuple[str, ...] = ()
    account: str | None = None


EVERYWHERE = Scope()


class Match(Frozen):
    """Which accounts an exception is for; conditions left out match all. A unit may hold "*", as in "*skola*"."""

    account_kind: AccountKind | None = None
    platform: Slug | None = None
    unit: Text | None = None
    account: Text | None = None

    @model_validator(mode="after")
    def _narrows(self) -> Self:
        if not any((self.account_kind, self.platform, self.unit, self.account)):
            raise expected("minst en av account_kind, platform, unit och account")
        return self

    def distance(self, scope: Scope) -> tuple[int, ...] | None:
        """Smaller is nearer: account before unit before platform before kind. None where it does not match."""
        steps = (
            _equal(self.account, scope.account),
            _among(self.unit, scope.units),
            _equal(self.platform, scope.platform),
            _equal(self.account_kind, scope.account_kind),
        )
        if None in steps:
            return None
        return tuple(step for step in steps if step is not None)


# Farther than any unit in a tree.
UNCONDITIONAL = 1_000


def _equal(wanted: str | None, actual: str | None) -> int | None:
    if wanted is None:
        return UNCONDITIONAL
    return 0 if actual is not None and wanted.casefold() == actual.casefold() else None


def _among(wanted: str | None, names: tuple[str, ...]) -> int | None:
    if wanted is None:
        return UNCONDITIONAL
    pattern = wanted.casefold()
    return next((step for step, name in enumerate(names) if fnmatchcase(name.casefold(), pattern)), None)
