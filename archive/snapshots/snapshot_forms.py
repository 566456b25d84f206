"""What people fill in when they order snapshots, and when they judge one. Forms validate and never save."""

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from archive.capture.address import AddressRefused, check
from archive.models import Snapshot
from archive.snapshots import hosts
from governance import access
from governance.models import Unit, User

PAGE, ITEM = Snapshot.Subject.PAGE, Snapshot.Subject.ITEM
# Why somebody orders; the other occasions come about by themselves.
OCCASIONS = [(value, Snapshot.Occasion(value).label) for value in (Snapshot.Occasion.REQUEST, Snapshot.Occasion.CHANGE)]


class OrderForm(forms.Form):
    """A picture of an account's page, or of one post or comment, and why."""

    subject = forms.ChoiceField(
        label=_("Vad ska bevaras?"), choices=Snapshot.Subject.choices, initial=PAGE, widget=forms.RadioSelect
    )
    link = forms.CharField(
        label=_("Länk till inlägget eller kommentaren"),
        required=False,
        max_length=2000,
        help_text=_("Kopiera den ur webbläsarens adressfält eller med plattformens val ”Kopiera länk”."),
    )
    elsewhere = forms.CharField(
        label=_("Varför hör länken till kontot?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Fyll bara i om länken leder till en annan webbplats än kontots."),
    )
    occasion = forms.ChoiceField(
        label=_("Anledning"), choices=OCCASIONS, initial=Snapshot.Occasion.REQUEST, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, account: Account) -> None:
        """Judge the link by the account's platform."""
        super().__init__(data)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Ask for a link where an item is to be kept, and for a reason where it leads elsewhere."""
        said = super().clean() or self.cleaned_data
        if said.get("subject") != ITEM:
            return {**said, "link": "", "elsewhere": ""}
        if not said.get("link"):
            self.add_error("link", gettext("Klistra in länken till det som ska bevaras."))
            return said
        try:
            said["link"] = check(said["link"], settings.CAPTURE_ALLOWED_HOST)
        except AddressRefused as refused:
            self.add_error("link", gettext(refused.text))
            return said
        self._judge(said)
        return said

    def _judge(self, said: dict[str, Any]) -> None:
        if hosts.same(self.account.platform, said["link"], self.account.address):
            said["elsewhere"] = ""
        elif not said.get("elsewhere"):
            words = {"there": hosts.of(self.account.platform, said["link"]), "platform": self.account.platform}
            text = gettext(
                "Länken leder till %(there)s, inte till kontots sida på %(platform)s. Skriv varför den hör hit."
            )
            self.add_error("elsewhere", text % words)


class UnitChoice(forms.ModelChoiceField):
    """A unit, with how many open accounts it and those below it have."""

    counts: Counter[int]

    def label_from_instance(self, obj: Any) -> str:
        """Answer the unit's name and the number."""
        count = self.counts[obj.pk]
        return ngettext("%(unit)s (%(n)s konto)", "%(unit)s (%(n)s konton)", count) % {"unit": obj, "n": count}


class UnitOrderForm(forms.Form):
    """Pictures of every open account of a unit and of those below it, and why."""

    unit = UnitChoice(
        label=_("Enhet"), queryset=Unit.objects.none(), empty_label=_("Välj enhet"), help_text=_("Och alla under den.")
    )
    occasion = forms.ChoiceField(
        label=_("Anledning"), choices=OCCASIONS, initial=Snapshot.Occasion.REQUEST, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, by: User, initial: dict[str, Any] | None = None) -> None:
        """Offer the units in which there is something to order, and `by` may."""
        super().__init__(data, initial=initial)
        field = self.fields["unit"]
        assert isinstance(field, UnitChoice)  # noqa: S101 - it is declared above
        field.counts = _open_accounts()
        field.queryset = access.visible(by, Unit.objects.filter(pk__in=field.counts), "order_snapshot")


class AcceptForm(forms.Form):
    """Why a page that the completeness gate questioned is good enough."""

    reason = forms.CharField(
        label=_("Skäl"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skälet följer med handlingen, tillsammans med anmärkningarna."),
        error_messages={"required": _("Skriv varför bilden duger ändå.")},
    )


def _open_accounts() -> Counter[int]:
    """Answer how many open accounts each unit and those below it have; one query."""
    counts: Counter[int] = Counter()
    for path in Account.objects.running().order_by().values_list("unit__path", flat=True):
        counts.update(int(part) for part in path.strip("/").split("/"))
    return counts
