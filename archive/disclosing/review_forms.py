"""What is filled in while pages are chosen and reviewed. Forms validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from archive.disclosing import choosing, masking
from archive.models import DisclosurePage, DisclosureRecord

PROVISIONS_ID = "bestammelser"
# Those that most often protect what people write of themselves and others; any other is typed.
PROVISIONS = (
    _("21 kap. 1 § OSL (hälsa och sexualliv)"),
    _("21 kap. 3 § OSL (förföljda personers adress och telefonnummer)"),
    _("21 kap. 7 § OSL (behandling i strid med dataskyddsreglerna)"),
    _("22 kap. 1 § OSL (folkbokföring, skyddade personuppgifter)"),
    _("23 kap. 1 § OSL (förskola)"),
    _("23 kap. 2 § OSL (skola)"),
    _("25 kap. 1 § OSL (hälso- och sjukvård)"),
    _("26 kap. 1 § OSL (socialtjänst)"),
    _("18 kap. 1 § OSL (förundersökning)"),
)
Verdict = DisclosurePage.Verdict


def _provision(**kwargs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": PROVISIONS_ID, "autocomplete": "off"})
    return forms.CharField(label=_("Bestämmelse"), max_length=200, widget=widget, **kwargs)


class PagesForm(forms.Form):
    """Which pictures and files of a record the request is about."""

    names = forms.MultipleChoiceField(
        label=_("Sidor och filer"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en, eller ta bort handlingen ur begäran.")},
    )

    def __init__(self, data: Any, *, chosen: DisclosureRecord, **kwargs: Any) -> None:
        """Offer what can be handed out, the pictures first."""
        super().__init__(data, **kwargs)
        files = choosing.offered(chosen.record) if chosen.record else []
        self.fields["names"].choices = [(file.name, f"{file.caption} ({file.name})") for file in files]  # type: ignore[attr-defined]
        self.initial["names"] = [page.name for page in chosen.pages.all()]


class ReviewForm(forms.Form):
    """What the review of one page came to."""

    verdict = forms.ChoiceField(
        label=_("Prövning"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad prövningen kom till.")},
    )
    provision = _provision(
        required=False,
        help_text=_("Behövs när något inte lämnas ut. Välj i listan eller skriv själv."),
    )
    rectangles = forms.CharField(
        label=_("Maskade ytor"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("En yta på varje rad: avstånd från vänster, avstånd uppifrån, bredd och höjd, i bildpunkter."),
    )
    whole = forms.BooleanField(
        label=_("Jag har läst hela filen. Den lämnas ut hel, fast något annat i handlingen inte lämnas ut."),
        required=False,
    )

    def __init__(self, data: Any, *, page: DisclosurePage, size: tuple[int, int] | None, asks_whole: bool) -> None:
        """Offer masks for pictures only, and the question about a whole file only where it matters."""
        initial = {
            "verdict": page.verdict or (Verdict.MASK if page.rectangles else ""),
            "provision": page.provision,
            "rectangles": masking.write(page.rectangles),
            "whole": page.whole,
        }
        super().__init__(data, initial=initial)
        self.size = size
        masks = [choice for choice in Verdict.choices if page.is_picture or choice[0] != Verdict.MASK]
        self.fields["verdict"].choices = masks  # type: ignore[attr-defined]
        if not page.is_picture:
            del self.fields["rectangles"]
        if not asks_whole:
            del self.fields["whole"]

    def clean_rectangles(self) -> list[masking.Rectangle]:
        """Answer the masks, within the picture."""
        try:
            return masking.read(self.cleaned_data["rectangles"], self.size)
        except masking.NotRectangles as error:
            text = _t("”%(line)s” är inte en yta på bilden. Skriv fyra tal: x y bredd höjd.")
            raise forms.ValidationError(text % {"line": error}) from error

    def clean(self) -> dict[str, Any]:
        """Demand a provision where something is held back, and masks exactly where the page is masked."""
        data = super().clean() or self.cleaned_data
        verdict = data.get("verdict")
        if verdict in (Verdict.MASK, Verdict.WITHHOLD) and not data.get("provision"):
            self.add_error("provision", _t("Ange vilken bestämmelse som hindrar att det lämnas ut."))
        if "rectangles" in data:
            self._agree(verdict, data["rectangles"])
        return data

    def _agree(self, verdict: str | None, rectangles: list[masking.Rectangle]) -> None:
        if verdict == Verdict.MASK and not rectangles:
            self.add_error("rectangles", _t("Maska minst en yta, eller välj något annat."))
        if verdict == Verdict.HAND_OUT and rectangles:
            self.add_error("verdict", _t("Sidan har maskade ytor. Välj ”Lämnas ut med maskning”, eller ta bort dem."))


class WordsForm(forms.Form):
    """Words whose lines are masked."""

    words = forms.CharField(
        label=_("Maska rader som innehåller"),
        max_length=200,
        error_messages={"required": _("Skriv orden som ska maskas.")},
    )
    provision = _provision(error_messages={"required": _("Ange bestämmelsen.")})
    everywhere = forms.BooleanField(label=_("På alla valda bilder i begäran"), required=False)
