"""What the log of oversight holds as a file."""

from django.utils.translation import gettext_lazy as _

from governance.exporting import Column

ROUNDS = (
    Column(_("Konto"), lambda row: row.account),
    Column(_("Enhet"), lambda row: row.unit),
    Column(_("Från"), lambda row: row.due_from if row.due_at else None),
    Column(_("Senast"), lambda row: row.due_at),
    Column(_("Läge"), lambda row: row.get_status_display()),
    Column(_("Sett"), lambda row: row.logged_at),
    Column(_("Vem"), lambda row: row.logged_by),
    Column(_("Utfall"), lambda row: row.get_outcome_display()),
    Column(_("Anteckning"), lambda row: row.note),
    Column(_("Källa"), lambda row: row.clause),
)
