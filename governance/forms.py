"""What people fill in on the kernel's pages. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.policy.reader import PolicyRefused, read, shipped
from governance.workflow import Step


class StepForm(forms.Form):
    """A step of a workflow; one that asks for a reason has a field for it."""

    reason = forms.CharField(
        label=_("Motivering"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Motiveringen står kvar i loggen och läses av dem som berörs."),
        error_messages={"required": _("Skriv en motivering.")},
    )

    def __init__(self, data: Any, step: Step) -> None:
        """Ask for a reason only where the step does."""
        super().__init__(data)
        if not step.asks_reason:
            del self.fields["reason"]


class AdoptForm(forms.Form):
    """The decision by which a policy is adopted."""

    decision = forms.CharField(
        label=_("Beslut"),
        max_length=200,
        help_text=_("Vem som beslutade, datum och paragraf, till exempel ”Kommunstyrelsen 2026-11-20 § 100”."),
        error_messages={"required": _("Ange beslutet som policyn antas genom.")},
    )


class LoadForm(forms.Form):
    """Which of the shipped policies to load."""

    policy = forms.ChoiceField(
        label=_("Policy"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en policy.")},
    )

    def __init__(self, data: Any = None) -> None:
        """Offer the policies that come with the product, by municipality and title."""
        super().__init__(data)
        self.fields["policy"].choices = [(key, _words(key)) for key in shipped()]  # type: ignore[attr-defined]


def _words(key: str) -> str:
    path = shipped()[key]
    try:
        policy = read(path.read_text(encoding="utf-8"), path.name)
    except PolicyRefused:
        return path.name
    return f"{policy.municipality.name}: {policy.title}"
