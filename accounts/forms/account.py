"""Editing an account's facts: a form that remembers what stood there when it was opened."""

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import changes, seasons, uses
from accounts.models import Account
from governance import clock
from governance.models import PolicyVersion, Unit, User
from governance.unit_tree import choices
from governance.validators import one_line

SALT = "accounts.edit"


class MonthDayField(forms.CharField):
    """A day of the year: "1 juni", "1/6" or "06-01"; cleaned to "06-01"."""

    def clean(self, value: Any) -> str:
        """Answer the month and the day. Raises `ValidationError` where there is no such day."""
        typed = super().clean(value).strip().lower()
        if not typed:
            return ""
        try:
            return f"{self._read(typed):%m-%d}"
        except (ValueError, KeyError) as error:
            raise forms.ValidationError(_("Skriv en dag på året, till exempel ”1 juni”.")) from error

    def prepare_value(self, value: Any) -> Any:
        """Answer a kept day as people write it; what was typed stays as it was typed."""
        try:
            return date_format(seasons.as_date(value), "j F") if value else value
        except (ValueError, TypeError):
            return value

    def _read(self, typed: str) -> date:
        if "/" in typed:
            day, _slash, month = typed.partition("/")
            return date(seasons.LEAP_YEAR, int(month), int(day))
        if "-" in typed:
            return seasons.as_date(typed)
        day, _space, name = typed.partition(" ")
        numbers = {str(word).lower(): number for number, word in MONTHS.items()}
        return date(seasons.LEAP_YEAR, numbers[name.strip()], int(day))


class AccountForm(forms.Form):
    """Everything about an account that can be changed; `base` holds what was shown, so that nobody writes over."""

    base = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Kontots namn"),
        max_length=120,
        validators=[one_line],
        error_messages={"required": gettext_lazy("Skriv vad kontot heter.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Slag av konto"), choices=Account.Kind.choices)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Vem kan se kontot"), choices=Account.Visibility.choices, widget=forms.RadioSelect
    )
    visibility_reason = forms.CharField(
        label=gettext_lazy("Skäl till att kontot inte är öppet"), max_length=300, validators=[one_line], required=False
    )
    audience = forms.CharField(
        label=gettext_lazy("Vilka ett låst konto är till för"),
        max_length=200,
        validators=[one_line],
        required=False,
        help_text=gettext_lazy("Står på den offentliga listan, till exempel ”Vårdnadshavare på Solängens förskola”."),
    )
    public_about = forms.CharField(
        label=gettext_lazy("Vad kontot är till för"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    public_about_en = forms.CharField(
        label=gettext_lazy("Vad kontot är till för, på engelska"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )
    public_contact = forms.CharField(
        label=gettext_lazy("Kontakt: funktion"),
        max_length=120,
        validators=[one_line],
        required=False,
        help_text=gettext_lazy("En funktion, aldrig en person: ”Bibliotekets informationsdisk”."),
    )
    public_email = forms.EmailField(label=gettext_lazy("Kontakt: funktionsadress"), required=False)
    public_phone = forms.CharField(
        label=gettext_lazy("Kontakt: telefon"), max_length=40, validators=[one_line], required=False
    )
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Används till"), required=False, widget=forms.CheckboxSelectMultiple
    )
    season_from = MonthDayField(
        label=gettext_lazy("Säsongen börjar"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Till exempel ”1 juni”."),
    )
    season_to = MonthDayField(label=gettext_lazy("Säsongen slutar"), max_length=20, required=False)
    publishing_units = forms.MultipleChoiceField(
        label=gettext_lazy("Fler enheter som publicerar"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, account: Account, user: User) -> None:
        """Begin with what the register holds, and with the reader's own change that waits."""
        shown, stood = changes.shown_to(account, user), changes.facts(account)
        base = signing.dumps({"shown": shown, "stood": stood}, salt=SALT, compress=True)
        super().__init__(data, initial={**shown, "base": base})
        self.account, self.fresh_base = account, base
        self._offer("uses", uses.choices(PolicyVersion.objects.current()))
        units = Unit.objects.current(clock.today()).exclude(pk=account.unit_id)
        here = Unit.objects.filter(pk__in=shown["publishing_units"])
        self._offer("publishing_units", [(str(pk), name) for pk, name in choices(units | here)])

    def clean_base(self) -> dict[str, Any]:
        """Answer what was shown and what stood in the register when the page was opened."""
        try:
            found: dict[str, Any] = signing.loads(self.cleaned_data["base"], salt=SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Sidan är för gammal. Ladda om den och skriv igen.")) from error
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for what a visibility or a season needs; keep nothing that it does not."""
        cleaned = super().clean() or {}
        if cleaned.get("visibility") == Account.Visibility.OPEN:
            cleaned["visibility_reason"] = ""
        elif not cleaned.get("visibility_reason") and "visibility_reason" not in self.errors:
            self.add_error("visibility_reason", _("Skriv varför kontot inte är öppet för alla."))
        if cleaned.get("visibility") == Account.Visibility.LOCKED and not cleaned.get("audience"):
            self.add_error("audience", _("Skriv vilka det låsta kontot är till för."))
        if bool(cleaned.get("season_from")) != bool(cleaned.get("season_to")) and not self._errors_of_season():
            self.add_error("season_to", _("En säsong har både en första och en sista dag."))
        return cleaned

    def facts(self) -> changes.Facts:
        """Answer what was typed, as the register compares it."""
        typed: changes.Facts = {name: self.cleaned_data[name] for name in changes.FIELDS}
        typed["uses"] = sorted(typed["uses"])
        typed["publishing_units"] = sorted(int(pk) for pk in typed["publishing_units"])
        return typed

    def show_conflict(self, theirs: changes.Facts) -> None:
        """Say what somebody else wrote meanwhile beside what was typed; sending again keeps what was typed."""
        sent: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        self._keep_what_others_wrote(sent)
        sent["base"] = self.fresh_base
        self.data = sent
        self.add_error(
            None,
            _("Någon annan har ändrat kontot medan du skrev. Det du har skrivit står kvar: jämför och spara igen."),
        )
        for name, value in theirs.items():
            self.add_error(name, _("Där står nu: ”%(value)s”.") % {"value": in_words(name, value) or _("inget")})

    def _keep_what_others_wrote(self, sent: QueryDict) -> None:
        """Where nothing was typed, show what stands there now: sent again, it would otherwise be written over."""
        shown, typed = self.cleaned_data["base"]["shown"], self.facts()
        for name in changes.FIELDS:
            if typed[name] == shown[name]:
                now = self.initial[name]
                sent.setlist(name, [str(each) for each in now] if isinstance(now, list) else [now])

    def _errors_of_season(self) -> bool:
        return bool({"season_from", "season_to"} & self.errors.keys())

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]


def in_words(name: str, value: Any) -> str:
    """Answer a fact's value as people read it."""
    if name == "kind":
        return str(Account.Kind(value).label)
    if name == "visibility":
        return str(Account.Visibility(value).label)
    if name == "uses":
        return ", ".join(label for key, label in uses.choices(PolicyVersion.objects.current()) if key in value)
    if name == "publishing_units":
        return ", ".join(unit.name for unit in Unit.objects.filter(pk__in=value))
    return date_format(seasons.as_date(value), "j F") if name.startswith("season") and value else str(value)
