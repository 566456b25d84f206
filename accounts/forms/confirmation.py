"""What may be said beside a confirmation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.validators import one_line


class ConfirmationForm(forms.Form):
    """A confirmation, with a short note if there is something to add."""

    note = forms.CharField(label=_("Anteckning"), max_length=300, required=False, validators=[one_line])
