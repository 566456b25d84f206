"""What is filled in during an account's life: pausing, closing, a loss, a deviation."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import pausing
from accounts.models import Account
from governance import access
from governance.models import User
from governance.validators import one_line

LONGEST = 2000
NOTICE = timedelta(days=14)
FARTHEST = timedelta(days=2 * 366)


def _prose(label: Any, required: Any = "", help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )


class PauseForm(forms.Form):
    """Until when an account rests, and why."""

    until = forms.DateField(
        label=gettext_lazy("Pausat till och med"),
        help_text=gettext_lazy("Dagen efter är kontot aktivt igen, av sig självt."),
        error_messages={"required": gettext_lazy("Ange en dag.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=300,
        validators=[one_line],
        help_text=gettext_lazy("Till exempel ”sommarstängt” eller ”vi bygger om”. Skälet står i loggen."),
        error_messages={"required": gettext_lazy("Skriv varför kontot pausas.")},
    )

    def clean_until(self) -> Any:
        """Refuse a day that has passed, and a pause without end."""
        until, today = self.cleaned_data["until"], pausing.today()
        if until < today:
            raise forms.ValidationError(_("Dagen har redan varit."))
        if until > pausing.longest(today):
            text = _(
                "Ett konto kan pausas längst till %(day)s. Ska det vila längre: ge det en säsong, eller avsluta det."
            )
            raise forms.ValidationError(text % {"day": date_format(pausing.longest(today), "j F Y")})
        return until


class SuccessorForm(forms.Form):
    """The last day, and where the public is led instead."""

    closes_on = forms.DateField(
        label=gettext_lazy("Sista dag"),
        help_text=gettext_lazy("Dagen då kontot avslutas. Den står i texten som du kan lägga ut på kontot."),
        error_messages={"required": gettext_lazy("Ange vilken dag kontot avslutas.")},
    )
    successor = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Vi finns nu på"),
        required=False,
        empty_label=gettext_lazy("Inget annat konto"),
        help_text=gettext_lazy("Visas för allmänheten när kontot är avslutat."),
    )

    def __init__(self, data: Any = None, *, account: Account, user: User, initial: Any = None) -> None:
        """Offer the official accounts that the reader sees."""
        super().__init__(data, initial=initial or {"closes_on": pausing.today() + NOTICE})
        official = Account.objects.official().filter(pk__in=Account.objects.active().values("pk"))
        offered = access.visible(user, official.exclude(pk=account.pk), "see_account")
        self.fields["successor"].queryset = offered  # type: ignore[attr-defined]

    def clean_closes_on(self) -> Any:
        """Refuse a day that has passed, or that nobody plans for."""
        day = self.cleaned_data["closes_on"]
        if day < pausing.today():
            raise forms.ValidationError(_("Dagen har redan varit."))
        if day > pausing.today() + FARTHEST:
            raise forms.ValidationError(_("Dagen ligger för långt fram."))
        return day


class ClosingForm(SuccessorForm):
    """The beginning of a closing: why, when, and what comes instead."""

    reason = _prose(
        gettext_lazy("Varför avslutas kontot?"),
        gettext_lazy("Skriv varför kontot avslutas."),
        gettext_lazy("Chefen och kommunikatören läser det, och det står i loggen."),
    )
    field_order = ("reason", "closes_on", "successor")


class TickForm(forms.Form):
    """A step of a closing: done, or left out with a reason."""

    key = forms.CharField(max_length=20, widget=forms.HiddenInput)
    done = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")
    note = _prose(gettext_lazy("Anteckning"), rows=2)


class LossEntryForm(forms.Form):
    """Something done while the account is lost: a point of the checklist, or a note."""

    key = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    text = _prose(gettext_lazy("Anteckning"), rows=2)

    def __init__(self, data: Any = None, *, points: dict[str, Any]) -> None:
        """Know the points of the checklist."""
        super().__init__(data)
        self.fields["key"].choices = [("", ""), *points.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for words where no point is ticked."""
        cleaned = super().clean() or {}
        if not cleaned.get("key") and not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("text", _("Skriv vad som är gjort."))
        return cleaned


class RecoverForm(forms.Form):
    """What was done to get the account back."""

    how = _prose(
        gettext_lazy("Vad är gjort?"),
        gettext_lazy("Skriv vad som är gjort."),
        gettext_lazy("Hur kontot togs tillbaka och hur ni vet att ingen annan når det. Det står kvar i loggen."),
    )


class WaiverForm(forms.Form):
    """Why an account may differ from what the policy recommends."""

    reason = _prose(
        gettext_lazy("Skäl till avsteget"),
        gettext_lazy("Skriv varför kontot får avvika."),
        gettext_lazy("Skälet visas vid rekommendationen på kontots sida."),
    )


class NoteForm(forms.Form):
    """A word to whoever wrote a change, when it is published."""

    note = _prose(gettext_lazy("Hälsning till den som skrev"), rows=2)
    seen = forms.CharField(widget=forms.HiddenInput)
