"""Pages of long lists: the same rows in the same order, whichever way they are fetched."""

from urllib.parse import urlencode

import pytest
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.test import RequestFactory

from governance.listing import KeysFirst, in_order, page_of
from governance.models import Unit
from tests.factories import UnitFactory

ORDERS = {"namn": ("marked", "sort_key")}


@pytest.mark.parametrize("asked", [{}, {"sida": "2"}, {"sida": "99"}, {"ordning": "-namn", "sida": "3"}])
def test_a_page_by_its_keys_is_the_page_itself(db, asked):
    for number in range(7):
        UnitFactory(name=f"Enhet {number}")
    request = RequestFactory().get(f"/?{urlencode(asked)}")
    marked = Unit.objects.annotate(marked=Case(When(name="Enhet 5", then=Value(0)), default=Value(1)))
    rows = in_order(request, marked.select_related("authority"), ORDERS, "namn")

    whole, by_keys = (page_of(request, rows, 3, pages) for pages in (Paginator, KeysFirst))

    assert list(by_keys) == list(whole) != []
    assert [row.marked for row in by_keys] == [row.marked for row in whole]
    assert (by_keys.number, by_keys.paginator.num_pages) == (whole.number, whole.paginator.num_pages)


def test_a_page_by_its_keys_is_fetched_in_one_query(db, django_assert_num_queries):
    UnitFactory(name="Enhet")
    page = KeysFirst(Unit.objects.select_related("authority").order_by("sort_key"), 2).page(1)

    with django_assert_num_queries(1):
        assert [unit.authority.name for unit in page]
