"""Every open account in one list: how one gets in, when somebody last looked, and what is due."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Count, F, Min, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.credentials import ways
from accounts.filters import AccountFilter
from accounts.models import Account, Credential
from governance import clock
from governance.exporting import Column

A_YEAR = timedelta(days=365)
CHANGE, END, CONFIRM, TWO_FACTOR, LOOK, NOT_HANDED = "byt", "avsluta", "bekrafta", "tvafaktor", "kontrollera", "saknas"
NEEDS = [
    (CHANGE, _("Lösenordet ska bytas")),
    (END, _("Någon ska inte längre nå kontot")),
    (CONFIRM, _("Någon är inte bekräftad")),
    (TWO_FACTOR, _("Tvåfaktor saknas för någon")),
    (LOOK, _("Inte kontrollerad på ett år")),
    (NOT_HANDED, _("Ingen inloggning angiven")),
]
NOTHING = "ingen"
OFFERED = frozenset({"q", "plattform", "enhet", "vag", "behov"})
ORDERS = {
    "namn": ("sort_key",),
    "plattform": ("platform__sort_key", "sort_key"),
    "enhet": ("unit__sort_key", "sort_key"),
    "kontrollerad": ("credential__checked_at", "sort_key"),
    "byt": ("credential__change_due_since", "sort_key"),
    "tvafaktor": ("without_two_factor", "sort_key"),
    "personer": ("people", "sort_key"),
}


def rows() -> QuerySet[Account]:
    """Answer the open accounts with their login and, counted: people, those without two factors, to confirm, to end."""
    standing = Q(platform_access__ended_at=None, platform_access__pk__isnull=False)
    staying = standing & Q(platform_access__end_due_since=None)
    return (
        Account.objects.filter(status__in=ways.OPEN_STATUSES)
        .select_related("platform", "unit", "credential")
        .annotate(
            people=Count("platform_access", filter=staying),
            with_two_factor=Count("platform_access", filter=staying & Q(platform_access__two_factor_on__isnull=False)),
            to_confirm=Count("platform_access", filter=staying & Q(platform_access__confirmed_at=None)),
            to_end=Count("platform_access", filter=standing & Q(platform_access__end_due_since__isnull=False)),
            looked_at=Min("platform_access__checked_at", filter=staying),
        )
        .annotate(without_two_factor=F("people") - F("with_two_factor"))
    )


def columns() -> list[Column]:
    """Answer what a spreadsheet gets: counts and dates. Neither a login, nor where one lies, nor who gets in."""
    return [
        Column(_("Konto"), lambda account: account.name),
        Column(_("Plattform"), lambda account: account.platform.name),
        Column(_("Ansvarig enhet"), lambda account: account.unit.name),
        Column(_("Inloggningen"), lambda account: _of_login(account, "get_way_display")),
        Column(_("Kontrollerad"), lambda account: _of_login(account, "checked_at")),
        Column(_("Lösenordet ska bytas sedan"), lambda account: _of_login(account, "change_due_since")),
        Column(_("Personer"), lambda account: account.people),
        Column(_("Med tvåfaktor"), lambda account: account.with_two_factor),
        Column(_("Att bekräfta"), lambda account: account.to_confirm),
        Column(_("Att avsluta"), lambda account: account.to_end),
    ]


def _of_login(account: Account, name: str) -> Any:
    found = getattr(getattr(account, "credential", None), name, None)
    return found() if callable(found) else found


class LoginFilter(AccountFilter):
    """The same accounts by words, platform and unit; by how the login is kept, and by what is due."""

    vag = django_filters.ChoiceFilter(
        label=_("Inloggningen"),
        choices=[*Credential.Way.choices, (NOTHING, _("Inte angiven"))],
        method="kept",
        empty_label=_("Alla"),
    )
    behov = django_filters.ChoiceFilter(label=_("Att göra"), choices=NEEDS, method="needing", empty_label=_("Allt"))

    def __init__(self, data: QueryDict, queryset: QuerySet[Account]) -> None:
        """Offer what occurs; of what else narrows the register only what helps to find an account."""
        super().__init__(data, queryset)
        for name in self.filters.keys() - OFFERED:
            del self.filters[name]

    def kept(self, found: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts whose login is kept in this way, or not at all."""
        return found.filter(credential=None) if value == NOTHING else found.filter(credential__way=value)

    def needing(self, found: QuerySet[Account], name: str, value: str) -> QuerySet[Account]:
        """Keep accounts of which this is to be done."""
        year_ago = clock.now() - A_YEAR
        conditions: Mapping[str, Any] = {
            CHANGE: Q(credential__change_due_since__isnull=False),
            END: Q(to_end__gt=0),
            CONFIRM: Q(to_confirm__gt=0),
            TWO_FACTOR: Q(without_two_factor__gt=0),
            LOOK: Q(looked_at__lt=year_ago) | Q(credential__checked_at__lt=year_ago),
            NOT_HANDED: Q(credential=None),
        }
        return found.filter(conditions[value])
