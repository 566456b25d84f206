"""What people fill in about a login. A secret that was typed is never shown again, not even beside an error."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.credentials import refusals
from accounts.credentials.vault import Login
from accounts.models import Credential
from governance.models import User
from governance.validators import one_line

SECRET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
PLACE = [one_line, refusals.no_password]


class ReferenceForm(forms.Form):
    """Where the login lies; never the login itself."""

    kept_in = forms.CharField(
        label=_("Var inloggningen ligger"),
        max_length=120,
        validators=PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Till exempel ”Kommunens lösenordshanterare, mappen Kommunikation”. Skriv aldrig lösenordet här."),
        error_messages={"required": _("Skriv var inloggningen ligger.")},
    )
    entry = forms.CharField(
        label=_("Postens namn där"),
        max_length=120,
        required=False,
        validators=PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Det som man söker på för att hitta den."),
    )
    put_there_by = forms.ModelChoiceField(
        label=_("Lades dit av"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": _("Välj vem som lade den där.")},
    )
    changed = forms.BooleanField(
        label=_("Lösenordet är bytt"),
        required=False,
        help_text=_("Kryssa i när lösenordet är ett annat än det var senast."),
    )

    def __init__(self, data: Any, *, credential: Credential | None, people: list[User], user: User) -> None:
        """Offer those who get into the account; begin with what is known."""
        known = credential if credential and credential.way == Credential.Way.REFERENCE else None
        start: dict[str, Any] = {"put_there_by": user.pk}
        if known:
            start = {"kept_in": known.kept_in, "entry": known.entry, "put_there_by": known.put_there_by_id or user.pk}
        super().__init__(data, initial=start)
        offered = {user.pk, start["put_there_by"], *(person.pk for person in people)}
        self.fields["put_there_by"].queryset = User.objects.filter(pk__in=offered)  # type: ignore[attr-defined]


class VaultForm(forms.Form):
    """The login itself, for the vault."""

    name = forms.CharField(
        label=_("Användarnamn eller e-post"),
        max_length=200,
        validators=[one_line, refusals.no_second_factor],
        widget=forms.TextInput(attrs=SECRET),
        error_messages={"required": _("Skriv det namn som man loggar in med.")},
    )
    password = forms.CharField(
        label=_("Lösenord"),
        max_length=500,
        strip=False,
        validators=[refusals.no_link_to_factor],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"}, render_value=False),
        help_text=_("Ett annat lösenord än det som ligger här räknas som att lösenordet är bytt."),
        error_messages={"required": _("Skriv lösenordet.")},
    )
    recovery_codes = forms.CharField(
        label=_("Återställningskoder"),
        max_length=4000,
        required=False,
        validators=[refusals.no_written_out_factor],
        widget=forms.Textarea(attrs={"rows": 4, **SECRET}),
        help_text=_("En per rad. Nyckeln till tvåfaktorsinloggningen förvaras aldrig här."),
    )

    def login(self) -> Login:
        """Answer the login that was typed."""
        return Login(**{name: self.cleaned_data[name] for name in ("name", "password", "recovery_codes")})

    def forget(self) -> None:
        """Drop the secrets of a judged form before it is shown again: they are typed anew, name and errors stay."""
        self.data = {"name": self.data.get("name", "")}

    @property
    def is_forgotten(self) -> bool:
        """Answer whether the secrets must be typed anew."""
        return self.is_bound and not self.data.get("password")


class RevealForm(forms.Form):
    """Why somebody looks at a login."""

    reason = forms.CharField(
        label=_("Varför behöver du inloggningen?"),
        max_length=300,
        validators=[one_line],
        help_text=_("Skälet står i loggen tillsammans med ditt namn. Kommunikatören läser den."),
        error_messages={"required": _("Skriv varför du behöver inloggningen.")},
    )
