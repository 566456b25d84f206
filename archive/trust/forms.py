"""What somebody asks who holds a copy of a file: the file itself, or its SHA-256."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.checking import CheckForm


class FileForm(CheckForm):
    """The copy, of which only the SHA-256 is taken; or the SHA-256, which the browser may have worked out itself."""

    file = forms.FileField(
        label=gettext_lazy("Filen"),
        required=False,
        help_text=gettext_lazy("Dra hit filen eller välj den. Den läses bara för att räkna ut dess kontrollsumma."),
        error_messages={"empty": gettext_lazy("Filen är tom.")},
    )
    sha256 = forms.CharField(
        label=gettext_lazy("Eller kontrollsumman (SHA-256)"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("64 tecken, om du redan har räknat ut den."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"}),
    )

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        """Take what is to be said of a file that was thrown away for its size."""
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean_file(self) -> Any:
        """Say it where the file was too large to be read to its end."""
        if self.too_large:
            raise forms.ValidationError(self.too_large)
        return self.cleaned_data["file"]

    def clean(self) -> dict[str, Any]:
        """Ask for one of them."""
        cleaned = forms.Form.clean(self) or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sha256"):
            raise forms.ValidationError(_("Välj filen, eller klistra in kontrollsumman."))
        return cleaned
