"""What narrows the kernel's lists; each field's name is its name in the address."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import audit, clock, shielded
from governance.models import AuditEvent, Finding, Unit, User
from governance.models.work import FindingQuerySet
from governance.sorting import swedish_key

OPEN, LATE, DUE, IN_ORDER, ALL = "oppet", "brist", "att-gora", "i-ordning", "alla"
STATES = [
    (OPEN, gettext_lazy("Brister och att göra")),
    (LATE, gettext_lazy("Brist")),
    (DUE, gettext_lazy("Att göra")),
    (IN_ORDER, gettext_lazy("I ordning")),
    (ALL, gettext_lazy("Alla lägen")),
]
MINE = "jag"
# What a period may ask for: anything beyond has no moment that the database can hold, and no events either.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


def day_begins(day: date) -> datetime:
    """Answer the day's first moment in Sweden; a day out of all reason counts as the nearest that is in it."""
    return clock.at(min(max(day, FIRST_DAY), LAST_DAY), time.min)


def day_ends(day: date) -> datetime:
    """Answer the first moment after the day, likewise."""
    return day_begins(min(day, LAST_DAY) + timedelta(days=1))


class FindingFilter(django_filters.FilterSet):
    """Findings by state, unit and all below it, rule, words, and whether they are mine."""

    q = django_filters.CharFilter(label=gettext_lazy("Sök"), method="containing")
    lage = django_filters.ChoiceFilter(label=gettext_lazy("Läge"), choices=STATES, empty_label=None, method="standing")
    vem = django_filters.ChoiceFilter(
        label=gettext_lazy("Vem"),
        choices=[(MINE, gettext_lazy("Jag"))],
        empty_label=gettext_lazy("Alla"),
        method="mine",
    )
    enhet = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Enhet"),
        queryset=Unit.objects.none(),
        method="below",
        empty_label=gettext_lazy("Alla enheter"),
    )
    regel = django_filters.ChoiceFilter(
        label=gettext_lazy("Regel"), field_name="rule", choices=[], empty_label=gettext_lazy("Alla regler")
    )

    def __init__(self, data: QueryDict, queryset: FindingQuerySet, user: User) -> None:
        """Offer the units and rules that occur; show what is open where nothing else is asked for."""
        asked = data.copy()
        asked.setdefault("lage", OPEN)
        super().__init__(asked, queryset)
        self.user = user
        self.filters["enhet"].queryset = Unit.objects.filter(pk__in=queryset.order_by().values("unit"))
        rules = queryset.order_by("rule").values_list("rule", flat=True).distinct()
        self.filters["regel"].extra["choices"] = [(rule, rule) for rule in rules]

    def containing(self, rows: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        """Keep what has the words in its text or source."""
        return rows.filter(Q(text__icontains=value) | Q(clause__icontains=value))

    def standing(self, rows: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        """Keep what is in this state now."""
        return in_state(rows, value)

    def mine(self, rows: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        """Keep what the reader must act on."""
        return rows.filter(pk__in=Finding.objects.of(self.user).values("pk"))

    def below(self, rows: FindingQuerySet, name: str, value: Unit) -> FindingQuerySet:
        """Keep what belongs to the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)


def in_state(rows: FindingQuerySet, state: str) -> FindingQuerySet:
    """Answer the findings that are in this state at this moment."""
    at = clock.now()
    narrowed = {
        OPEN: rows.open(at),
        LATE: rows.breached(at),
        DUE: rows.due(at),
        IN_ORDER: rows.exclude(breached_at__lte=at).exclude(due_at__lte=at),
    }
    return narrowed.get(state, rows)


class AuditFilter(django_filters.FilterSet):
    """Events by what they are about, what happened, who did it, and when."""

    q = django_filters.CharFilter(label=gettext_lazy("Vad det gäller"), method="about")
    handelse = django_filters.ChoiceFilter(
        label=gettext_lazy("Händelse"), field_name="action", choices=[], empty_label=gettext_lazy("Alla händelser")
    )
    vem = django_filters.CharFilter(label=gettext_lazy("Vem som gjorde det"), method="done_by")
    fran = django_filters.DateFilter(
        label=gettext_lazy("Från och med"), method="since", widget=forms.DateInput(attrs={"autocomplete": "off"})
    )
    till = django_filters.DateFilter(
        label=gettext_lazy("Till och med"), method="until", widget=forms.DateInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[AuditEvent], *, reader: User | None = None) -> None:
        """Offer every action there is, as its sentence with the particulars left out."""
        super().__init__(data, queryset)
        self.reader = reader
        self.filters["handelse"].extra["choices"] = actions()

    def about(self, rows: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """Keep events about an object or a unit with these words in its name; no name that the reader may not see."""
        named = Q(object_label__icontains=value) & shielded.about_open(self.reader)
        return rows.filter(named | Q(unit_label__icontains=value))

    def done_by(self, rows: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """Keep what people of that name, or with that address, did."""
        return rows.filter(actor_id__in=User.objects.called(value).values("pk"))

    def since(self, rows: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        """Keep what happened that day or later."""
        return rows.filter(at__gte=day_begins(value))

    def until(self, rows: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        """Keep what happened that day or earlier."""
        return rows.filter(at__lt=day_ends(value))


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def actions() -> list[tuple[str, str]]:
    """Answer every registered action with its sentence, particulars left out, in Swedish order."""
    worded = [(action, (str(sentence) % _Gaps()).strip("… .")) for action, sentence in audit.sentences.items()]
    return sorted(((action, _capital(words)) for action, words in worded), key=lambda each: swedish_key(each[1]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:] if words else _("Annat")
