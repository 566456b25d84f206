"""What the lists of disposal hold as files; nothing of what stands in a record."""

from django.utils.translation import gettext_lazy as _

from archive.secrecy import WITHHELD
from governance.exporting import Column

# What `views.disposals` prepares: the listed record, and the decision it may be disposed of under.
DUE = (
    Column(_("Nummer"), lambda row: row[0].number),
    Column(_("Handling"), lambda row: row[0].record.title if row[0].open else WITHHELD),
    Column(_("Handlingstyp"), lambda row: row[0].record.document_kind),
    Column(_("Konto"), lambda row: row[0].record.account if row[0].open else ""),
    Column(_("Enhet"), lambda row: row[0].record.unit),
    Column(_("Myndighet"), lambda row: row[0].record.authority),
    Column(_("Gjord"), lambda row: row[0].record.made_at),
    Column(_("Får gallras efter"), lambda row: row[0].record.dispose_after),
    Column(_("Gallringsbeslut"), lambda row: row[1] or ""),
    Column(_("Får inte gallras nu"), lambda row: row[0].held),
)
DISPOSED = (
    Column(_("Nummer"), lambda row: row.number),
    Column(_("Identitet"), lambda row: str(row.identifier)),
    Column(_("Slag"), lambda row: row.get_kind_display()),
    Column(_("Handlingstyp"), lambda row: row.document_kind_label),
    Column(_("Enhet"), lambda row: row.unit_label),
    Column(_("Myndighet"), lambda row: row.authority_label),
    Column(_("Gjord"), lambda row: row.made_at),
    Column(_("Arkiverad"), lambda row: row.kept_at),
    Column(_("Gallrad"), lambda row: row.disposed_at),
    Column(_("Gallringsbeslut"), lambda row: row.decision_label),
    Column(_("Gallring"), lambda row: row.disposal_id),
    Column(_("Manifestets kontrollsumma"), lambda row: row.manifest_sha256),
    Column(_("Filer"), lambda row: len(row.files)),
)
