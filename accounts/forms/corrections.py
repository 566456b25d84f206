"""What is put right in a signed plan: how people are reached, and the reason why a spelling is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActivityPlan, Duty
from accounts.plans import points
from governance.validators import one_line


class ContactsForm(forms.Form):
    """One row for each person named in the plan."""

    def __init__(self, data: Any = None, *, plan: ActivityPlan) -> None:
        """Offer how each is reached now."""
        super().__init__(data)
        self.rules = plan.rules
        self.duties = list(plan.duties.select_related("person").order_by("pk"))
        for duty in self.duties:
            title = points.title_of(duty.kind, self.rules)
            of = {"name": duty.person, "title": title.lower()}
            self.fields[f"{duty.pk}-email"] = forms.EmailField(
                required=False, label=_("E-post till %(name)s (%(title)s)") % of, initial=duty.email
            )
            self.fields[f"{duty.pk}-phone"] = forms.CharField(
                required=False,
                max_length=40,
                validators=[one_line],
                label=_("Telefon till %(name)s (%(title)s)") % of,
                initial=duty.phone,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse to take away what the policy asks for of this duty (Gullspång Bilaga 1 p. 5-6)."""
        cleaned = super().clean() or {}
        for duty in self.duties:
            for how in ("email", "phone"):
                name = f"{duty.pk}-{how}"
                if self._must(duty) and name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Policyn kräver att det står hur personen nås."))
        return cleaned

    def ways(self) -> dict[int, tuple[str, str]]:
        """Answer how each is reached, by duty."""
        cleaned = self.cleaned_data
        return {duty.pk: (cleaned[f"{duty.pk}-email"], cleaned[f"{duty.pk}-phone"]) for duty in self.duties}

    def _must(self, duty: Duty) -> bool:
        point = points.home_of(duty.kind, self.rules)
        return point in points.MUST_BE_REACHED


class CorrectionForm(forms.Form):
    """Why a version comes into force without signatures."""

    reason = forms.CharField(
        label=gettext_lazy("Vad rättar du, och varför?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Motiveringen står kvar i loggen och läses av dem som berörs."),
        error_messages={"required": gettext_lazy("Skriv vad som rättas.")},
    )
