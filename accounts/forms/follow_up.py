"""What became of a goal, as its form."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import not_ahead
from accounts.models import GoalFollowUp
from governance import clock


class FollowUpForm(forms.Form):
    """A look at a goal on a day: how far it was reached, what is seen, when it is looked at again."""

    followed_up_on = forms.DateField(
        label=gettext_lazy("Uppföljt den"),
        validators=[not_ahead],
        error_messages={"required": gettext_lazy("Ange dagen.")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Utfall"),
        choices=GoalFollowUp.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj hur långt ni har nått.")},
    )
    result = forms.CharField(
        label=gettext_lazy("Resultat"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Vad mätningen visar, och vad ni gör nu."),
        error_messages={"required": gettext_lazy("Skriv vad mätningen visar.")},
    )
    next_on = forms.DateField(
        label=gettext_lazy("Följs upp igen"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om målet inte ska följas upp mer."),
    )

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"followed_up_on": clock.today()})

    def clean_next_on(self) -> date | None:
        """Refuse a next time that is not ahead."""
        day: date | None = self.cleaned_data["next_on"]
        if day and day <= clock.today():
            raise forms.ValidationError(_("Nästa uppföljning måste ligga framåt i tiden."))
        return day
