"""Proposing an account: what it is called, where it is, whose it is, and who may see it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.life import uses
from accounts.models import Account, Platform
from governance import access, clock
from governance.models import PolicyVersion, Unit, User
from governance.unit_tree import choices
from governance.validators import one_line


class ProposalForm(forms.Form):
    """A proposed account; only units where the reader may propose one are offered, and no retired platform."""

    name = forms.CharField(
        label=gettext_lazy("Kontots namn"),
        max_length=120,
        validators=[one_line],
        help_text=gettext_lazy("Så tydligt att man förstår vilken verksamhet det är, till exempel ”Biblioteket”."),
        error_messages={"required": gettext_lazy("Skriv vad kontot ska heta.")},
    )
    platform = forms.ModelChoiceField(
        Platform.objects.none(),
        label=gettext_lazy("Plattform"),
        empty_label=gettext_lazy("Välj plattform"),
        error_messages={"required": gettext_lazy("Välj plattform.")},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Ansvarig enhet"),
        empty_label=gettext_lazy("Välj enhet"),
        help_text=gettext_lazy("Enhetens närmaste chef godkänner planen."),
        error_messages={"required": gettext_lazy("Välj den enhet som ska svara för kontot.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Slag av konto"),
        choices=Account.Kind.choices,
        initial=Account.Kind.UNIT,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj slag av konto.")},
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Vem kan se kontot"),
        choices=Account.Visibility.choices,
        initial=Account.Visibility.OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj vem som kan se kontot.")},
    )
    visibility_reason = forms.CharField(
        label=gettext_lazy("Skäl till att kontot inte är öppet"),
        max_length=300,
        validators=[one_line],
        required=False,
        help_text=gettext_lazy("Behövs bara för ett låst eller internt konto."),
    )
    audience = forms.CharField(
        label=gettext_lazy("Vilka ett låst konto är till för"),
        max_length=200,
        validators=[one_line],
        required=False,
        help_text=gettext_lazy("Står på den offentliga listan, till exempel ”Vårdnadshavare på Solängens förskola”."),
    )
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Används till"), required=False, widget=forms.CheckboxSelectMultiple
    )
    publishing_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Fler enheter som publicerar"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        """Offer what this person may choose; a person with a single unit finds it chosen."""
        super().__init__(data)
        today = clock.today()
        units = access.visible(user, Unit.objects.current(today), "propose_account")
        self._offer("platform", Platform.objects.open_on(today))
        self._offer("unit", units)
        self._offer("publishing_units", units)
        self.fields["uses"].choices = uses.choices(PolicyVersion.objects.current())  # type: ignore[attr-defined]
        offered = choices(units)
        self.fields["unit"].choices = [("", self.fields["unit"].empty_label), *offered]  # type: ignore[attr-defined]
        self.fields["publishing_units"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["unit"].initial = offered[0][0]

    def clean(self) -> dict[str, Any]:
        """Ask why an account is not open to all, and for whom a locked one is; keep nothing that is not needed."""
        cleaned = super().clean() or {}
        if cleaned.get("visibility") == Account.Visibility.OPEN:
            cleaned["visibility_reason"] = ""
        elif not cleaned.get("visibility_reason") and "visibility_reason" not in self.errors:
            self.add_error("visibility_reason", _("Skriv varför kontot inte ska vara öppet för alla."))
        if cleaned.get("visibility") != Account.Visibility.LOCKED:
            cleaned["audience"] = ""
        elif not cleaned.get("audience") and "audience" not in self.errors:
            self.add_error("audience", _("Skriv vilka det låsta kontot är till för."))
        if cleaned.get("unit") and cleaned.get("publishing_units"):
            cleaned["publishing_units"] = cleaned["publishing_units"].exclude(pk=cleaned["unit"].pk)
        return cleaned

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
