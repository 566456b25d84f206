"""What is filled in about people and their roles. Forms validate and never save."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import clock, role_rules, unit_tree
from governance.models import RoleAssignment, Unit, User
from governance.role_words import role_words
from governance.validators import one_line

TAKEN = gettext_lazy("Adressen hör redan till en annan person i Uppsikt.")


def _name() -> forms.CharField:
    missing = {"required": gettext_lazy("Skriv personens namn.")}
    return forms.CharField(label=gettext_lazy("Namn"), max_length=150, validators=[one_line], error_messages=missing)


def _title() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Titel eller funktion"), max_length=150, required=False, validators=[one_line]
    )


def _phone() -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(
        label=gettext_lazy("Telefon"), max_length=40, required=False, validators=[one_line], widget=widget
    )


def _protected() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("Skyddade personuppgifter"),
        required=False,
        help_text=gettext_lazy("Personen visas då överallt med sin titel eller funktion, aldrig med namn."),
    )


def _email() -> forms.EmailField:
    missing = {"required": gettext_lazy("Skriv e-postadressen. Det är den som personen loggar in med.")}
    return forms.EmailField(label=gettext_lazy("E-post"), max_length=254, error_messages=missing)


class ContactForm(forms.Form):
    """What a person may put right about him- or herself: title and telephone."""

    title = _title()
    phone = _phone()


class PersonForm(forms.Form):
    """What those who keep the organisation say of a person."""

    name = _name()
    title = _title()
    phone = _phone()
    leaves_on = forms.DateField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Om det är känt när personen slutar. Inloggningen avslutas av sig själv dagen efter."),
    )
    protected_identity = _protected()

    def clean(self) -> dict[str, Any]:
        """Ask for a function to show where the name may not be shown."""
        return _with_function(self, super().clean() or {})


class EmailForm(forms.Form):
    """Another address for a person; nobody else may have it."""

    email = _email()

    def __init__(self, data: Any = None, *, user: User | None = None, **kwargs: Any) -> None:
        """Know whose address it is."""
        super().__init__(data, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Answer the address in lower case. Raises where somebody else has it."""
        email: str = self.cleaned_data["email"].lower()
        others = User.objects.filter(email=email)
        if others.exclude(pk=self.user.pk if self.user else 0).exists():
            raise forms.ValidationError(TAKEN)
        return email


class NewPersonForm(EmailForm):
    """A person to enter, and the first role where it is known."""

    name = _name()
    title = _title()
    phone = _phone()
    protected_identity = _protected()
    role = forms.ChoiceField(label=gettext_lazy("Roll"), required=False)
    unit = forms.TypedChoiceField(label=gettext_lazy("Enhet"), coerce=int, empty_value=None, required=False)

    field_order = ("name", "email", "title", "phone", "protected_identity", "role", "unit")

    def __init__(self, data: Any = None) -> None:
        """Offer the units that exist now."""
        super().__init__(data)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a function to show where the name may not be shown."""
        return _with_function(self, super().clean() or {})

    def clean_unit(self) -> Unit | None:
        """Answer the unit. Raises where only one of role and unit is chosen."""
        chosen, role = self.cleaned_data["unit"], self.cleaned_data.get("role")
        if bool(chosen) != bool(role):
            raise forms.ValidationError(_("Välj både roll och enhet, eller ingen av dem."))
        return Unit.objects.get(pk=chosen) if chosen else None


class RoleForm(forms.Form):
    """A role to give to one person."""

    role = forms.ChoiceField(
        label=gettext_lazy("Roll"),
        error_messages={"required": gettext_lazy("Välj roll.")},
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Enhet"),
        coerce=int,
        help_text=gettext_lazy("Rollen gäller enheten och alla enheter under den."),
        error_messages={"required": gettext_lazy("Välj enhet.")},
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Från och med"), error_messages={"required": gettext_lazy("Ange från vilken dag.")}
    )
    valid_to = forms.DateField(
        label=gettext_lazy("Till och med"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om rollen gäller tills vidare."),
    )
    secrecy = forms.BooleanField(
        label=gettext_lazy("Får se sekretessmarkerade uppgifter"),
        required=False,
        help_text=gettext_lazy("Kommunikatörerna får ett meddelande när någon får den rätten."),
    )

    def __init__(self, data: Any = None, *, to: User, by: User) -> None:
        """Offer the units that exist now; from today unless another day is given."""
        super().__init__(data, initial={"valid_from": clock.today()})
        self.to, self.by = to, by
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """Answer the unit."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, a role held already, and more for oneself than one has."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if problem := self._days(cleaned["valid_from"], cleaned["valid_to"]):
            self.add_error("valid_to", problem)
        elif self._held(cleaned):
            self.add_error("role", _("Personen har redan den rollen där under de dagarna."))
        elif refused := self._refused(cleaned):
            self.add_error(None, refused)
        return cleaned

    def _refused(self, cleaned: dict[str, Any]) -> str:
        facts = {"to": self.to, "by": self.by, "secrecy": cleaned["secrecy"], "last_day": cleaned["valid_to"]}
        return role_rules.refusal_to_give(cleaned["role"], cleaned["unit"], **facts)

    def _days(self, first: date, last: date | None) -> str:
        return _("Sista dagen är före den första.") if last and last < first else ""

    def _held(self, cleaned: dict[str, Any]) -> bool:
        same = RoleAssignment.objects.filter(
            user=self.to, role=cleaned["role"], unit=cleaned["unit"], secrecy=cleaned["secrecy"], standing_in_for=None
        )
        until = cleaned["valid_to"] or date.max
        overlapping = Q(valid_to=None) | Q(valid_to__gte=cleaned["valid_from"])
        return same.filter(overlapping, valid_from__lte=until).exists()


class LastDayForm(forms.Form):
    """When a role ends: now, or after a last day."""

    last_day = forms.DateField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om rollen ska upphöra nu."),
    )

    def clean_last_day(self) -> date | None:
        """Answer the day. Raises for one that has passed."""
        day: date | None = self.cleaned_data["last_day"]
        if day and day < clock.today():
            raise forms.ValidationError(_("Dagen har redan varit. Lämna tomt om rollen ska upphöra nu."))
        return day


def _with_function(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    if cleaned.get("protected_identity") and not cleaned.get("title") and "title" not in form.errors:
        form.add_error("title", _("Skriv en titel eller funktion: det är den som visas i stället för namnet."))
    return cleaned


def role_choices() -> list[tuple[str, Any]]:
    """Answer the roles by what they are called here, with nothing chosen first."""
    return [("", gettext_lazy("Välj roll")), *role_words().items()]


def unit_choices(units: Any = None) -> list[tuple[Any, Any]]:
    """Answer the units that exist today as a tree to choose from, with nothing chosen first."""
    found = Unit.objects.current(clock.today()) if units is None else units
    return [("", gettext_lazy("Välj enhet")), *unit_tree.choices(found)]
