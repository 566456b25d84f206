"""What communications writes in from a plan that was signed with ink."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActivityPlan, PaperScan
from accounts.signatures import paper_signing, signing
from accounts.signatures.paper_signing import ApprovalEntry, Entry
from accounts.signatures.signing import Place
from governance import clock, scans
from governance.validators import one_line

DAY, NAME = "day-", "name-"
NOT_YET, OTHER = "", "other"


class ScanForm(forms.Form):
    """The scan of a signed paper."""

    file = forms.FileField(
        label=gettext_lazy("Inskannat papper"),
        help_text=gettext_lazy("PDF, JPEG eller PNG, högst 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": gettext_lazy("Välj en fil."),
            "empty": gettext_lazy("Filen är tom."),
            "max_length": gettext_lazy("Filens namn är för långt."),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        """Say of a file that was thrown away for its size just that."""
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = too_large

    def clean_file(self) -> scans.Scan:
        """Take what is a paper by its content."""
        self.file_name = self.cleaned_data["file"].name
        try:
            return scans.read(self.cleaned_data["file"])
        except scans.NotAScan as refused:
            raise forms.ValidationError(str(refused)) from refused


class PaperForm(forms.Form):
    """Which signatures stand on the paper: a place is written in where its day is filled in."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    scan = forms.ModelChoiceField(
        PaperScan.objects.none(),
        label=gettext_lazy("Papperet som de står på"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Lägg först in det skannade papperet.")},
    )
    approver = forms.ChoiceField(label=gettext_lazy("Vem godkände planen?"), required=False)
    approval_name = forms.CharField(
        label=gettext_lazy("Namnförtydligande"), max_length=150, required=False, validators=[one_line]
    )
    approval_capacity = forms.CharField(
        label=gettext_lazy("I egenskap av"), max_length=300, required=False, validators=[one_line]
    )
    approval_day = forms.DateField(label=gettext_lazy("Dag på papperet"), required=False)

    def __init__(self, data: Any = None, *, plan: ActivityPlan) -> None:
        """Ask for a name and a day at each place that waits, and for the approval."""
        sealed = plan.sealed
        super().__init__(data, initial={"digest": sealed.digest if sealed else ""})
        self.places = {_key(place): place for place in signing.waiting(plan)}
        self.capacities = {str(user.pk): (user, said) for user, said in paper_signing.approvers(plan)}
        self.fields["scan"].queryset = plan.scans.all()  # type: ignore[attr-defined]
        self.fields["scan"].initial = plan.scans.last()
        for key, place in self.places.items():
            name = place.user.name if place.user else ""
            self.fields[f"{NAME}{key}"] = forms.CharField(
                label=_("Namnförtydligande"), max_length=150, required=False, initial=name, validators=[one_line]
            )
            self.fields[f"{DAY}{key}"] = forms.DateField(label=_("Dag på papperet"), required=False)
        self.fields["approver"].choices = [  # type: ignore[attr-defined]
            (NOT_YET, _("Ingen än: godkännandet står inte på papperet")),
            *((key, f"{user.name} ({said})") for key, (user, said) in self.capacities.items()),
            (OTHER, _("Någon annan, som inte finns i Uppsikt")),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse days to come, half an approval, a paper without signatures, and what somebody signed meanwhile."""
        cleaned = super().clean() or {}
        self._check_days(cleaned)
        self._check_approval(cleaned)
        gone = [key for key in self.data if key.startswith(DAY) and self.data[key] and key not in self.fields]
        if gone:
            raise forms.ValidationError(_("Någon av dem har undertecknat under tiden. Gå igenom sidan igen."))
        if not self.errors and not self.entries() and self.approval() is None:
            raise forms.ValidationError(_("Fyll i dagen för minst en underskrift."))
        return cleaned

    def rows(self) -> list[tuple[Place, BoundField, BoundField]]:
        """Answer each place with its fields for the name and the day."""
        return [(place, self[f"{NAME}{key}"], self[f"{DAY}{key}"]) for key, place in self.places.items()]

    def entries(self) -> list[Entry]:
        """Answer the signatures that were written in."""
        return [
            Entry(place, self.cleaned_data[f"{NAME}{key}"], self.cleaned_data[f"{DAY}{key}"])
            for key, place in self.places.items()
            if self.cleaned_data.get(f"{DAY}{key}")
        ]

    def approval(self) -> ApprovalEntry | None:
        """Answer the approval that was written in, if any."""
        chosen = self.cleaned_data.get("approver")
        if not chosen:
            return None
        user, capacity = self.capacities.get(chosen, (None, ""))
        said = self.cleaned_data
        return ApprovalEntry(
            user,
            said["approval_name"] or (user.name if user else ""),
            said["approval_capacity"] or capacity,
            said["approval_day"],
        )

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        for name, value in list(cleaned.items()):
            if not (name.startswith(DAY) or name == "approval_day") or value is None:
                continue
            if value > clock.today():
                self.add_error(name, _("Dagen har inte varit än."))
            if name.startswith(DAY) and not cleaned.get(f"{NAME}{name.removeprefix(DAY)}"):
                self.add_error(f"{NAME}{name.removeprefix(DAY)}", _("Skriv namnet som det står på papperet."))

    def _check_approval(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("approver")
        if not chosen:
            if cleaned.get("approval_day"):
                self.add_error("approver", _("Välj vem som godkände planen."))
            return
        if cleaned.get("approval_day") is None and "approval_day" not in self.errors:
            self.add_error("approval_day", _("Fyll i dagen som står vid godkännandet."))
        for name in ("approval_name", "approval_capacity"):
            if chosen == OTHER and not cleaned.get(name):
                self.add_error(name, _("Skriv det som det står på papperet."))


def _key(place: Place) -> str:
    return f"{place.user.pk if place.user else 0}-{place.statement_key}"
