"""What a field of a form or a model refuses, in words for the person who typed it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.policy.characters import is_one_line


def one_line(value: str) -> None:
    """Refuse line breaks, controls and hidden formatting: names stand in mail headers, tables and file names."""
    if not is_one_line(value):
        raise ValidationError(_("Skriv texten på en rad, utan tecken som inte syns."), code="one_line")
