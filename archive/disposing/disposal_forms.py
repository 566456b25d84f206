"""What people fill in about disposal: which records, why, and what stops it. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from archive.disposing.retention_forms import not_ahead
from archive.models import DisposalHold, DocumentKind, Record
from governance import access, clock
from governance.models import Unit, User

Scope = DisposalHold.Scope
EVERY = "alla"
CHOSEN = "valda"
FILE_AS, OUT_OF_USE, IN_USE = "handlingstyp", "inaktuell", "aktuell"


class ChosenForm(forms.Form):
    """Some of a list's records by their numbers, or all that the list holds as it is narrowed."""

    record = forms.ModelMultipleChoiceField(
        queryset=Record.objects.none(),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Ladda om listan.")},
    )
    omfattning = forms.ChoiceField(choices=[(CHOSEN, ""), (EVERY, "")], required=False)

    def __init__(self, data: Any, *, rows: Any) -> None:
        """Let only what the person's list holds be chosen."""
        super().__init__(data)
        self.rows = rows
        self.fields["record"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one record."""
        said = super().clean() or {}
        if said.get("omfattning") != EVERY and not said.get("record") and not self.errors:
            raise forms.ValidationError(_("Kryssa för minst en handling."))
        return said

    def chosen(self) -> Any:
        """Answer the records that were chosen."""
        if self.cleaned_data["omfattning"] == EVERY:
            return self.rows
        return self.rows.filter(pk__in=[record.pk for record in self.cleaned_data["record"]])


class ProposeForm(ChosenForm):
    """Which of the due records are proposed, with a remark to whoever looks at it next."""

    note = forms.CharField(
        label=gettext_lazy("Anmärkning till den som granskar"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OrderForm(ChosenForm):
    """What is done with the chosen records: filed as a kind, or judged to be current no longer."""

    act = forms.ChoiceField(
        choices=[(FILE_AS, ""), (OUT_OF_USE, ""), (IN_USE, "")],
        error_messages={"required": gettext_lazy("Välj vad som ska göras.")},
    )
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Handlingstyp"),
        queryset=DocumentKind.objects.filter(retired_at=None),
        required=False,
        empty_label=gettext_lazy("Välj"),
    )
    day = forms.DateField(label=gettext_lazy("Inte längre aktuell från"), required=False, initial=clock.today)

    def clean(self) -> dict[str, Any]:
        """Ask for the kind, or the day, that the act needs."""
        said = super().clean()
        if said.get("act") == FILE_AS and said.get("kind") is None and "kind" not in self.errors:
            self.add_error("kind", _("Välj en handlingstyp."))
        if said.get("act") == OUT_OF_USE and "day" not in self.errors:
            day = said.get("day")
            if day is None:
                self.add_error("day", _("Ange dagen."))
            elif day > clock.today():
                self.add_error("day", _("Dagen har inte kommit än."))
        return said


class ExemptForm(forms.Form):
    """Why a record is taken off the list."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl till undantaget"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv varför handlingen undantas.")},
    )


class HoldForm(forms.Form):
    """What a stop covers, and why."""

    scope = forms.ChoiceField(label=gettext_lazy("Vad stoppet gäller"), choices=Scope.choices, widget=forms.RadioSelect)
    record = forms.IntegerField(
        label=gettext_lazy("Handlingens nummer"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Numret står på handlingens sida."),
    )
    account = forms.ModelChoiceField(
        label=gettext_lazy("Konto"), queryset=Account.objects.none(), required=False, empty_label=gettext_lazy("Välj")
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Enhet"), queryset=Unit.objects.none(), required=False, empty_label=gettext_lazy("Välj")
    )
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Handlingstyp"),
        queryset=DocumentKind.objects.all(),
        required=False,
        empty_label=gettext_lazy("Välj"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Till exempel en tvist, en tillsyn eller en pågående begäran. Skriv inga personuppgifter."
        ),
    )

    def __init__(self, data: Any = None, *, user: User, **kwargs: Any) -> None:
        """Offer what the person may stop disposal of; a kind and everything take the whole municipality."""
        super().__init__(data, **kwargs)
        self.user = user
        units = access.visible(user, Unit.objects.all(), "hold_disposal")
        accounts = Account.objects.select_related("platform").filter(unit__in=units.values("pk"))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]
        if not access.holds_for_all(user, "hold_disposal"):
            own = [(value, label) for value, label in Scope.choices if value not in (Scope.KIND, Scope.EVERYTHING)]
            self.fields["scope"].choices = own  # type: ignore[attr-defined]

    def clean_record(self) -> Record | None:
        """Answer the record with the number, where the person may stop its disposal."""
        number = self.cleaned_data["record"]
        if number is None:
            return None
        found = access.visible(self.user, Record.objects.filter(pk=number), "hold_disposal").first()
        if found is None:
            raise forms.ValidationError(_("Det finns ingen handling med det numret, eller så når du den inte."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for what the scope names."""
        said = super().clean() or {}
        needed = said.get("scope")
        if needed and needed != Scope.EVERYTHING and said.get(needed) is None and needed not in self.errors:
            self.add_error(needed, _("Ange vad stoppet gäller."))
        return said

    def target(self) -> dict[str, Any]:
        """Answer what the stop covers, by name."""
        scope = self.cleaned_data["scope"]
        return {} if scope == Scope.EVERYTHING else {scope: self.cleaned_data[scope]}


class HoldEndForm(forms.Form):
    """Why a stop ends."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl till att stoppet hävs"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OutOfUseForm(forms.Form):
    """From which day one record is no longer current."""

    day = forms.DateField(label=gettext_lazy("Inte längre aktuell från"), initial=clock.today)

    def clean_day(self) -> Any:
        """Refuse a day that has not come."""
        return not_ahead(self.cleaned_data["day"])


class FileAsForm(forms.Form):
    """Which kind one record is filed as."""

    kind = forms.ModelChoiceField(
        label=gettext_lazy("Handlingstyp"),
        queryset=DocumentKind.objects.filter(retired_at=None),
        empty_label=gettext_lazy("Välj"),
    )
