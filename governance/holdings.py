"""What a person holds that somebody must take over when he or she leaves: registered by each app, shown on one page.

An app registers a function from a person to rows, from its `panels.py`. A row about an account is only shown to
those who may see that account; the others are told how many there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from governance import access
from governance.models.people import User


@dataclass(frozen=True)
class Holding:
    """One thing a person holds: what, where it is mended, and how in a few words."""

    label: Any
    url: str
    mend: Any
    account_id: int | None = None


@dataclass(frozen=True)
class Held:
    """What one reader may see of what a person holds, and how many rows there are beside that."""

    rows: list[Holding]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.rows or self.hidden)


HoldingFunction = Callable[[User], Iterable[Holding]]
_functions: dict[str, tuple[int, HoldingFunction]] = {}


def register(name: str, order: int, function: HoldingFunction) -> None:
    """Register what an app knows of what people hold, once."""
    if name in _functions:
        raise ValueError(f"two holdings named {name}")
    _functions[name] = (order, function)


def of(user: User) -> list[Holding]:
    """Answer everything a person holds, in the order of what registered it."""
    ordered = sorted(_functions.values(), key=lambda each: each[0])
    return [row for _order, function in ordered for row in function(user)]


def seen(user: User, reader: User) -> Held:
    """Answer what `reader` may see of what a person holds."""
    every = of(user)
    about = {row.account_id for row in every if row.account_id}
    accounts = access.account_model()._default_manager.filter(pk__in=about)
    visible = set(access.visible(reader, accounts, "see_account").values_list("pk", flat=True)) if about else set()
    rows = [row for row in every if row.account_id is None or row.account_id in visible]
    return Held(rows, len(every) - len(rows))
