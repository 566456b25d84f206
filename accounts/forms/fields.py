"""One form field per column of a plan; a draft may lack any of them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from accounts.life import opening
from accounts.life.opening import NotTheirs
from accounts.models import Platform
from accounts.plans.wording import WEEKDAY_CHOICES
from governance import clock

LONGEST_TEXT = 10_000
HOURS_IN_WEEK = 168
HOURS_IN_MONTH = 720


class AddressField(forms.CharField):
    """A planned address, kept as typed once the platform knows it as one of its own."""

    def __init__(self, platform: Platform, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=300, widget=widget, **kwargs)
        self.platform = platform

    def clean(self, value: Any) -> str:
        """Answer what was typed. Raises `ValidationError` with an example of what is expected."""
        typed: str = super().clean(value)
        try:
            if typed:
                opening.check(self.platform, typed)
        except NotTheirs as refused:
            raise forms.ValidationError(str(refused)) from refused
        return typed


def text(**kwargs: Any) -> forms.CharField:
    """Answer a field for a free text."""
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


def number(most: int, **kwargs: Any) -> forms.DecimalField:
    """Answer a field for a number with at most one decimal, written with the comma or point of the language."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        min_value=0, max_value=most, max_digits=5, decimal_places=1, localize=True, widget=widget, **kwargs
    )


def not_ahead(day: date) -> None:
    """Refuse a day that has not been yet."""
    if day > clock.today():
        raise forms.ValidationError(_said("Dagen kan inte ligga framåt i tiden."))


def _past_day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(validators=[not_ahead], **kwargs)


def of_column(column: str, platform: Platform) -> forms.Field:
    """Answer the field of one column; the label and help of a column that is alone under its point are the caller's."""
    if column == "address_planned":
        return AddressField(platform, required=False)
    return _FIELDS.get(column, text)(required=False)


_FIELDS: dict[str, Callable[..., forms.Field]] = {
    "watch_days": partial(
        forms.TypedMultipleChoiceField,
        label=_("Dagar då kontot bevakas"),
        choices=WEEKDAY_CHOICES,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    ),
    "watch_on_holidays": partial(forms.BooleanField, label=_("Kontot bevakas även på helgdagar")),
    "watch_times": partial(
        forms.CharField,
        label=_("Tider"),
        help_text=_("Till exempel ”8–16 på vardagar, en gång på söndagar”."),
        max_length=200,
    ),
    "updates_per_week": partial(number, 999, label=_("Inlägg i veckan, minst")),
    "removal_hours": partial(
        forms.IntegerField, label=_("Otillåtet tas bort inom, antal timmar"), min_value=1, max_value=HOURS_IN_MONTH
    ),
    "hours_per_week": partial(number, HOURS_IN_WEEK),
    "terms_of_use_on": partial(_past_day, label=_("Bedömt den"), help_text=_("Tomt betyder i dag.")),
    "website_first_on": partial(_past_day, label=_("Bedömt den"), help_text=_("Tomt betyder i dag.")),
}
