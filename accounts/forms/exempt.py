"""Opening an account that needs no plan: the address it really has."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import opening
from accounts.life.opening import Found, NotTheirs
from accounts.models import Account


class ExemptOpeningForm(forms.Form):
    """The real address, valid where it belongs to the account's platform and to no other account."""

    address = forms.CharField(
        label=gettext_lazy("Kontots adress"),
        max_length=600,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Skriv adressen.")},
    )

    def __init__(self, data: Any = None, *, account: Account) -> None:
        """Show what an address looks like on the account's platform."""
        super().__init__(data)
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
        if opening.holder(found.address) not in (None, self.account):
            raise forms.ValidationError(_("Adressen hör redan till ett annat konto i registret."))
        return found
