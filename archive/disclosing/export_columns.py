"""What the list of requests holds as a file: nothing of whoever asked, and not their words."""

from django.utils.translation import gettext_lazy as _

from archive.disclosing import promptness
from archive.models import Disclosure
from governance.exporting import Column


def _hours(request: Disclosure) -> float:
    return round(promptness.taken(request).total_seconds() / 3600, 1)


REQUESTS = (
    Column(_("Nummer"), lambda row: row.pk),
    Column(_("Läge"), lambda row: row.get_status_display()),
    Column(_("Kom in"), lambda row: row.received_at),
    Column(_("Hur den kom in"), lambda row: row.get_channel_display()),
    Column(_("Enhet"), lambda row: row.unit),
    Column(_("Myndighet"), lambda row: row.authority),
    Column(_("Handläggare"), lambda row: row.handler),
    Column(_("Svar eller besked senast"), lambda row: row.due_at if row.is_open else None),
    Column(_("Besvarad"), lambda row: row.answered_at),
    Column(_("Avslutad"), lambda row: row.ended_at),
    Column(_("Handläggningstid i timmar"), _hours),
    Column(_("Antal sidor"), lambda row: row.fee_pages),
    Column(_("Avgift i kronor"), lambda row: float(row.fee_amount) if row.fee_amount is not None else None),
)
