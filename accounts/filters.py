"""What narrows the register's list; each field's name is its name in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.life import uses
from accounts.models import Account, ActivityPlan, Platform
from governance.models import PolicyVersion, Unit
from governance.unit_tree import choices

IN_FORCE, INHERITED, WITHOUT = "gallande", "arvt", "utan"
PLAN_STATES = [
    (IN_FORCE, _("Gällande plan")),
    (INHERITED, _("Ärvt mandat")),
    (WITHOUT, _("Utan gällande plan")),
]
OVER = (Account.Status.CLOSED, Account.Status.WITHDRAWN)


class AccountFilter(django_filters.FilterSet):
    """Accounts by words, platform, unit and all below it, status, kind, use, visibility, and their plan."""

    q = django_filters.CharFilter(label=_("Sök"), method="containing")
    plattform = django_filters.ModelChoiceFilter(
        label=_("Plattform"),
        field_name="platform",
        to_field_name="key",
        queryset=Platform.objects.none(),
        empty_label=_("Alla plattformar"),
    )
    enhet = django_filters.ChoiceFilter(label=_("Enhet"), choices=[], method="below", empty_label=_("Alla enheter"))
    lage = django_filters.ChoiceFilter(
        label=_("Läge"), field_name="status", choices=Account.Status.choices, empty_label=_("Alla lägen")
    )

    slag = django_filters.ChoiceFilter(
        label=_("Slag"), field_name="kind", choices=Account.Kind.choices, empty_label=_("Alla slag")
    )
    anvandning = django_filters.ChoiceFilter(
        label=_("Används till"), choices=[], method="used_for", empty_label=_("All användning")
    )
    synlighet = django_filters.ChoiceFilter(
        label=_("Vem kan se"), field_name="visibility", choices=Account.Visibility.choices, empty_label=_("Alla")
    )
    plan = django_filters.ChoiceFilter(
        label=_("Plan"), choices=PLAN_STATES, method="with_plan", empty_label=_("Med och utan plan")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Account]) -> None:
        """Offer the platforms and units that occur among the accounts the reader sees, and those above the units."""
        super().__init__(data, queryset)
        units = Unit.objects.filter(pk__in=_with_those_above(queryset))
        self.filters["plattform"].queryset = Platform.objects.filter(pk__in=queryset.order_by().values("platform"))
        self.filters["enhet"].extra["choices"] = choices(units)
        self.filters["anvandning"].extra["choices"] = uses.choices(PolicyVersion.objects.current())

    def containing(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts with these words in their name, address or unit."""
        in_address = Q(address__icontains=value) | Q(handle__icontains=value)
        return rows.filter(Q(name__icontains=value) | in_address | Q(unit__name__icontains=value))

    def used_for(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts that are used for this, among other things."""
        return rows.filter(uses__contains=[value])

    def with_plan(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts by whether a plan of theirs is in force, or the mandate is inherited until one is."""
        in_force = Exists(ActivityPlan.objects.filter(account=OuterRef("pk"), status=ActivityPlan.Status.APPROVED))
        if value == IN_FORCE:
            return rows.filter(in_force)
        without = rows.filter(~in_force).exclude(status__in=OVER)
        return without.filter(plan_due_on__isnull=False) if value == INHERITED else without

    def below(self, rows: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts of the unit or one below it."""
        return rows.filter(unit__path__startswith=Unit.objects.get(pk=int(value)).path)


def _with_those_above(accounts: QuerySet[Account]) -> set[int]:
    paths = accounts.order_by().values_list("unit__path", flat=True).distinct()
    return {int(part) for path in paths for part in path.strip("/").split("/")}
