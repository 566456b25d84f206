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

EXTRA = "extra"
STATES = [
    (Round.Status.LOGGED, _("Gjord")),
    (Round.Status.MISSED, _("Missad")),
    (Round.Status.DUE, _("Inte gjord än")),
    (EXTRA, _("Extra uppsikt")),
]


class RoundFilter(django_filters.FilterSet):
    """Rounds by account, status and day."""

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
        """Offer the accounts whose log the reader may see."""
        super().__init__(data, queryset)
        self.filters["konto"].queryset = accounts.select_related("platform")

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
