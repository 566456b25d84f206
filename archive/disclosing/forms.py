"""What is filled in about a request. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from archive.disclosing import letters
from archive.disclosing.requesting import HANDLES
from archive.models import Disclosure, DisclosurePackage
from governance import access, clock
from governance.models import RoleAssignment, Unit, User
from governance.unit_tree import choices

FREE = _("Upp till nio sidor lämnas ut utan avgift.")
ANONYMOUS = _(
    "Frivilligt. Fråga inte efter namn: den som begär en allmän handling får vara anonym (2 kap. 18 §"
    " tryckfrihetsförordningen). Skriv bara vad personen själv har lämnat."
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RequestForm(forms.Form):
    """A request as it came in."""

    asked_for = forms.CharField(
        label=_("Vad som begärs"),
        max_length=4000,
        widget=_area(5),
        help_text=_("Med den frågandes egna ord: vilket konto, vilken tid, vilket inlägg."),
        error_messages={"required": _("Skriv vad som begärs.")},
    )
    received_at = forms.DateTimeField(label=_("När begäran kom in"))
    channel = forms.ChoiceField(
        label=_("Hur den kom in"), choices=Disclosure.Channel.choices, widget=forms.RadioSelect, initial="mail"
    )
    unit = forms.TypedChoiceField(label=_("Enhet som begäran gäller"), choices=[])
    name = forms.CharField(label=_("Namn"), max_length=200, required=False, help_text=ANONYMOUS)
    contact = forms.CharField(
        label=_("Hur svaret kan lämnas"),
        max_length=300,
        required=False,
        help_text=_("E-post, telefon eller adress, eller ”hämtar själv”. Kan lämnas tomt."),
    )

    def __init__(self, data: Any, *, user: User, **kwargs: Any) -> None:
        """Offer the units for which this person hands out."""
        super().__init__(data, **kwargs)
        units = access.visible(user, Unit.objects.current(clock.today()), HANDLES)
        self.fields["unit"].choices = choices(units)  # type: ignore[attr-defined]

    def clean_received_at(self) -> Any:
        """Refuse a moment that has not come."""
        moment = self.cleaned_data["received_at"]
        if moment > clock.now():
            raise forms.ValidationError(_t("Tidpunkten har inte varit än."))
        return moment

    def clean_unit(self) -> Unit:
        """Answer the unit itself."""
        return Unit.objects.select_related("authority").get(pk=self.cleaned_data["unit"])


class ChangeForm(RequestForm):
    """What was noted of a request, corrected; its unit stays."""

    def __init__(self, data: Any, *, user: User, **kwargs: Any) -> None:
        """Leave the unit out."""
        super().__init__(data, user=user, **kwargs)
        del self.fields["unit"]


class IdentityForm(forms.Form):
    """Why it had to be asked who or what for; the answer's field opens when that is noted."""

    asked_because = forms.CharField(
        label=_("Varför behöver du veta vem som frågar eller varför?"),
        max_length=1000,
        widget=_area(3),
        help_text=_("Till exempel: 21 kap. 7 § OSL prövas efter hur uppgifterna ska användas."),
        error_messages={"required": _("Skriv varför det behövs för sekretessprövningen.")},
    )
    purpose = forms.CharField(
        label=_("Vem som frågar, och vad uppgifterna ska användas till"),
        max_length=2000,
        required=False,
        widget=_area(4),
        help_text=_("Bara det som prövningen behöver. Den som inte vill svara har rätt till det."),
    )

    def __init__(self, data: Any, *, opened: bool, **kwargs: Any) -> None:
        """Open the answer's field only where the reason is noted already."""
        super().__init__(data, **kwargs)
        if not opened:
            del self.fields["purpose"]


class AssignForm(forms.Form):
    """Who handles a request."""

    handler = forms.ModelChoiceField(
        label=_("Handläggare"), queryset=User.objects.none(), error_messages={"required": _("Välj en handläggare.")}
    )

    def __init__(self, data: Any, *, unit: Unit, **kwargs: Any) -> None:
        """Offer those who hand out for the unit."""
        super().__init__(data, **kwargs)
        roles = RoleAssignment.objects.in_force(clock.today()).giving(HANDLES).covering(unit)
        people = User.objects.filter(pk__in=roles.order_by().values("user"), is_active=True)
        self.fields["handler"].queryset = people.order_by("sort_key", "pk")  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """What whoever asked was told."""

    note = forms.CharField(
        label=_("Vad du sade"),
        max_length=1000,
        widget=_area(3),
        help_text=_("Till exempel: ”Handlingarna prövas nu, svar senast onsdag.” Skriv inte vem som frågat."),
        error_messages={"required": _("Skriv vad du sade.")},
    )


class FeeForm(forms.Form):
    """The fee by the municipality's own tariff."""

    fee_pages = forms.IntegerField(label=_("Antal sidor"), min_value=0, max_value=100_000, required=False)
    fee_amount = forms.DecimalField(
        label=_("Avgift i kronor"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        initial=0,
        localize=True,
    )
    fee_note = forms.CharField(
        label=_("Grund för avgiften"),
        max_length=1000,
        required=False,
        widget=_area(2),
        initial=FREE,
        help_text=_("Enligt kommunens egen taxa. Avgiften tas inte emot i Uppsikt."),
    )


class PackageForm(forms.Form):
    """The answer that goes along where not everything is handed out."""

    reasons = forms.CharField(
        label=_("Skäl till att allt inte lämnas ut"),
        max_length=8000,
        widget=_area(5),
        help_text=_("Står i beskedet, tillsammans med upplysningen om rätten att få myndighetens beslut."),
        error_messages={"required": _("Skriv skälen till att allt inte lämnas ut.")},
    )

    def __init__(self, data: Any, *, holds_back: bool, **kwargs: Any) -> None:
        """Ask for reasons only where something is held back."""
        super().__init__(data, **kwargs)
        if not holds_back:
            del self.fields["reasons"]


class HandOutForm(forms.Form):
    """How it was handed out."""

    how = forms.ChoiceField(
        label=_("Hur lämnades det ut?"),
        choices=DisclosurePackage.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det lämnades ut.")},
    )


NAMED = _("Skriv namnet i brevet. Brevet blir en handling, och namnet står kvar så länge den finns.")


class RefuseForm(forms.Form):
    """The official's answer that nothing is handed out."""

    reasons = forms.CharField(
        label=_("Skäl"),
        max_length=8000,
        widget=_area(6),
        error_messages={"required": _("Skriv skälen.")},
    )
    named = forms.BooleanField(label=NAMED, required=False)

    def __init__(self, data: Any, *, request: Disclosure, **kwargs: Any) -> None:
        """Offer the name only where it is known."""
        super().__init__(data, **kwargs)
        if not request.name:
            del self.fields["named"]


class DecideForm(RefuseForm):
    """The authority's decision."""

    reference = forms.CharField(
        label=_("Beslutets nummer"),
        max_length=100,
        help_text=_("Till exempel diarienummer eller nummer på delegationsbeslutet."),
        error_messages={"required": _("Ange beslutets nummer.")},
    )
    delegation = forms.CharField(
        label=_("Stöd för att besluta"),
        max_length=200,
        help_text=_("Punkten i delegationsordningen, eller nämndens paragraf."),
        error_messages={"required": _("Ange vad du stöder beslutet på.")},
    )
    court = forms.ChoiceField(label=_("Överklagas till"), choices=[(name, name) for name in letters.COURTS])
    appeal = forms.CharField(
        label=_("Hur beslutet överklagas"),
        max_length=4000,
        required=False,
        widget=_area(6),
        help_text=_("Lämna tomt för den vanliga texten med domstolen ovan och tre veckors tid."),
    )
    own_case = forms.BooleanField(
        label=_("Jag har handlagt begäran, och delegationsordningen låter mig också besluta."), required=False
    )
    field_order = ["reasons", "reference", "delegation", "own_case", "court", "appeal", "named"]

    def __init__(self, data: Any, *, request: Disclosure, user: User, **kwargs: Any) -> None:
        """Ask about one's own case only where it is."""
        super().__init__(data, request=request, **kwargs)
        if request.handler != user:
            del self.fields["own_case"]
