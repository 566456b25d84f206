"""What a search is narrowed by: the same as the list of records is, beside the words."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.filters import RecordFilter
from archive.models import Record
from archive.searching.asking import LONGEST_QUESTION


class SearchFilter(RecordFilter):
    """Records by what stands in them; the words are looked up by the page, which says how they were understood."""

    q = django_filters.CharFilter(
        label=_("Sök i all text"),
        method="left",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_QUESTION}),
    )
    liknande = django_filters.BooleanFilter(
        label=_("Ta med liknande stavningar"), method="left", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Record], *args: Any, **kwargs: Any) -> None:
        """Ask for the words first, and for other spellings last."""
        super().__init__(data, queryset, *args, **kwargs)
        others = [name for name in self.filters if name != "q"]
        for name in others:
            self.filters[name] = self.filters.pop(name)

    def left(self, rows: QuerySet[Record], name: str, value: Any) -> QuerySet[Record]:
        """Leave the rows as they are."""
        return rows
