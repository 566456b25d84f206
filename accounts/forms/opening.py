"""Opening an account: the address it really has, and what must be so before it starts."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import opening
from accounts.life.opening import Found, NotTheirs
from accounts.models import Account, ActivityPlan
from accounts.plans import prerequisites
from governance import access, clock
from governance.models import User
from governance.policy.base import Demand
from governance.policy.plan import Prerequisite
from governance.validators import one_line

CONFIRMED = "confirmed-"


class AddressForm(forms.Form):
    """The address that an account really has, valid where it belongs to the account's platform and is free."""

    address = forms.CharField(
        label=gettext_lazy("Kontots adress"),
        max_length=600,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Skriv adressen.")},
    )

    def __init__(self, data: Any = None, *, account: Account, **kwargs: Any) -> None:
        """Show what an address looks like on the account's platform."""
        super().__init__(data, **kwargs)
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
        self.check_found(found)
        return found

    def check_found(self, found: Found) -> None:
        """Refuse an address that another account has."""
        if opening.holder(found.address) not in (None, self.account):
            raise forms.ValidationError(_("Adressen hör redan till ett annat konto i registret."))


class OpeningForm(AddressForm):
    """The address, which a closed account may have had; the one that was signed; and what is confirmed."""

    reuse = forms.BooleanField(required=False, label=gettext_lazy("Kontot ska ha det avslutade kontots adress"))
    reuse_reason = forms.CharField(
        required=False,
        label=gettext_lazy("Skäl"),
        max_length=300,
        validators=[one_line],
        help_text=gettext_lazy("Till exempel att det är samma konto på plattformen, som tas i bruk igen."),
    )

    def __init__(self, data: Any = None, *, plan: ActivityPlan, user: User) -> None:
        """Begin with the address that was planned, if any; ask for what must be so before the account starts."""
        super().__init__(data, account=plan.account, initial={"address": plan.address_planned})
        self.plan, self.user = plan, user
        self.closed: Account | None = None  # the closed account that has the address, where the reader may take it over
        for key, said in prerequisites.of(plan.rules).items():
            self.fields[f"{CONFIRMED}{key}"] = _confirmation(said)

    def check_found(self, found: Found) -> None:
        """Refuse what another account has or had, and another address than the one that was signed."""
        self._check_free(found)
        self._check_signed(found)

    def clean(self) -> dict[str, Any]:
        """Ask why a closed account's address is taken over, and for nothing where it is not."""
        cleaned = super().clean() or {}
        if self.closed is None:
            cleaned["reuse_reason"] = ""
        elif not cleaned.get("reuse_reason") and "reuse_reason" not in self.errors and cleaned.get("reuse"):
            self.add_error("reuse_reason", _("Skriv varför kontot ska ha adressen."))
        return cleaned

    def confirmations(self) -> list[BoundField]:
        """Answer the boxes for what must, or should, be so before the account starts."""
        return [field for field in self if field.name.startswith(CONFIRMED)]

    def confirmed(self) -> list[str]:
        """Answer the keys of what was ticked."""
        names = [field.name for field in self.confirmations() if self.cleaned_data.get(field.name)]
        return [name.removeprefix(CONFIRMED) for name in names]

    def is_rewritten(self) -> bool:
        """Answer whether the address is kept in another form than it was typed in."""
        return bool(self.cleaned_data["address"].address != self.data["address"].strip())

    def _check_free(self, found: Found) -> None:
        """Refuse an address that another account has; a closed one's may be taken over on purpose."""
        other = opening.holder(found.address)
        if other is None or other == self.account:
            return
        if other.status != Account.Status.CLOSED or not access.can(self.user, "open_account", other):
            raise forms.ValidationError(_("Adressen hör redan till ett annat konto i registret."))
        self.closed = other
        if not self.data.get("reuse"):
            closed_at = other.closed_at or clock.now()  # the database holds that a closed account says when
            facts = {"account": other, "day": date_format(clock.local(closed_at), "j F Y")}
            text = _(
                "Adressen hörde till kontot %(account)s, som avslutades %(day)s. "
                "Ska det nya kontot ha den, kryssa i det nedan och skriv varför."
            )
            raise forms.ValidationError(text % facts)

    def _check_signed(self, found: Found) -> None:
        """Refuse another address than the one that was signed, where the policy demands one in the plan."""
        point, planned = self.plan.rules.point("address"), self.plan.address_planned
        if point is None or point.strength != "ska" or not planned:
            return
        if opening.canonical(self.account.platform, planned) != found.address:
            text = _("Planen är undertecknad för adressen %(planned)s; ändra planen först (%(clause)s).")
            raise forms.ValidationError(text % {"planned": planned, "clause": point.clause})


def _confirmation(said: Prerequisite | Demand) -> forms.BooleanField:
    return forms.BooleanField(
        required=said.strength == "ska",
        label=prerequisites.text_of(said),
        help_text=said.clause,
        error_messages={
            "required": _("Det måste vara klart innan kontot öppnas (%(clause)s).") % {"clause": said.clause}
        },
    )
