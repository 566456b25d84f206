"""What is filled in about units and authorities. Forms validate and never save."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import clock
from governance.models import Authority, Unit
from governance.people_forms import unit_choices
from governance.validators import one_line

MISSING_NAME = {"required": gettext_lazy("Skriv ett namn.")}
MISSING_DAY = {"required": gettext_lazy("Ange en dag.")}


def _name() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Namn"), max_length=200, validators=[one_line], error_messages=MISSING_NAME
    )


def _authority() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Authority.objects.none(),
        label=gettext_lazy("Myndighet"),
        empty_label=gettext_lazy("Välj myndighet"),
        help_text=gettext_lazy(
            "Den nämnd eller det bolag som enheten hör till. Det som redan är gjort behåller sin myndighet."
        ),
        error_messages={"required": gettext_lazy("Välj myndighet.")},
    )


class UnitForm(forms.Form):
    """What is said of a unit: its name, its authority and its function address."""

    name = _name()
    authority = _authority()
    email = forms.EmailField(
        label=gettext_lazy("Funktionsadress"),
        required=False,
        help_text=gettext_lazy("Enhetens gemensamma e-post, till exempel biblioteket@kommunen.se."),
    )

    def __init__(self, data: Any = None, *, unit: Unit | None = None, parent: Unit | None = None) -> None:
        """Begin with what the unit says, or with the authority of the one above a new unit."""
        known = {"name": unit.name, "authority": unit.authority_id, "email": unit.email} if unit else {}
        if parent is not None:
            known = {"authority": parent.authority_id}
        super().__init__(data, initial=known)
        self.unit, self.parent = unit, parent or (unit.parent if unit else None)
        self.fields["authority"].queryset = authorities()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Answer the name. Raises where a sister has it already."""
        name: str = self.cleaned_data["name"]
        sisters = Unit.objects.current(clock.today()).filter(parent=self.parent, name__iexact=name)
        if self.parent and sisters.exclude(pk=self.unit.pk if self.unit else 0).exists():
            raise forms.ValidationError(_("Det finns redan en enhet med det namnet där."))
        return name


class NewUnitForm(UnitForm):
    """A unit to add below another one."""

    since = forms.DateField(label=gettext_lazy("Från och med"), error_messages=MISSING_DAY)

    def __init__(self, data: Any = None, *, parent: Unit) -> None:
        """Begin today."""
        super().__init__(data, parent=parent)
        self.initial["since"] = clock.today()


class MoveForm(forms.Form):
    """Under which unit another one is to be."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("Flytta till"), coerce=int, error_messages={"required": gettext_lazy("Välj enhet.")}
    )

    def __init__(self, data: Any = None, *, unit: Unit, **kwargs: Any) -> None:
        """Offer every unit that is not below the one that moves."""
        super().__init__(data, **kwargs)
        self.fields["to"].choices = unit_choices(elsewhere(unit))  # type: ignore[attr-defined]

    def clean_to(self) -> Unit:
        """Answer the unit."""
        return Unit.objects.get(pk=self.cleaned_data["to"])


class EndUnitForm(forms.Form):
    """When a unit ends, and who takes over what it leaves."""

    last_day = forms.DateField(label=gettext_lazy("Sista dag"), error_messages=MISSING_DAY)
    successor = forms.TypedChoiceField(
        label=gettext_lazy("Efterträdare"),
        coerce=int,
        help_text=gettext_lazy("Den enhet som svarar för det som den här enheten lämnar efter sig."),
        error_messages={"required": gettext_lazy("Välj efterträdare.")},
    )

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        """Offer every unit that is not below the one that ends."""
        super().__init__(data, initial={"last_day": clock.today(), "successor": unit.parent_id})
        self.unit = unit
        self.fields["successor"].choices = unit_choices(elsewhere(unit))  # type: ignore[attr-defined]

    def clean_last_day(self) -> date:
        """Answer the day. Raises where it is before the unit began."""
        day: date = self.cleaned_data["last_day"]
        if day < self.unit.valid_from:
            raise forms.ValidationError(_("Enheten började först senare. Välj en dag efter det."))
        return day

    def clean_successor(self) -> Unit:
        """Answer the unit."""
        return Unit.objects.get(pk=self.cleaned_data["successor"])


class AuthorityForm(forms.Form):
    """A board or a municipal company."""

    name = _name()
    kind = forms.ChoiceField(
        label=gettext_lazy("Slag"),
        choices=Authority.Kind.choices,
        initial=Authority.Kind.BOARD,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj slag.")},
    )

    def __init__(self, data: Any = None, *, authority: Authority | None = None) -> None:
        """Begin with what the authority is called."""
        super().__init__(data, initial={"name": authority.name, "kind": authority.kind} if authority else None)
        self.authority = authority

    def clean_name(self) -> str:
        """Answer the name. Raises where another authority that exists has it."""
        name: str = self.cleaned_data["name"]
        if authorities().filter(name__iexact=name).exclude(pk=self.authority.pk if self.authority else 0).exists():
            raise forms.ValidationError(_("Det finns redan en myndighet med det namnet."))
        return name


class EndAuthorityForm(forms.Form):
    """When an authority ends."""

    last_day = forms.DateField(label=gettext_lazy("Sista dag"), error_messages=MISSING_DAY)

    def __init__(self, data: Any = None, *, authority: Authority) -> None:
        """Begin with today."""
        super().__init__(data, initial={"last_day": clock.today()})
        self.authority = authority

    def clean_last_day(self) -> date:
        """Answer the day. Raises where it is before the authority began."""
        day: date = self.cleaned_data["last_day"]
        if day < self.authority.valid_from:
            raise forms.ValidationError(_("Myndigheten började först senare. Välj en dag efter det."))
        return day


class UnitSearch(forms.Form):
    """What narrows the tree of units; each field's name is its name in the address."""

    q = forms.CharField(label=gettext_lazy("Sök"), required=False)
    avslutade = forms.BooleanField(
        label=gettext_lazy("Visa även avslutade"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )


def authorities() -> QuerySet[Authority]:
    """Answer the authorities that exist today."""
    return Authority.objects.filter(valid_from__lte=clock.today()).exclude(valid_to__lt=clock.today())


def elsewhere(unit: Unit) -> QuerySet[Unit]:
    """Answer the units that exist today and are not the unit or below it."""
    return Unit.objects.current(clock.today()).exclude(path__startswith=unit.path)
