"""What the list of records holds as a file."""

from django.utils.translation import gettext_lazy as _

from governance.exporting import Column

RECORDS = (
    Column(_("Handling"), lambda row: row.title),
    Column(_("Slag"), lambda row: row.get_kind_display()),
    Column(_("Inkommen eller upprättad"), lambda row: row.get_origin_display()),
    Column(_("Konto"), lambda row: row.account),
    Column(_("Enhet"), lambda row: row.unit),
    Column(_("Myndighet"), lambda row: row.authority),
    Column(_("Gjord"), lambda row: row.made_at),
    Column(_("Arkiverad"), lambda row: row.kept_at),
    Column(_("Period"), lambda row: row.period),
    Column(_("Manifestets kontrollsumma"), lambda row: row.manifest_sha256),
)
