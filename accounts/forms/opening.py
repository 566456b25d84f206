"""Opening an account: the address it really has."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import opening
from accounts.models import Account
from accounts.opening import Found, NotTheirs


class OpeningForm(forms.Form):
    """The real address; valid where it belongs to the account's platform and to no other account."""

    address = forms.CharField(
        label=gettext_lazy("Kontots adress"),
        max_length=600,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Skriv adressen.")},
    )

    def __init__(self, data: Any = None, *, account: Account, planned: str = "") -> None:
        """Begin with the address that was planned, if any; say what an address looks like there."""
        super().__init__(data, initial={"address": planned})
        self.account = account
        self.fields["address"].help_text = _("Kopiera den från webbläsaren. Exempel: %(example)s") % {
            "example": account.platform.example
        }

    def clean_address(self) -> Found:
        """Answer the canonical address and the account's name there."""
        try:
            found = opening.check(self.account.platform, self.cleaned_data["address"])
        except NotTheirs as refused:
            raise forms.ValidationError(str(refused)) from refused
        if Account.objects.filter(address=found.address).exclude(pk=self.account.pk).exists():
            raise forms.ValidationError(_("Adressen hör redan till ett annat konto i registret."))
        return found
