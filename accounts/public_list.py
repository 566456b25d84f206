"""The official accounts as anybody may see them, by department."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote

from django.db.models import Prefetch, Q

from accounts.models import Account, ActivityPlan
from governance.models import Unit

DEPARTMENT_DEPTH = 1
UNITS_SEARCHED = 100


@dataclass(frozen=True)
class Entry:
    """One official account: what it is called, where it is, whose it is and what it is for."""

    name: str
    address: str
    platform: str
    unit: str
    purpose: str

    @property
    def shown_address(self) -> str:
        """Answer the address as one says it, without its beginning and its encoding."""
        return unquote(self.address).partition("://")[2].removeprefix("www.")


@dataclass(frozen=True)
class Group:
    """The accounts of one department and all below it; the municipality's own have no department."""

    department: str
    accounts: tuple[Entry, ...]


def find(words: str) -> list[Group]:
    """Answer the active accounts that are not internal, the municipality's own first; `words` narrows them."""
    in_force = ActivityPlan.objects.filter(status=ActivityPlan.Status.APPROVED)
    accounts = Account.objects.official().prefetch_related(Prefetch("plans", in_force, to_attr="in_force"))
    if words:
        accounts = accounts.filter(_spoken_of(words))
    departments = Unit.objects.in_bulk({pk for account in accounts if (pk := _department(account)) is not None})

    def place(account: Account) -> tuple[str, str]:
        department = departments.get(_department(account) or 0)
        return (department.sort_key, department.name) if department else ("", "")

    ordered = sorted(accounts, key=lambda account: (*place(account), account.sort_key, account.pk))
    return [Group(name, tuple(_entry(a) for a in same)) for (_key, name), same in groupby(ordered, key=place)]


def _spoken_of(words: str) -> Q:
    """Answer what finds accounts by name, platform, or the name of their unit or one above it."""
    found = Q(name__icontains=words) | Q(handle__icontains=words) | Q(platform__name__icontains=words)
    for path in Unit.objects.filter(name__icontains=words).values_list("path", flat=True)[:UNITS_SEARCHED]:
        found |= Q(unit__path__startswith=path)
    return found


def _department(account: Account) -> int | None:
    way = account.unit.path.strip("/").split("/")
    return int(way[DEPARTMENT_DEPTH]) if len(way) > DEPARTMENT_DEPTH else None


def _entry(account: Account) -> Entry:
    plans: list[ActivityPlan] = account.in_force  # type: ignore[attr-defined]
    purpose = plans[0].purpose or plans[0].mission if plans else ""
    return Entry(account.name, account.address, str(account.platform), str(account.unit), purpose)
