"""What the list of records holds as a file; of a record that is closed to the reader only what the list shows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive import secrecy
from archive.models import Record
from governance.exporting import Column
from governance.models import User


def told(user: User) -> Callable[[list[Record]], Iterable[Record]]:
    """Answer what notes on each record of a chunk whether it is open to this reader."""

    def prepare(records: list[Record]) -> Iterable[Record]:
        closed = secrecy.withheld(user, Record.objects.filter(pk__in=[record.pk for record in records]))
        for record in records:
            record.is_open = record.pk not in closed  # type: ignore[attr-defined]
        return records

    return prepare


def _open(label: Any, value: Callable[[Any], Any]) -> Column:
    """Answer a column that is empty for what is closed."""
    return Column(label, lambda row: value(row) if row.is_open else "")


RECORDS = (
    Column(_("Handling"), lambda row: row.title if row.is_open else secrecy.WITHHELD),
    Column(_("Slag"), lambda row: row.get_kind_display()),
    _open(_("Inkommen eller upprättad"), lambda row: row.get_origin_display()),
    _open(_("Vem har skrivit"), lambda row: row.get_authors_display()),
    _open(_("Konto"), lambda row: row.account),
    Column(_("Enhet"), lambda row: row.unit),
    _open(_("Myndighet"), lambda row: row.authority),
    Column(_("Gjord"), lambda row: row.made_at),
    Column(_("Arkiverad"), lambda row: row.kept_at),
    Column(_("Period"), lambda row: row.period),
    _open(_("Handlingstyp"), lambda row: row.document_kind),
    _open(_("Fullständighet"), lambda row: row.get_completeness_display()),
    _open(_("Diarienummer"), lambda row: row.diary_number),
    Column(_("Sekretessmarkerad"), lambda row: row.secret),
    _open(_("Manifestets kontrollsumma"), lambda row: row.manifest_sha256),
)
