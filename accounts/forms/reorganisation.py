"""A reorganisation: which accounts, to which unit, by which decision. The form validates and never saves."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from accounts.organisation.reorganising import STAYS
from governance import clock, unit_tree
from governance.models import Unit
from governance.validators import one_line


class ReorganisationForm(forms.Form):
    """Accounts by ticks, or all of a unit and those below it; where they go, and the decision."""

    from_unit = forms.TypedChoiceField(
        label=gettext_lazy("Alla konton i enheten, och under den"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Välj en hel enhet här, eller kryssa för konton nedan, eller båda."),
    )
    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Konton"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to = forms.TypedChoiceField(
        label=gettext_lazy("Ny enhet"), coerce=int, error_messages={"required": gettext_lazy("Välj den nya enheten.")}
    )
    decision = forms.CharField(
        label=gettext_lazy("Beslut"),
        max_length=200,
        validators=[one_line],
        help_text=gettext_lazy("Vem som beslutade och beslutets nummer, till exempel ”KS 2026-11-20 § 100”."),
        error_messages={"required": gettext_lazy("Ange beslutet.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Beslutsdag"), error_messages={"required": gettext_lazy("Ange beslutets dag.")}
    )
    # What was looked at before the decision: it is not carried out on anything else.
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Anteckning"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, seen: QuerySet[Account], initial: dict[str, Any] | None = None) -> None:
        """Offer the accounts that the reader sees and that can move, and the units that exist."""
        super().__init__(data, initial={"day": clock.today(), **(initial or {})})
        self.seen = seen.exclude(status__in=STAYS).select_related("platform", "unit")
        self.fields["accounts"].queryset = self.seen  # type: ignore[attr-defined]
        current = unit_tree.choices(Unit.objects.current(clock.today()))
        everything = unit_tree.choices(Unit.objects.all())
        self.fields["to"].choices = [("", _("Välj enhet")), *current]  # type: ignore[attr-defined]
        self.fields["from_unit"].choices = [("", _("Ingen hel enhet")), *everything]  # type: ignore[attr-defined]

    def clean_to(self) -> Unit:
        """Answer the unit."""
        return Unit.objects.get(pk=self.cleaned_data["to"])

    def clean_day(self) -> date:
        """Answer the day. Raises for one that has not come."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("Dagen har inte varit än. För in beslutet när det är fattat."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for something to move."""
        cleaned = super().clean() or {}
        if not self.errors and not self.moving().exists():
            self.add_error("accounts", _("Välj minst ett konto, eller en enhet som har konton."))
        return cleaned

    def moving(self) -> QuerySet[Account]:
        """Answer every account that was chosen, one by one or with a unit."""
        chosen = self.seen.filter(pk__in=[account.pk for account in self.cleaned_data.get("accounts") or []])
        if unit := self.cleaned_data.get("from_unit"):
            chosen |= self.seen.filter(unit__path__startswith=Unit.objects.get(pk=unit).path)
        return chosen.distinct().exclude(unit=self.cleaned_data["to"])

    def mark(self) -> str:
        """Answer what stands for exactly this move: the accounts, and where they go."""
        numbers = sorted(self.moving().values_list("pk", flat=True))
        return f"{self.cleaned_data['to'].pk}:{','.join(map(str, numbers))}"
