"""What somebody who holds a paper asks: the file itself, or its SHA-256."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_BYTES = 30 * 1024 * 1024
SUM = re.compile(r"[0-9a-f]{64}")


class CheckForm(forms.Form):
    """The PDF, of which only the SHA-256 is taken; or the SHA-256 as it was pasted."""

    file = forms.FileField(
        label=gettext_lazy("Planen som PDF"),
        required=False,
        help_text=gettext_lazy("Filen läses bara för att räkna ut dess kontrollsumma. Den sparas inte."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={"empty": gettext_lazy("Filen är tom.")},
    )
    sha256 = forms.CharField(
        label=gettext_lazy("Eller kontrollsumman (SHA-256)"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("64 tecken. Den står längst ner på varje sida av planen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than any plan."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(_("Filen är för stor för att vara en plan: den får vara högst 30 MB."))
        return file

    def clean_sha256(self) -> str:
        """Take a sum however it was pasted: in capitals, with spaces or colons between."""
        text = re.sub(r"[\s:\-]+", "", self.cleaned_data["sha256"]).lower()
        if text and not SUM.fullmatch(text):
            raise forms.ValidationError(
                _("Det är ingen SHA-256: den har 64 tecken, siffrorna 0–9 och bokstäverna a–f.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for one of them."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sha256"):
            raise forms.ValidationError(_("Välj planens PDF, eller klistra in kontrollsumman."))
        return cleaned

    def asked(self) -> str:
        """Answer the SHA-256 that is asked about: of the file, where there is one."""
        file = self.cleaned_data.get("file")
        return file.sha256 if file else self.cleaned_data["sha256"]
