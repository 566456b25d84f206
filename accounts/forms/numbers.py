"""The numbers of decisions by delegation, one field per statement of the approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import ActivityPlan
from accounts.signatures import delegation
from governance.validators import one_line

FIELD = "number-"


class NumbersForm(forms.Form):
    """A number for each decision by delegation; it may be left until it is known."""

    def __init__(self, data: Any = None, *, plan: ActivityPlan) -> None:
        """Ask for the number of each such decision of the plan, beginning with what is known."""
        super().__init__(data)
        known = delegation.entered(plan)
        for statement in delegation.statements(plan):
            row = known.get(statement.key)
            self.fields[f"{FIELD}{statement.key}"] = forms.CharField(
                label=_("Nummer på delegationsbeslutet: ”%(statement)s”") % {"statement": statement.text},
                help_text=_(
                    "Som det står i delegationsförteckningen eller diariet. Lämna tomt om det inte är känt än."
                ),
                max_length=60,
                required=False,
                validators=[one_line],
                initial=row.number if row else "",
            )

    def numbers(self) -> dict[str, str]:
        """Answer the numbers that were typed, by the statement's key."""
        return {name.removeprefix(FIELD): text for name, text in self.cleaned_data.items() if text}
