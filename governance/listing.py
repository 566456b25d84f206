"""Lists: one page of them, in the order the address asks for (`?ordning=-name&sida=2`)."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)

PAGE_SIZE = 25


class KeysFirst(Paginator):
    """Pages of a long queryset: the database orders bare keys, and fetches whole rows only for the page it shows."""

    object_list: QuerySet[Any]

    def _get_page(self, object_list: QuerySet[Any], number: int, paginator: Paginator) -> Page:
        return Page(self.object_list.filter(pk__in=object_list.values("pk")), number, paginator)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    size: int = PAGE_SIZE,
    pages: type[Paginator] = Paginator,
) -> Page:
    """Answer the page asked for; the nearest one where there is no such page."""
    return pages(rows, size).get_page(request.GET.get("sida"))


def in_order(
    request: HttpRequest, rows: QuerySet[M], orders: Mapping[str, tuple[str, ...]], default: str
) -> QuerySet[M]:
    """Answer the rows ordered as asked; `orders` names what may be asked for and the columns it stands for."""
    asked = request.GET.get("ordning", default)
    if asked.removeprefix("-") not in orders:
        asked = default
    columns = [F(name) for name in orders[asked.removeprefix("-")]]
    if asked.startswith("-"):
        return rows.order_by(*(column.desc(nulls_last=True) for column in columns), "-pk")
    return rows.order_by(*(column.asc(nulls_last=True) for column in columns), "pk")
