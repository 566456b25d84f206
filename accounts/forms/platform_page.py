"""How a platform's pages are built, written by hand; and that somebody tried it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Platform
from accounts.platforms import page_parts
from accounts.platforms.page_keeping import Result
from governance import clock

HELP = {
    "press": _("En CSS-väljare per rad. Uppsikt trycker på dem innan bilderna tas."),
    "hide": _("En CSS-väljare per rad. Uppsikt döljer dem innan bilderna tas."),
    "login_phrases": _("Ett uttryck per rad, till exempel: Logga in för att se mer"),
    "login_paths": _("Ett ord per rad, som det står mellan snedstrecken i adressen, till exempel: login"),
    "consent_phrases": _("Ett uttryck per rad, till exempel: Innan du fortsätter"),
    "post": _("En CSS-väljare per rad. Den första som finns på sidan används."),
    "official": _("CSS-väljare för ett märke inuti inlägget eller kommentaren, en per rad."),
    "citizen": _("CSS-väljare för ett märke inuti inlägget eller kommentaren, en per rad."),
    "own_names": _(
        "Ett namn per rad. {name} står för kontots namn och {handle} för användarnamnet. "
        "Lämna tomt om kontot skriver under något av dem."
    ),
}


class Lines(forms.CharField):
    """Several texts, one to a line; answers a list."""

    def __init__(self, name: str) -> None:
        """Take the label and the help of a part."""
        self.part = name
        rows = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off", "class": "mono"})
        super().__init__(
            label=page_parts.LABELS[name],
            help_text=HELP.get(name, _("En CSS-väljare per rad.")),
            required=False,
            widget=rows,
        )

    def prepare_value(self, value: Any) -> Any:
        """Answer the list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Answer the lines that hold something. Raises `ValidationError`, naming the line."""
        lines = [(number, line.strip()) for number, line in enumerate((value or "").splitlines(), start=1)]
        kept = [(number, line) for number, line in lines if line]
        if len(kept) > page_parts.MOST:
            raise forms.ValidationError(_t("Skriv högst %(most)s rader.") % {"most": page_parts.MOST})
        problems = [problem for number, line in kept if (problem := self._problem(number, line))]
        if problems:
            raise forms.ValidationError(problems)
        return [line for _number, line in kept]

    def _problem(self, number: int, line: str) -> str:
        facts = {"number": number, "most": page_parts.LONGEST}
        if len(line) > page_parts.LONGEST:
            return _t("Rad %(number)s är för lång: högst %(most)s tecken.") % facts
        if not line.isprintable():
            return _t("Rad %(number)s innehåller tecken som inte syns.") % facts
        if self.part not in page_parts.SELECTORS:
            return ""
        try:
            page_parts.selector(line)
        except page_parts.NotSelector:
            return _t("Rad %(number)s är ingen CSS-väljare.") % facts
        return ""


class PagePartsForm(forms.Form):
    """Every part of the platform's pages."""

    def __init__(self, data: Any = None, *, platform: Platform) -> None:
        """Begin with what is kept now."""
        super().__init__(data, initial=platform.details.page_parts)
        self.fields.update({name: Lines(name) for name in page_parts.NAMES})


class PageTrialForm(forms.Form):
    """How it went when somebody let Uppsikt take a picture of a real page, and compared."""

    result = forms.ChoiceField(
        label=_("Hur gick det?"),
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar.")},
    )
    day = forms.DateField(label=_("Prövat den"), error_messages={"required": _("Skriv vilken dag det prövades.")})
    note = forms.CharField(
        label=_("Att tänka på"),
        max_length=300,
        required=False,
        help_text=_("Till exempel vad som inte kom med. Skriv inga uppgifter om enskilda personer."),
    )

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"day": clock.today()})

    def clean_day(self) -> Any:
        """Answer the day. Raises `ValidationError` where it has not come yet."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_t("Dagen har inte varit än."))
        return day
