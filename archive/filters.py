"""What narrows the archive's lists; each field's name is its name in the address."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Platform
from archive import secrecy
from archive.models import DocumentKind, Record
from governance import clock
from governance.filters import day_begins, day_ends
from governance.models import RoleAssignment, Unit, User

MARKED, UNMARKED = "markerad", "omarkerad"
FILED, UNFILED = "ja", "nej"
DAY = forms.DateInput(attrs={"autocomplete": "off"})
# What may be asked of a record that is closed to the reader: what is shown of it. Whatever else is asked for leaves it
# out, or the question itself would tell.
SHOWN_OF_CLOSED = frozenset({"slag", "enhet", "ar", "fran", "till", "period", "sekretess"})


class RecordFilter(django_filters.FilterSet):
    """Records by words in title or account, and by what they are, whose, from when and how they are filed.

    Given its reader, no question tells anything of a record that is closed to that reader, and only whoever may see
    marked records may ask which are.
    """

    q = django_filters.CharFilter(label=_("Sök i titel och konto"), method="containing")
    slag = django_filters.ChoiceFilter(
        label=_("Slag"), field_name="kind", choices=Record.Kind.choices, empty_label=_("Alla slag")
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )
    konto = django_filters.ModelChoiceFilter(
        label=_("Konto"), field_name="account", queryset=Account.objects.none(), empty_label=_("Alla konton")
    )
    ar = django_filters.ChoiceFilter(label=_("År"), field_name="made_at__year", choices=[], empty_label=_("Alla år"))
    fran = django_filters.DateFilter(label=_("Från och med"), method="since", widget=DAY)
    till = django_filters.DateFilter(label=_("Till och med"), method="until", widget=DAY)
    period = django_filters.ChoiceFilter(label=_("Arkiveringsomgång"), choices=[], empty_label=_("Alla omgångar"))
    plattform = django_filters.ModelChoiceFilter(
        label=_("Plattform"),
        field_name="account__platform",
        queryset=Platform.objects.none(),
        empty_label=_("Alla plattformar"),
    )
    handlingstyp = django_filters.ModelChoiceFilter(
        label=_("Handlingstyp"),
        field_name="document_kind",
        queryset=DocumentKind.objects.none(),
        empty_label=_("Alla handlingstyper"),
    )
    fullstandighet = django_filters.ChoiceFilter(
        label=_("Fullständighet"),
        field_name="completeness",
        choices=Record.Completeness.choices,
        empty_label=_("Alla"),
    )
    ursprung = django_filters.ChoiceFilter(
        label=_("Inkommen eller upprättad"), field_name="origin", choices=Record.Origin.choices, empty_label=_("Alla")
    )
    skrivet = django_filters.ChoiceFilter(
        label=_("Vem har skrivit"), field_name="authors", choices=Record.Authors.choices, empty_label=_("Alla")
    )
    diariefort = django_filters.ChoiceFilter(
        label=_("Diarieförd"), choices=[(FILED, _("Ja")), (UNFILED, _("Nej"))], method="filed", empty_label=_("Alla")
    )
    dnr = django_filters.CharFilter(label=_("Diarienummer"), field_name="diary_number", lookup_expr="icontains")
    sekretess = django_filters.ChoiceFilter(
        label=_("Sekretess"),
        choices=[(MARKED, _("Sekretessmarkerade")), (UNMARKED, _("Inte markerade"))],
        method="marked",
        empty_label=_("Alla"),
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Record], user: User | None = None) -> None:
        """Offer what occurs: units and those above them, accounts, platforms, kinds, periods and years."""
        super().__init__(data, queryset)
        self.reader = user
        rows = queryset.order_by()
        self.filters["enhet"].queryset = _units(queryset)
        told = rows if user is None else rows.filter(secrecy.open_to(user))
        accounts = Account.objects.filter(pk__in=told.values("account")).select_related("platform")
        self.filters["konto"].queryset = accounts.order_by("sort_key", "pk")
        self.filters["plattform"].queryset = Platform.objects.filter(pk__in=told.values("account__platform"))
        self.filters["handlingstyp"].queryset = DocumentKind.objects.filter(pk__in=told.values("document_kind"))
        years = rows.datetimes("made_at", "year", order="DESC")
        self.filters["ar"].extra["choices"] = [(year.year, str(year.year)) for year in years]
        periods = rows.exclude(period="").values_list("period", flat=True).distinct().order_by("-period")
        self.filters["period"].extra["choices"] = [(period, month(period)) for period in periods]
        if user is not None and not _sees_secret(user):
            del self.filters["sekretess"]

    def filter_queryset(self, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """Narrow the rows; what is asked of what a closed record does not show leaves the closed ones out."""
        asked = {name for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        if self.reader is not None and asked - SHOWN_OF_CLOSED:
            queryset = queryset.filter(secrecy.open_to(self.reader))
        return super().filter_queryset(queryset)

    def containing(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what has the words in its title or its account's name."""
        return rows.filter(Q(title__icontains=value) | Q(account__name__icontains=value))

    def below(self, rows: QuerySet[Record], name: str, value: Unit) -> QuerySet[Record]:
        """Keep what was made under the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)

    def since(self, rows: QuerySet[Record], name: str, value: date) -> QuerySet[Record]:
        """Keep what was made on the day or later."""
        return rows.filter(made_at__gte=day_begins(value))

    def until(self, rows: QuerySet[Record], name: str, value: date) -> QuerySet[Record]:
        """Keep what was made on the day or earlier."""
        return rows.filter(made_at__lt=day_ends(value))

    def filed(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what has a diary number, or what has none."""
        return rows.exclude(diary_number="") if value == FILED else rows.filter(diary_number="")

    def marked(self, rows: QuerySet[Record], name: str, value: str) -> QuerySet[Record]:
        """Keep what is marked secret, or what is not."""
        return rows.filter(secret=value == MARKED)


def _sees_secret(user: User) -> bool:
    return RoleAssignment.objects.in_force(clock.today()).filter(user=user, secrecy=True).exists()


def month(period: str) -> str:
    """Answer a period in words: "2026-10" is a month; anything else stands as it is."""
    day = parse_date(f"{period}-01") if len(period) == len("2026-10") else None
    return date_format(day, "F Y") if day else period


def _units(rows: QuerySet[Any]) -> QuerySet[Unit]:
    """Answer the units under which there is something, and those above them."""
    return Unit.objects.filter(Exists(rows.order_by().filter(unit__path__startswith=OuterRef("path"))))
