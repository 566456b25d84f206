"""The list of official accounts by activity: a page of it, in a number of questions that does not grow with it."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Case, CharField, Count, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Func
from django.db.models.functions import Cast, NullIf

from accounts.models import Account
from accounts.public.entries import Entry, entry
from governance.listing import KeysFirst
from governance.models import Unit

PAGE_SIZE = 24
DEPARTMENT_PART = 3  # "/1/7/12/": the municipality, its department, the unit


@dataclass(frozen=True)
class Group:
    """The accounts of one department and all below it; the municipality's own have no department."""

    department: str
    accounts: tuple[Entry, ...]


class _Ordered(KeysFirst):
    """Pages whose number of rows is known already."""

    def __init__(self, rows: QuerySet[Account], count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.__dict__["count"] = count


def page_of(accounts: QuerySet[Account], number: str | None) -> Page:
    """Answer one page of the accounts by department, the municipality's own first; three questions, however many."""
    placed = accounts.annotate(department=_department())
    counts = dict(placed.order_by().values_list("department").annotate(count=Count("pk")))
    order = _in_order(counts.keys())
    place = [When(department=pk, then=Value(position)) for position, pk in enumerate(order) if pk is not None]
    ranked = placed.annotate(rank=Case(*place, default=Value(-1), output_field=IntegerField()) if place else Value(-1))
    return _Ordered(ranked.order_by("rank", "sort_key", "pk"), sum(counts.values())).get_page(number)


def groups(page: Page) -> list[Group]:
    """Answer the accounts of a page under their departments."""
    accounts = list(page.object_list)
    names = Unit.objects.in_bulk({account.department for account in accounts if account.department})
    found: dict[int | None, list[Entry]] = {}
    for account in accounts:
        found.setdefault(account.department, []).append(entry(account))
    return [Group(names[pk].name if pk else "", tuple(entries)) for pk, entries in found.items()]


def _department() -> Cast:
    """Say which department an account's unit lies in or under: the second step on the unit's way from the root."""
    step = Func(F("unit__path"), Value("/"), Value(DEPARTMENT_PART), function="split_part", output_field=CharField())
    return Cast(NullIf(step, Value("")), IntegerField())


def _in_order(departments) -> list[int | None]:
    """Answer the departments in Swedish order of their names."""
    known = Unit.objects.in_bulk({pk for pk in departments if pk is not None})
    return sorted(known, key=lambda pk: (known[pk].sort_key, pk))
