"""Keeping the platforms: leaving one, and saying what was found out by trying."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Platform
from accounts.platforms import platform_facts
from governance import clock
from governance.validators import one_line

LONGEST_LIMIT = 100_000


class RetiringForm(forms.Form):
    """From which day the platform is not used for new accounts, and why."""

    day = forms.DateField(label=_("Används inte längre från"), error_messages={"required": _("Skriv ett datum.")})
    reason = forms.CharField(
        label=_("Skäl"),
        max_length=300,
        validators=[one_line],
        error_messages={"required": _("Skriv varför plattformen inte ska användas.")},
    )

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"day": clock.today()})


class TrialForm(forms.Form):
    """What was found out about one fact, and on which day somebody tried it."""

    note = forms.CharField(
        label=_("Att tänka på"),
        max_length=200,
        required=False,
        validators=[one_line],
        help_text=_("En kort upplysning till den som sköter ett konto på plattformen."),
    )
    day = forms.DateField(
        label=_("Prövat den"),
        help_text=_("Dagen då någon hos er prövade det på plattformen."),
        error_messages={"required": _("Skriv vilken dag det prövades.")},
    )

    def __init__(self, data: Any = None, *, platform: Platform, fact: str) -> None:
        """Begin with what is known now, tried today."""
        now = {"answer": getattr(platform, fact), "note": platform.details.notes.get(fact, ""), "day": clock.today()}
        super().__init__(data, initial=now)
        self.fields = {"answer": _answer(fact), **self.fields}

    def clean_day(self) -> Any:
        """Answer the day. Raises `ValidationError` where it has not come yet."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return day


def _answer(fact: str) -> forms.Field:
    """Answer the field of a fact, of its own kind."""
    label = platform_facts.label(fact)
    if fact == platform_facts.LIMIT:
        return forms.IntegerField(
            label=label,
            min_value=1,
            max_value=LONGEST_LIMIT,
            required=False,
            help_text=_("Antal tecken. Lämna tomt om ni inte vet."),
        )
    choices = Platform.fact_field(fact).choices or ()
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar.")},
    )
