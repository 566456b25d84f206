"""What narrows the list of people; each field's name is its name in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from governance import clock, unit_tree
from governance.models import RoleAssignment, Unit, User
from governance.role_words import role_words

ACTIVE, LEAVING, WITHOUT_ROLE, NEVER, GONE, ALL = "aktiva", "slutar", "utan-roll", "ej-inloggade", "avslutade", "alla"
STANDINGS = [
    (ACTIVE, _("Aktiva")),
    (WITHOUT_ROLE, _("Aktiva utan roll")),
    (NEVER, _("Aktiva som aldrig har loggat in")),
    (LEAVING, _("Har en sista dag")),
    (GONE, _("Avslutade")),
    (ALL, _("Alla")),
]


class PersonFilter(django_filters.FilterSet):
    """People by words, unit and all below it, role, and whether they are still here."""

    q = django_filters.CharFilter(label=_("Sök"), method="containing")
    enhet = django_filters.ChoiceFilter(label=_("Enhet"), choices=[], method="below", empty_label=_("Alla enheter"))
    roll = django_filters.ChoiceFilter(label=_("Roll"), choices=[], method="holding", empty_label=_("Alla roller"))
    lage = django_filters.ChoiceFilter(label=_("Läge"), choices=STANDINGS, method="standing", empty_label=None)

    def __init__(self, data: QueryDict, queryset: QuerySet[User]) -> None:
        """Offer every unit and role; show those who are here where nothing else is asked for."""
        asked = data.copy()
        asked.setdefault("lage", ACTIVE)
        super().__init__(asked, queryset)
        self.filters["roll"].extra["choices"] = list(role_words().items())
        self.filters["enhet"].extra["choices"] = unit_tree.choices(Unit.objects.all())

    def containing(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep those with these words in their name, title, address or telephone."""
        said = Q(real_name__icontains=value) | Q(title__icontains=value)
        return rows.filter(said | Q(email__icontains=value) | Q(phone__icontains=value))

    def below(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep those with a role on the unit or one below it."""
        path = Unit.objects.get(pk=int(value)).path
        return rows.filter(Exists(_roles().filter(unit__path__startswith=path)))

    def holding(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep those who hold the role."""
        return rows.filter(Exists(_roles().filter(role=value)))

    def standing(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep those who are here, on their way out, without a role, or gone."""
        here = rows.filter(is_active=True)
        narrowed = {
            ACTIVE: here,
            WITHOUT_ROLE: here.exclude(Exists(_roles())),
            NEVER: here.filter(last_login=None),
            LEAVING: here.exclude(leaves_on=None),
            GONE: rows.filter(is_active=False),
        }
        return narrowed.get(value, rows)


def _roles() -> QuerySet[RoleAssignment]:
    today = clock.today()
    lasting = Q(valid_to=None) | Q(valid_to__gte=today)
    return RoleAssignment.objects.filter(lasting, user=OuterRef("pk"), valid_from__lte=today)
