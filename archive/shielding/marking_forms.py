"""What is filled in when a record is marked secret, or the marking lifted. Forms validate and never save."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Record
from governance import clock
from governance.models import Authority


class MarkForm(forms.Form):
    """What a marking says by law: the provision, the day and the authority; and what it concerns."""

    provision = forms.CharField(
        label=gettext_lazy("Tillämplig bestämmelse"),
        max_length=200,
        help_text=gettext_lazy("Lagrummet, till exempel ”21 kap. 7 § OSL”."),
        error_messages={"required": gettext_lazy("Ange den bestämmelse som kan hindra att uppgiften lämnas ut.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Datum för markeringen"),
        error_messages={"required": gettext_lazy("Ange dagen då handlingen markerades.")},
    )
    authority = forms.ModelChoiceField(
        label=gettext_lazy("Myndighet som markerar"),
        queryset=Authority.objects.all(),
        error_messages={"required": gettext_lazy("Välj myndighet.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Vad uppgiften rör"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Läses bara av den som får se handlingen. Skriv inte den hemliga uppgiften här."),
    )

    def __init__(self, data: Any, record: Record) -> None:
        """Offer today and the authority that the record was made under."""
        super().__init__(data, initial={"day": clock.today(), "authority": record.authority_id})

    def clean_day(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("Datumet ligger i framtiden."))
        return day

    @property
    def made_at(self) -> datetime:
        """Answer the moment of the marking: now, or the middle of an earlier day."""
        day: date = self.cleaned_data["day"]
        return clock.now() if day == clock.today() else clock.at(day, time(12))


class LiftForm(forms.Form):
    """Why a marking is lifted."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl till att markeringen hävs"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Läses bara av den som får se handlingen."),
        error_messages={"required": gettext_lazy("Skriv varför markeringen hävs.")},
    )
