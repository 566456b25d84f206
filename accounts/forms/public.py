"""What somebody outside fills in. Forms validate and never save."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.models import PublicReport

# What a person needs at least to read and write, and for how long the page may lie open.
FASTEST, LONGEST = 3, 12 * 3600
SALT = "accounts.public_report"
Kind = PublicReport.Kind
ABOUT_ACCOUNTS = [choice for choice in Kind.choices if choice[0] != Kind.ACCESSIBILITY]


def begun_now() -> str:
    """Answer a token that says when the form was shown; nobody else can make one."""
    return signing.dumps(int(time.time()), salt=SALT)


class _FromOutside(forms.Form):
    """Where the answer goes, and what keeps programs out without asking people to prove that they are none.

    That is a trap, and the time it takes to write.
    """

    email = forms.EmailField(
        label=_("Din e-postadress"),
        required=False,
        max_length=254,
        help_text=_("Bara om du vill ha svar med e-post. Annars läser du svaret här, med ditt kvittonummer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Lämna det här fältet tomt"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    begun = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_website(self) -> str:
        """Refuse what only a program fills in, and say so: a person may have strayed into the field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Töm fältet och skicka igen."))
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent faster than one writes, or from a page that has lain open for too long."""
        cleaned = super().clean() or self.cleaned_data
        age = self._age()
        if age is None or age > LONGEST:
            self._begin_again()
            raise forms.ValidationError(_("Sidan har legat öppen för länge. Din text finns kvar: skicka den igen."))
        if age < FASTEST:
            raise forms.ValidationError(_("Det gick väldigt fort. Vänta några sekunder och skicka igen."))
        return cleaned

    def _age(self) -> float | None:
        try:
            return time.time() - signing.loads(self.cleaned_data.get("begun", ""), salt=SALT)
        except signing.BadSignature:
            return None

    def _begin_again(self) -> None:
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"begun": begun_now()}

    @property
    def trapped(self) -> bool:
        """Answer whether the trap has something in it, and must be shown so that it can be emptied."""
        return bool(self.errors.get("website")) if self.is_bound else False


class ReportForm(_FromOutside):
    """A false account, a missing one, a fault, or something else."""

    kind = forms.ChoiceField(
        label=_("Vad gäller det?"),
        choices=ABOUT_ACCOUNTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad det gäller.")},
    )
    about = forms.CharField(
        label=_("Kontots adress eller namn"),
        required=False,
        max_length=300,
        help_text=_("Till exempel länken till kontot. Kopiera den från webbläsaren eller appen."),
    )
    text = forms.CharField(
        label=_("Vad har du sett?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Skriv inte mer om enskilda personer än vi behöver för att förstå."),
        error_messages={"required": _("Berätta vad det gäller.")},
    )
    field_order = ["kind", "about", "text", "email", "website", "begun"]

    def clean(self) -> dict[str, Any]:
        """Which account it is must be said where that is the whole point."""
        cleaned = super().clean()
        if cleaned.get("kind") in (Kind.FALSE_ACCOUNT, Kind.MISSING) and not cleaned.get("about"):
            self.add_error("about", _("Skriv kontots adress eller namn, så att vi hittar det."))
        return cleaned


class FeedbackForm(_FromOutside):
    """A hindrance that somebody met on our own pages (lag 2018:1937)."""

    about = forms.CharField(
        label=_("Sidan det gäller"), required=False, max_length=300, help_text=_("Adressen, eller vad sidan heter.")
    )
    text = forms.CharField(
        label=_("Vad ville du göra, och vad hindrade dig?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Berätta gärna vilket hjälpmedel eller vilken webbläsare du använder."),
        error_messages={"required": _("Berätta vad som hindrade dig.")},
    )
    field_order = ["about", "text", "email", "website", "begun"]


class AnswerForm(forms.Form):
    """The answer to a report, as it goes to whoever wrote in."""

    text = forms.CharField(
        label=_("Svar"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Svaret visas för den som har kvittonumret, och går med e-post om en adress har lämnats."),
        error_messages={"required": _("Skriv ett svar.")},
    )
