"""What people fill in about a handover. Forms validate and never save."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import DiaryDestination, DiaryHandover
from governance import clock
from governance.validators import one_line

# A folder is one name: never a way to another place on the disk.
FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class HandoverForm(forms.ModelForm):
    """What the diary must say of the document (OSL 5:2)."""

    class Meta:
        model = DiaryHandover
        fields = ("dated", "party", "matter", "kept_out")
        error_messages = {
            "dated": {"required": gettext_lazy("Ange dagen då handlingen kom in eller upprättades.")},
            "matter": {"required": gettext_lazy("Skriv i korthet vad handlingen rör.")},
        }

    def clean_dated(self) -> Any:
        """Refuse a day that has not come."""
        dated = self.cleaned_data["dated"]
        if dated > clock.today():
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return dated

    def clean_party(self) -> str:
        """Refuse what is more than a line."""
        one_line(self.cleaned_data["party"])
        return self.cleaned_data["party"]

    def clean_matter(self) -> str:
        """Refuse what is more than a line."""
        one_line(self.cleaned_data["matter"])
        return self.cleaned_data["matter"]


class NumberForm(forms.Form):
    """The number that the diary gave."""

    diary_number = forms.CharField(
        label=gettext_lazy("Diarienummer"),
        max_length=60,
        validators=[one_line],
        help_text=gettext_lazy("Som det står i diariet, till exempel KS 2026/318-2."),
        error_messages={"required": gettext_lazy("Skriv diarienumret.")},
    )


class DestinationForm(forms.ModelForm):
    """Where an authority's diary takes its documents."""

    class Meta:
        model = DiaryDestination
        fields = ("system", "connector", "address", "automatic")
        help_texts = {
            "system": gettext_lazy("Vad diariet kallas hos er, till exempel Platina."),
            "address": gettext_lazy(
                "Registratorns e-postadress, eller mappens namn med små bokstäver a-z, siffror och bindestreck."
            ),
            "automatic": gettext_lazy("Varje ny ögonblicksbild lämnas över utan att någon behöver be om det."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse an address that is none of its kind."""
        cleaned = super().clean() or self.cleaned_data
        connector, address = cleaned.get("connector"), cleaned.get("address", "")
        if connector == DiaryHandover.Connector.FOLDER and address and not FOLDER.fullmatch(address):
            self.add_error("address", _("Mappens namn är små bokstäver a-z, siffror och bindestreck."))
        if connector == DiaryHandover.Connector.MAIL and address:
            self._check_mail(address)
        return cleaned

    def _check_mail(self, address: str) -> None:
        try:
            validate_email(address)
        except forms.ValidationError:
            self.add_error("address", _("Skriv en fullständig e-postadress."))
