"""What people fill in about rounds. Forms validate and never save."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Account
from moderation.actions import Look
from moderation.models import Round
from moderation.today import Line

SEEN = re.compile(r"sedd-(\d{1,18})")
ONLY = "bara"  # the button of one account; then what is ticked elsewhere on the page waits


class Card(NamedTuple):
    """One account on the page: how it stands, and its fields."""

    line: Line
    seen: BoundField
    due: BoundField
    note: BoundField


class LookForm(forms.Form):
    """The page's accounts, each with a tick, the due round that was shown, and a note."""

    def __init__(self, accounts: Iterable[Account], data: QueryDict | None = None) -> None:
        """Make the fields of each account; what is sent about any other account is `asked` but never taken."""
        super().__init__(data)
        self.accounts = {account.pk: account for account in accounts}
        for pk, account in self.accounts.items():
            self.fields |= _fields(pk, account)

    @property
    def asked(self) -> set[int]:
        """Answer the accounts that the request speaks of, known or not."""
        only = str(self.data.get(ONLY, ""))
        if only:
            return {int(only)} if only.isdecimal() and len(only) < 19 else {0}
        return {int(match[1]) for name in self.data if (match := SEEN.fullmatch(name))}

    def clean(self) -> dict[str, Any]:
        """Demand that something is chosen."""
        if not self.asked:
            raise ValidationError(_("Välj minst ett konto."))
        return self.cleaned_data

    def card(self, line: Line) -> Card:
        """Answer the account's fields beside how it stands."""
        pk = line.account.pk
        return Card(line, self[f"sedd-{pk}"], self[f"uppsikt-{pk}"], self[f"anteckning-{pk}"])

    def looks(self) -> list[Look]:
        """Answer one look per account that was chosen."""
        given = self.cleaned_data
        return [Look(pk, given[f"uppsikt-{pk}"], given[f"anteckning-{pk}"]) for pk in sorted(self.asked)]


def _fields(pk: int, account: Account) -> dict[str, forms.Field]:
    note = _("Anteckning om %(account)s") % {"account": account}
    length = Round._meta.get_field("note").max_length
    return {
        f"sedd-{pk}": forms.BooleanField(required=False),
        f"uppsikt-{pk}": forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput),
        f"anteckning-{pk}": forms.CharField(
            label=note, required=False, max_length=length, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }
