"""What narrows the list of requests; each field's name is its name in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.filters import RecordFilter
from archive.models import Disclosure, Record
from archive.models.disclosure import OPEN
from archive.searching import asking, finding
from governance import clock
from governance.models import Unit, User
from governance.unit_tree import choices, with_those_above

UNDER_WAY, LATE, ANSWERED, TO_FORGET = "oppna", "sena", "besvarade", "glomma"
STATES = [
    (UNDER_WAY, _("Pågår")),
    (LATE, _("Försenade")),
    (ANSWERED, _("Besvarade")),
    (TO_FORGET, _("Personuppgifter att ta bort")),
    *Disclosure.Status.choices,
]


class ChooseFilter(RecordFilter):
    """The archive's own filter, whose words are looked for in all that stands in the records."""

    q = django_filters.CharFilter(label=_("Sök i all text"), method="containing")

    def containing(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what answers the words, as the search page understands them."""
        return finding.hits(rows, finding.wanted(asking.parse(value)))


class DisclosureFilter(django_filters.FilterSet):
    """Requests by number, state, handler, unit and all below it, and year; never by who asked."""

    lage = django_filters.ChoiceFilter(label=_("Läge"), choices=STATES, method="standing", empty_label=_("Alla lägen"))
    handlaggare = django_filters.ModelChoiceFilter(
        label=_("Handläggare"), field_name="handler", queryset=User.objects.none(), empty_label=_("Alla handläggare")
    )
    enhet = django_filters.ChoiceFilter(label=_("Enhet"), choices=[], method="below", empty_label=_("Alla enheter"))
    ar = django_filters.ChoiceFilter(
        label=_("År"), field_name="received_at__year", choices=[], empty_label=_("Alla år")
    )
    nr = django_filters.NumberFilter(label=_("Nummer"), field_name="pk")

    def __init__(self, data: QueryDict, queryset: QuerySet[Disclosure]) -> None:
        """Offer the handlers, units and years that occur."""
        super().__init__(data, queryset)
        every = queryset.order_by()
        handlers = User.objects.filter(pk__in=every.values("handler")).order_by("sort_key", "pk")
        above = with_those_above(Unit.objects.filter(pk__in=every.values("unit")))
        self.filters["handlaggare"].queryset = handlers
        self.filters["enhet"].extra["choices"] = choices(Unit.objects.filter(pk__in=above))
        years = every.datetimes("received_at", "year", order="DESC")
        self.filters["ar"].extra["choices"] = [(year.year, str(year.year)) for year in years]

    def standing(self, rows: QuerySet[Disclosure], name: str, value: str) -> QuerySet[Disclosure]:
        """Keep what is in this state."""
        found: Any = Disclosure.objects.filter(pk__in=rows.order_by().values("pk"))
        kept = {
            UNDER_WAY: lambda: found.filter(status__in=OPEN),
            LATE: lambda: found.late(clock.now()),
            ANSWERED: lambda: found.filter(answered_at__isnull=False),
            TO_FORGET: lambda: found.forgettable(clock.now()),
        }
        return rows.filter(pk__in=kept[value]().values("pk")) if value in kept else rows.filter(status=value)

    def below(self, rows: QuerySet[Disclosure], name: str, value: str) -> QuerySet[Disclosure]:
        """Keep what concerns the unit or one below it."""
        return rows.filter(unit__in=Unit.objects.under(Unit.objects.get(pk=value)).values("pk"))
