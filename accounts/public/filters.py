"""What narrows the public list, and the public's reports; a field's name is its name in the address."""

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Platform, PublicReport
from accounts.models.account import HIDDEN_KINDS, RUNNING
from accounts.models.public_report import OPEN
from accounts.public.search import spoken_of
from governance.models import Unit
from governance.policy_choices import USES
from governance.unit_tree import choices

KINDS = [choice for choice in Account.Kind.choices if choice[0] not in HIDDEN_KINDS]
STATUSES = [(status.value, status.label) for status in (*RUNNING, Account.Status.LOST)]
LONGEST = 100
MORE = ("slag", "till", "lage")
OPEN_REPORTS = "oppna"
REPORT_STATES = [(OPEN_REPORTS, _("Att ta hand om")), *PublicReport.Status.choices]


class PublicFilter(django_filters.FilterSet):
    """Official accounts by words, platform, unit and all below it, kind, use and status."""

    q = django_filters.CharFilter(label=_("Sök konto, verksamhet eller ämne"), method="containing", max_length=LONGEST)
    plattform = django_filters.ModelChoiceFilter(
        label=_("Plattform"),
        field_name="platform",
        to_field_name="key",
        queryset=Platform.objects.none(),
        empty_label=_("Alla plattformar"),
    )
    enhet = django_filters.ChoiceFilter(
        label=_("Verksamhet"), choices=[], method="below", empty_label=_("Alla verksamheter")
    )
    slag = django_filters.ChoiceFilter(
        label=_("Slag av konto"), field_name="kind", choices=KINDS, empty_label=_("Alla slag")
    )
    till = django_filters.ChoiceFilter(
        label=_("Används till"),
        choices=[(key, capfirst(name)) for key, name in USES.items() if key not in HIDDEN_KINDS],
        method="used_for",
        empty_label=_("Allt"),
    )
    lage = django_filters.ChoiceFilter(
        label=_("Läge"), field_name="status", choices=STATUSES, empty_label=_("Alla lägen")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Account]) -> None:
        """Offer the platforms and units that occur among the accounts, and the units above those."""
        super().__init__(data, queryset)
        plain = queryset.order_by()
        self.filters["plattform"].queryset = Platform.objects.filter(pk__in=plain.values("platform"))
        self.filters["enhet"].extra["choices"] = choices(Unit.objects.filter(pk__in=_with_those_above(plain)))

    @property
    def narrowed(self) -> bool:
        """Answer whether anything is asked for."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def narrowed_more(self) -> bool:
        """Answer whether anything is asked for that lies behind "Fler urval"."""
        return any(self.data.get(name) for name in MORE)

    def containing(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep the accounts in which every word is found."""
        return rows.filter(spoken_of(value))

    def below(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep the accounts of the unit or one below it."""
        return rows.filter(unit__path__startswith=Unit.objects.get(pk=int(value)).path)

    def used_for(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep the accounts with this among their uses."""
        return rows.filter(uses__contains=[value])


def _with_those_above(accounts: QuerySet[Account]) -> set[int]:
    paths = accounts.values_list("unit__path", flat=True).distinct()
    return {int(part) for path in paths for part in path.strip("/").split("/")}


class ReportFilter(django_filters.FilterSet):
    """The public's reports by words, what they are about, and status; what is open where nothing else is asked for."""

    q = django_filters.CharFilter(label=_("Sök"), method="containing", max_length=LONGEST)
    slag = django_filters.ChoiceFilter(
        label=_("Vad det gäller"), field_name="kind", choices=PublicReport.Kind.choices, empty_label=_("Allt")
    )
    lage = django_filters.ChoiceFilter(
        label=_("Läge"), choices=REPORT_STATES, method="standing", empty_label=_("Alla lägen")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[PublicReport]) -> None:
        """Ask for what is open unless something else is asked for."""
        asked = data.copy()
        asked.setdefault("lage", OPEN_REPORTS)
        super().__init__(asked, queryset)

    def containing(self, rows: QuerySet[PublicReport], name: str, value: str) -> QuerySet[PublicReport]:
        """Keep the reports with these words in their text, what they are about, or their number."""
        said = Q(text__icontains=value) | Q(about__icontains=value) | Q(number__icontains=value)
        return rows.filter(said | Q(account__name__icontains=value))

    def standing(self, rows: QuerySet[PublicReport], name: str, value: str) -> QuerySet[PublicReport]:
        """Keep the reports in this state."""
        return rows.filter(status__in=OPEN if value == OPEN_REPORTS else [value])
