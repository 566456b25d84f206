"""Lists: one page of them, in the order the address asks for (`?ordning=-name&sida=2`)."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_SIZE) -> Page:
    """Answer the page asked for; the nearest one where there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("sida"))


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
