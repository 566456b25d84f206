"""What narrows the archive's lists; each field's name is its name in the address."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.models import Record, Snapshot, SnapshotCampaign
from governance.models import Unit

UNFINISHED = "oavslutad"
STATES = [(UNFINISHED, _("Väntar eller pågår")), *Snapshot.Status.choices]


class RecordFilter(django_filters.FilterSet):
    """Records by words in title or account, kind, unit and all below it, and year."""

    q = django_filters.CharFilter(label=_("Sök i titel och konto"), method="containing")
    slag = django_filters.ChoiceFilter(
        label=_("Slag"), field_name="kind", choices=Record.Kind.choices, empty_label=_("Alla slag")
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )
    ar = django_filters.ChoiceFilter(label=_("År"), field_name="made_at__year", choices=[], empty_label=_("Alla år"))

    def __init__(self, data: QueryDict, queryset: QuerySet[Record]) -> None:
        """Offer the units that occur, those above them, and the years."""
        super().__init__(data, queryset)
        self.filters["enhet"].queryset = _units(queryset)
        years = queryset.order_by().datetimes("made_at", "year", order="DESC")
        self.filters["ar"].extra["choices"] = [(year.year, str(year.year)) for year in years]

    def containing(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what has the words in its title or its account's name."""
        return rows.filter(Q(title__icontains=value) | Q(account__name__icontains=value))

    def below(self, rows: QuerySet[Record], name: str, value: Unit) -> QuerySet[Record]:
        """Keep what was made under the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)


class SnapshotFilter(django_filters.FilterSet):
    """Snapshots by words in the account's name, state, campaign, and unit and all below it."""

    q = django_filters.CharFilter(label=_("Sök konto"), field_name="account__name", lookup_expr="icontains")
    lage = django_filters.ChoiceFilter(label=_("Läge"), choices=STATES, method="standing", empty_label=_("Alla lägen"))
    omgang = django_filters.ModelChoiceFilter(
        label=_("Omgång"),
        field_name="campaign",
        queryset=SnapshotCampaign.objects.all(),
        empty_label=_("Alla omgångar"),
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Snapshot]) -> None:
        """Offer the units that occur, and those above them."""
        super().__init__(data, queryset)
        self.filters["enhet"].queryset = _units(queryset)

    def standing(self, rows: QuerySet[Snapshot], name: str, value: str) -> QuerySet[Snapshot]:
        """Keep what is in this state."""
        unfinished = [Snapshot.Status.ORDERED, Snapshot.Status.RUNNING]
        return rows.filter(status__in=unfinished if value == UNFINISHED else [value])

    def below(self, rows: QuerySet[Snapshot], name: str, value: Unit) -> QuerySet[Snapshot]:
        """Keep what belongs to the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)


def _units(rows: QuerySet[Any]) -> QuerySet[Unit]:
    """Answer the units under which there is something, and those above them."""
    return Unit.objects.filter(Exists(rows.order_by().filter(unit__path__startswith=OuterRef("path"))))
