"""What narrows the list of plans; each field's name is its name in the address."""

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import ActivityPlan
from governance.models import PolicyVersion, Unit
from governance.unit_tree import choices


class PlanFilter(django_filters.FilterSet):
    """Plans by words, status, unit and all below it, and the policy version they were written under."""

    q = django_filters.CharFilter(label=_("Sök"), method="containing")
    lage = django_filters.ChoiceFilter(
        label=_("Läge"), field_name="status", choices=ActivityPlan.Status.choices, empty_label=_("Alla lägen")
    )
    enhet = django_filters.ChoiceFilter(label=_("Enhet"), choices=[], method="below", empty_label=_("Alla enheter"))
    policy = django_filters.ModelChoiceFilter(
        label=_("Policy"),
        field_name="policy_version",
        queryset=PolicyVersion.objects.none(),
        empty_label=_("Alla versioner"),
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[ActivityPlan]) -> None:
        """Offer the units and policy versions that occur among the plans the reader sees."""
        super().__init__(data, queryset)
        seen = queryset.order_by()
        paths = seen.values_list("unit__path", flat=True).distinct()
        around = {int(part) for path in paths for part in path.strip("/").split("/")}
        self.filters["enhet"].extra["choices"] = choices(Unit.objects.filter(pk__in=around))
        self.filters["policy"].queryset = PolicyVersion.objects.filter(pk__in=seen.values("policy_version"))

    def containing(self, rows: QuerySet[ActivityPlan], name: str, value: str) -> QuerySet[ActivityPlan]:
        """Keep plans with these words in the account's name, the unit, the purpose or the planned address."""
        of_account = Q(account__name__icontains=value) | Q(unit__name__icontains=value)
        return rows.filter(of_account | Q(purpose__icontains=value) | Q(address_planned__icontains=value))

    def below(self, rows: QuerySet[ActivityPlan], name: str, value: str) -> QuerySet[ActivityPlan]:
        """Keep plans of the unit or one below it."""
        return rows.filter(unit__path__startswith=Unit.objects.get(pk=int(value)).path)
