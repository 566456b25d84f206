"""What people fill in to order an export. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from archive.models import Record
from governance import access
from governance.models import Unit, User


class ExportForm(forms.Form):
    """What is to go along: everything of an account, or of a unit and below, in a period, of a kind."""

    account = forms.ModelChoiceField(
        label=gettext_lazy("Konto"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=gettext_lazy("Alla konton"),
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Enhet, med allt under den"), queryset=Unit.objects.none())
    made_from = forms.DateField(label=gettext_lazy("Från och med"), required=False)
    made_to = forms.DateField(label=gettext_lazy("Till och med"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Slag"),
        required=False,
        choices=[("", gettext_lazy("Alla slag")), *Record.Kind.choices],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer what this person may export from."""
        super().__init__(*args, **kwargs)
        units = access.visible(user, Unit.objects.order_by("path"), "export_archive")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()
        accounts = Account.objects.filter(unit__in=units.values("pk")).select_related("platform").order_by("sort_key")
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("made_from"), cleaned.get("made_to")
        if begin and end and end < begin:
            self.add_error("made_to", _("Perioden slutar innan den börjar."))
        return cleaned
