"""How one person gets into an account on its platform, as somebody has seen it to be there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import not_ahead
from accounts.forms.people import People, PersonField
from accounts.models import PlatformAccess
from governance.models import User
from governance.validators import one_line


class AccessForm(forms.Form):
    """A role, a way in, and two factors; and whose, where it is not known from before."""

    role = forms.CharField(
        label=_("Roll på plattformen"),
        max_length=60,
        required=False,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Plattformens egen benämning, till exempel Administratör eller Redaktör."),
    )
    way = forms.ChoiceField(
        label=_("Hur personen loggar in"),
        choices=PlatformAccess.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur personen loggar in.")},
    )
    two_factor_on = forms.DateField(
        label=_("Tvåfaktorsinloggning bekräftad den"),
        required=False,
        validators=[not_ahead],
        help_text=_("Dagen då du såg att den är på. Lämna tomt om den inte är det, eller om du inte vet."),
    )

    def __init__(self, data: Any, *, row: PlatformAccess | None = None, way: str = "") -> None:
        """Begin with what stands on the list, or with the way in that the policy gives."""
        start: dict[str, Any] = {"way": way}
        if row is not None:
            start = {"role": row.role, "way": row.way, "two_factor_on": row.two_factor_on}
        super().__init__(data, initial=start)

    def seen(self) -> dict[str, Any]:
        """Answer what was seen, in the words of `entries.confirm`."""
        return {name: self.cleaned_data[name] for name in ("role", "way", "two_factor_on")}


class NewAccessForm(AccessForm):
    """The same, with the person."""

    field_order = ("person",)

    def __init__(self, data: Any, *, way: str) -> None:
        """Offer everybody who is here."""
        super().__init__(data, way=way)
        self.people = People(User.objects.filter(is_active=True))
        self.fields["person"] = PersonField(
            self.people, label=_("Person"), help_text=_("Skriv namnet och välj i listan, eller skriv e-postadressen.")
        )
        self.fields["person"].required = True
        self.fields["person"].error_messages["required"] = str(_("Välj en person."))
        self.order_fields(self.field_order)
