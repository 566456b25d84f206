"""One door to the readers of each kind of file."""

from django.utils.translation import gettext as _

from governance.imports import csvs, xlsx
from governance.imports.sheets import Sheet, Unreadable, kind_of


def read(content: bytes, name: str) -> list[Sheet]:
    """Answer the sheets that hold anything. Raises `Unreadable`, and nothing else, whatever the bytes are."""
    sheets = xlsx.read(content) if kind_of(content, name) == "xlsx" else csvs.read(content, name)
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Unreadable(_("Filen har inga rader med innehåll."))
    return filled
