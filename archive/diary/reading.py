"""What pages say of handovers: the list, a record's own, and why one did not arrive."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive import secrecy
from archive.models import DiaryDestination, DiaryHandover, Record
from governance import access, clock
from governance.exporting import Column
from governance.models import Unit, User
from governance.panels import Panel

Status = DiaryHandover.Status
COLORS = {
    Status.WAITING: "neutral",
    Status.SENDING: "info",
    Status.SENT: "info",
    Status.UNCERTAIN: "warning",
    Status.FAILED: "danger",
    Status.REGISTERED: "success",
    Status.CANCELLED: "neutral",
}
FAILURES = {
    "too_large": _(
        "Handlingen är för stor för e-post. Lämna den genom en mapp, eller hämta den och registrera för hand."
    ),
    "mail_server": _("E-postservern svarade inte."),
    "address_refused": _("E-postservern tog inte emot adressen. Kontrollera den."),
    "mail_refused": _("E-postservern tog inte emot meddelandet."),
    "mail_broken_off": _("Förbindelsen bröts mitt i. Meddelandet kan ha kommit fram."),
    "folder": _("Mappen gick inte att skriva till. Kontakta systemadministratören."),
    "archive_file": _("En av handlingens filer saknas i arkivet. Kontrollera handlingen."),
    "refused": _("Handlingen är sekretessmarkerad och lämnas inte den här vägen."),
    "stopped": _("Servern stoppades mitt i."),
    "internal": _("Ett oväntat fel uppstod. Systemadministratören hittar det i loggen."),
}
SHOWN_WITH = ("record", "unit", "authority", "account__platform", "ordered_by")
ORDERS = {
    "lage": ("status",),
    "datum": ("dated",),
    "tid": ("ordered_at",),
    "nummer": ("diary_number",),
    "enhet": ("unit__sort_key",),
}
EXPORT = (
    Column(_("Handling"), lambda row: row.record_id),
    Column(_("Rör"), lambda row: row.shown_matter),
    Column(_("Avsändare eller mottagare"), lambda row: row.shown_party),
    Column(_("Inkom eller upprättades"), lambda row: row.dated),
    Column(_("Läge"), lambda row: row.get_status_display()),
    Column(_("Diarienummer"), lambda row: row.shown_number),
    Column(_("Myndighet"), lambda row: row.authority),
    Column(_("Enhet"), lambda row: row.unit),
    Column(_("Beställd"), lambda row: row.ordered_at),
    Column(_("Överlämnad"), lambda row: row.sent_at),
    Column(_("Diarieförd"), lambda row: row.registered_at),
)


class HandoverFilter(django_filters.FilterSet):
    """Handovers by number or matter, state, and unit and all below it."""

    q = django_filters.CharFilter(label=_("Sök diarienummer"), method="numbered")
    lage = django_filters.ChoiceFilter(
        label=_("Läge"), field_name="status", choices=Status.choices, empty_label=_("Alla lägen")
    )
    enhet = django_filters.ModelChoiceFilter(
        label=_("Enhet"), queryset=Unit.objects.none(), method="below", empty_label=_("Alla enheter")
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[DiaryHandover], user: User) -> None:
        """Offer the units that occur."""
        super().__init__(data, queryset)
        self.user = user
        self.filters["enhet"].queryset = Unit.objects.filter(pk__in=queryset.order_by().values("unit"))

    def numbered(self, rows: QuerySet[DiaryHandover], name: str, value: str) -> QuerySet[DiaryHandover]:
        """Keep what has the number, or a part of it; what is closed to the reader is not found by it."""
        return rows.filter(secrecy.open_to(self.user, "record__"), diary_number__icontains=value)

    def below(self, rows: QuerySet[DiaryHandover], name: str, value: Unit) -> QuerySet[DiaryHandover]:
        """Keep what belongs to the unit or one below it."""
        return rows.filter(unit__path__startswith=value.path)


def shown(handovers: list[DiaryHandover], user: User) -> list[DiaryHandover]:
    """Answer them with what may be shown of each: number, party and matter, or that they are withheld; one query."""
    closed = secrecy.withheld(user, Record.objects.filter(pk__in=[each.record_id for each in handovers]))
    for each in handovers:
        hidden = each.record_id in closed
        each.shown_matter = str(secrecy.WITHHELD) if hidden else each.matter  # type: ignore[attr-defined]
        each.shown_party = "" if hidden else each.party  # type: ignore[attr-defined]
        each.shown_number = "" if hidden else each.diary_number  # type: ignore[attr-defined]
        each.color = COLORS[Status(each.status)]  # type: ignore[attr-defined]
        each.why = str(FAILURES.get(each.failure, ""))  # type: ignore[attr-defined]
    return handovers


def initial(record: Record) -> dict[str, Any]:
    """Answer what the form begins with: the record's day and title; the other party has to be written."""
    return {"dated": clock.local(record.made_at).date(), "matter": "" if record.secret else record.title[:300]}


def part(user: User, record: Record) -> Panel | None:
    """Show on a record's page where it stands with the diary, and the way there."""
    destination = DiaryDestination.objects.filter(authority=record.authority_id).first()
    found = list(record.handovers.select_related(*SHOWN_WITH)[:1])
    may = access.can(user, "hand_over", record)
    if not (found or may):
        return None
    latest = shown(found, user)[0] if found else None
    may_order = may and (latest is None or latest.status == Status.CANCELLED)
    context = {"handover": latest, "destination": destination, "may_order": may_order, "record": record}
    return Panel("archive/handover/_part.html", context)
