"""What narrows the lists of snapshots; each field's name is its name in the address."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Platform
from archive.models import Snapshot, SnapshotCampaign
from governance.models import Unit

UNFINISHED, NEEDS_SOMEBODY, UPLOADED = "oavslutad", "atgard", "uppladdad"
Status = Snapshot.Status
STATES = [
    (UNFINISHED, _("Väntar eller pågår")),
    (NEEDS_SOMEBODY, _("Behöver någon")),
    *Status.choices,
    (UPLOADED, _("Klar, uppladdad")),
]
STANDING = {
    UNFINISHED: Q(status__in=[Status.ORDERED, Status.RUNNING]),
    NEEDS_SOMEBODY: Q(status__in=[Status.ATTENTION, Status.FAILED, Status.CANCELLED]),
    UPLOADED: Q(status=Status.DONE, origin=Snapshot.Origin.UPLOADED),
}


class CampaignFilter(django_filters.FilterSet):
    """The snapshots of one campaign by words in the account's name, state, platform, and unit and all below it."""

    q = django_filters.CharFilter(label=_("Sök konto"), field_name="account__name", lookup_expr="icontains")
    lage = django_filters.ChoiceFilter(label=_("Läge"), choices=STATES, method="standing", empty_label=_("Alla lägen"))
    plattform = django_filters.ModelChoiceFilter(
        label=_("Plattform"),
        field_name="account__platform",
        queryset=Platform.objects.none(),
        empty_label=_("Alla plattformar"),
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Snapshot]) -> None:
        """Offer the units and platforms that occur, and the units above them."""
        super().__init__(data, queryset)
        rows = queryset.order_by()
        below = Exists(rows.filter(unit__path__startswith=OuterRef("path")))
        self.filters["enhet"].queryset = Unit.objects.filter(below)
        self.filters["plattform"].queryset = Platform.objects.filter(pk__in=rows.values("account__platform"))

    def standing(self, rows: QuerySet[Snapshot], name: str, value: str) -> QuerySet[Snapshot]:
        """Keep what is in this state."""
        return rows.filter(STANDING.get(value, Q(status=value)))

    def below(self, rows: QuerySet[Snapshot], name: str, value: Unit) -> QuerySet[Snapshot]:
        """Keep what belongs to the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)

    def chosen(self, name: str) -> Any:
        """Answer what a field narrows the list to; None where it does not."""
        return self.form.cleaned_data.get(name) or None if self.form.is_valid() else None


class SnapshotFilter(CampaignFilter):
    """Snapshots as those of a campaign, and by campaign."""

    omgang = django_filters.ModelChoiceFilter(
        label=_("Omgång"),
        field_name="campaign",
        queryset=SnapshotCampaign.objects.all(),
        empty_label=_("Alla omgångar"),
    )
