"""What narrows the lists of disposal; each field's name is its name in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.models import Disposal, DocumentKind, Record
from governance.models import Unit

WITHOUT = "utan"


class RecordsByKind(django_filters.FilterSet):
    """Records by number or account, kind of document, and unit with all below it."""

    q = django_filters.CharFilter(label=_("Sök konto eller nummer"), method="containing")
    typ = django_filters.ChoiceFilter(
        label=_("Handlingstyp"), method="filed_as", choices=[], empty_label=_("Alla handlingstyper")
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Record]) -> None:
        """Offer the kinds and the units that occur, and the units above them."""
        super().__init__(data, queryset)
        bare = queryset.order_by()
        occurring = Exists(bare.filter(unit__path__startswith=OuterRef("path")))
        self.filters["enhet"].queryset = Unit.objects.filter(occurring)
        used = DocumentKind.objects.filter(pk__in=bare.values("document_kind"))
        self.filters["typ"].extra["choices"] = [(kind.pk, kind.name) for kind in used] + self.further()

    def further(self) -> list[tuple[str, object]]:
        """Answer choices beside the kinds themselves."""
        return []

    def containing(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what has the words in its account's name, or is the record of that number."""
        number = Q(pk=int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else Q()
        named = Q(account__name__icontains=value)
        return rows.filter(named | number if number else named)

    def filed_as(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what is filed as the kind, or as none."""
        return rows.filter(document_kind=None) if value == WITHOUT else rows.filter(document_kind_id=int(value))

    def below(self, rows: QuerySet[Record], name: str, value: Unit) -> QuerySet[Record]:
        """Keep what was made under the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)


class DueFilter(RecordsByKind):
    """What may be disposed of."""


class OrderFilter(RecordsByKind):
    """What is put in order: also by kind of record, and what has no kind of document."""

    slag = django_filters.ChoiceFilter(
        label=_("Slag"), field_name="kind", choices=Record.Kind.choices, empty_label=_("Alla slag")
    )

    def further(self) -> list[tuple[str, object]]:
        """Answer the choice of what has no kind yet."""
        return [(WITHOUT, _("Utan handlingstyp"))]


class DisposalFilter(django_filters.FilterSet):
    """Disposals by how far they have come, and kind."""

    lage = django_filters.ChoiceFilter(
        label=_("Läge"), field_name="status", choices=Disposal.Status.choices, empty_label=_("Alla lägen")
    )
    typ = django_filters.ModelChoiceFilter(
        label=_("Handlingstyp"),
        field_name="kind",
        queryset=DocumentKind.objects.all(),
        empty_label=_("Alla handlingstyper"),
    )
