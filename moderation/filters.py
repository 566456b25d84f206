"""What narrows the log of oversight; each field's name is its name in the address."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from governance.filters import day_begins, day_ends
from moderation.models import Round

EXTRA, LONGEST_NUMBER = "extra", 12
STATES = [
    (Round.Status.LOGGED, _("Gjord")),
    (Round.Status.MISSED, _("Missad")),
    (Round.Status.DUE, _("Inte gjord än")),
    (EXTRA, _("Extra uppsikt")),
]


class RoundFilter(django_filters.FilterSet):
    """Rounds by words in the account's name, one account, status and day."""

    q = django_filters.CharFilter(label=_("Sök konto"), field_name="account__name", lookup_expr="icontains")
    konto = django_filters.ModelChoiceFilter(
        label=_("Konto"), queryset=Account.objects.none(), field_name="account", empty_label=_("Alla konton")
    )
    lage = django_filters.ChoiceFilter(label=_("Läge"), choices=STATES, method="standing", empty_label=_("Alla lägen"))
    fran = django_filters.DateFilter(
        label=_("Från och med"), method="since", widget=forms.DateInput(attrs={"autocomplete": "off"})
    )
    till = django_filters.DateFilter(
        label=_("Till och med"), method="until", widget=forms.DateInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Round], accounts: QuerySet[Account]) -> None:
        """Name the account that a link has led to; all of them would be too many to choose from."""
        super().__init__(data, queryset)
        chosen = data.get("konto", "")
        if chosen.isdecimal() and len(chosen) < LONGEST_NUMBER:
            self.filters["konto"].queryset = accounts.filter(pk=int(chosen)).select_related("platform")
        else:
            del self.filters["konto"]

    def standing(self, rows: QuerySet[Round], name: str, value: str) -> QuerySet[Round]:
        """Keep what is in this state; an extra look is one that was not due."""
        return rows.filter(due_at=None) if value == EXTRA else rows.filter(status=value)

    def since(self, rows: QuerySet[Round], name: str, value: date) -> QuerySet[Round]:
        """Keep what was due or was looked at that day or later."""
        start = day_begins(value)
        return rows.filter(Q(due_at__gte=start) | Q(due_at=None, due_from__gte=start))

    def until(self, rows: QuerySet[Round], name: str, value: date) -> QuerySet[Round]:
        """Keep what was due or was looked at that day or earlier."""
        return rows.filter(due_from__lt=day_ends(value))
