"""What people fill in about the document management plan and its decisions. Forms validate and never save."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import DisposalDecision, DocumentKind, RetentionPlan, RetentionRule
from archive.models.retention import LONGEST_MONTHS
from archive.snapshots.promised import INTERVALS
from governance import clock
from governance.models import Authority
from governance.validators import one_line

YEARS, MONTHS = "years", "months"
Fate, CountedFrom = RetentionRule.Fate, RetentionRule.CountedFrom


class KindForm(forms.Form):
    """What a kind of document is called and covers."""

    name = forms.CharField(label=gettext_lazy("Handlingstyp"), max_length=200, validators=[one_line])
    about = forms.CharField(
        label=gettext_lazy("Vad den omfattar"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Allmänheten läser det här i förteckningen över handlingstyper."),
    )


class PlanForm(forms.Form):
    """A draft's introduction, and the interval between snapshots where the plan states one."""

    note = forms.CharField(
        label=gettext_lazy("Inledning eller anmärkning"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    snapshot_months = forms.IntegerField(
        label=gettext_lazy("Månader mellan ögonblicksbilder"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=gettext_lazy("Lämna tomt om policyns intervall ska gälla. 1, 2, 3, 4, 6 eller 12."),
    )

    def clean_snapshot_months(self) -> int | None:
        """Refuse what does not go evenly into a year: each year has its campaigns in the same months."""
        months = self.cleaned_data["snapshot_months"]
        if months is not None and months not in INTERVALS:
            raise forms.ValidationError(_("Skriv 1, 2, 3, 4, 6 eller 12 månader."))
        return months


class RuleForm(forms.Form):
    """One line of a plan."""

    kind = forms.ModelChoiceField(label=gettext_lazy("Handlingstyp"), queryset=DocumentKind.objects.none())
    fate = forms.ChoiceField(
        label=gettext_lazy("Bevaras eller gallras"), choices=Fate.choices, widget=forms.RadioSelect, initial=Fate.KEEP
    )
    time = forms.IntegerField(
        label=gettext_lazy("Gallras efter"),
        min_value=0,
        max_value=LONGEST_MONTHS,
        required=False,
        help_text=gettext_lazy("0 betyder genast: fortlöpande, eller vid inaktualitet."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("År eller månader"),
        choices=[(YEARS, gettext_lazy("år")), (MONTHS, gettext_lazy("månader"))],
        initial=YEARS,
        required=False,
    )
    counted_from = forms.ChoiceField(
        label=gettext_lazy("Räknas från"),
        choices=[("", gettext_lazy("Välj")), *CountedFrom.choices],
        required=False,
    )
    decision = forms.ModelChoiceField(
        label=gettext_lazy("Gallringsbeslut"),
        queryset=DisposalDecision.objects.none(),
        required=False,
        empty_label=gettext_lazy("Inget än, eller planens eget beslut"),
        help_text=gettext_lazy(
            "Utan beslut gallras ingenting. Är planen själv gallringsbeslut anger du det när den antas."
        ),
    )
    form = forms.CharField(
        label=gettext_lazy("Form"),
        max_length=200,
        required=False,
        validators=[one_line],
        help_text=gettext_lazy("Till exempel digital, PDF/A eller papper."),
    )
    place = forms.CharField(
        label=gettext_lazy("Förvaras"),
        max_length=200,
        required=False,
        validators=[one_line],
        help_text=gettext_lazy("System, arkiv eller rum."),
    )
    secrecy = forms.CharField(label=gettext_lazy("Sekretess"), max_length=300, required=False, validators=[one_line])
    note = forms.CharField(
        label=gettext_lazy("Anmärkning"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, plan: RetentionPlan, rule: RetentionRule | None = None) -> None:
        """Offer the kinds that have no line yet, and the authority's decisions that are in force."""
        super().__init__(data, initial=_of(rule) if rule else None)
        free = DocumentKind.objects.filter(retired_at=None).exclude(pk__in=plan.rules.values("kind"))
        offered = DocumentKind.objects.filter(pk=rule.kind_id) if rule else free
        self.fields["kind"].queryset = offered  # type: ignore[attr-defined]
        own = DisposalDecision.objects.filter(authority=plan.authority)
        in_force = own.filter(Q(ended_on=None) | Q(ended_on__gte=clock.today()))
        self.fields["decision"].queryset = in_force  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the time and from when it is counted, where the kind is disposed of."""
        said = super().clean() or {}
        if said.get("fate") == Fate.DISPOSE:
            if said.get("time") is None and "time" not in self.errors:
                self.add_error("time", _("Ange hur länge handlingen ska finnas kvar. 0 betyder genast."))
            if not said.get("counted_from"):
                self.add_error("counted_from", _("Ange från när tiden räknas."))
            if (self.months or 0) > LONGEST_MONTHS:
                self.add_error("time", _("Högst 100 år. Välj annars att handlingen bevaras."))
        return said

    @property
    def months(self) -> int | None:
        """Answer the time in months."""
        time = self.cleaned_data.get("time")
        return time if time is None or self.cleaned_data.get("unit") == MONTHS else time * 12

    def said(self) -> dict[str, Any]:
        """Answer what a line of the plan says, beside its kind."""
        kept = ("fate", "counted_from", "decision", "form", "place", "secrecy", "note")
        return {**{name: self.cleaned_data[name] for name in kept}, "months": self.months}


class DecisionForm(forms.Form):
    """A decision of an authority that something may be disposed of."""

    authority = forms.ModelChoiceField(label=gettext_lazy("Myndighet"), queryset=Authority.objects.none())
    body = forms.CharField(
        label=gettext_lazy("Vem som har beslutat"),
        max_length=200,
        validators=[one_line],
        help_text=gettext_lazy("Till exempel Kommunstyrelsen."),
    )
    decided_on = forms.DateField(label=gettext_lazy("Beslutsdag"))
    paragraph = forms.CharField(label=gettext_lazy("Paragraf"), max_length=40, required=False, validators=[one_line])
    case_number = forms.CharField(
        label=gettext_lazy("Diarienummer"), max_length=60, required=False, validators=[one_line]
    )
    covers = forms.CharField(
        label=gettext_lazy("Vad beslutet omfattar"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Vilka handlingar och när de får gallras, med beslutets egna ord."),
    )

    def __init__(self, data: Any = None, *, authorities: Any, **kwargs: Any) -> None:
        """Offer the authorities that the person keeps plans for; the only one is chosen already."""
        super().__init__(data, **kwargs)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        if authorities.count() == 1:
            self.fields["authority"].initial = authorities.first()

    def clean_decided_on(self) -> Any:
        """Refuse a day that has not come."""
        return not_ahead(self.cleaned_data["decided_on"])


class AdoptForm(forms.Form):
    """The decision by which a plan is adopted."""

    body = forms.CharField(
        label=gettext_lazy("Vem som har antagit planen"),
        max_length=200,
        validators=[one_line],
        help_text=gettext_lazy("Till exempel Kommunstyrelsen."),
    )
    decided_on = forms.DateField(label=gettext_lazy("Beslutsdag"))
    paragraph = forms.CharField(label=gettext_lazy("Paragraf"), max_length=40, required=False, validators=[one_line])
    case_number = forms.CharField(
        label=gettext_lazy("Diarienummer"), max_length=60, required=False, validators=[one_line]
    )
    is_decision = forms.BooleanField(
        label=gettext_lazy("Beslutet är också gallringsbeslut för de rader som inte anger något annat"),
        required=False,
    )

    def clean_decided_on(self) -> Any:
        """Refuse a day that has not come."""
        return not_ahead(self.cleaned_data["decided_on"])

    def decided(self) -> dict[str, Any]:
        """Answer the decision's own facts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_decision"}


class EndForm(forms.Form):
    """Until when a decision holds."""

    day = forms.DateField(label=gettext_lazy("Beslutet gäller till och med"))


def not_ahead(day: Any) -> Any:
    """Answer the day; raises `ValidationError` where it lies ahead."""
    if day > clock.today():
        raise forms.ValidationError(_("Dagen har inte kommit än."))
    return day


def _of(rule: RetentionRule) -> dict[str, Any]:
    kept = ("kind", "fate", "counted_from", "decision", "form", "place", "secrecy", "note")
    whole_years = rule.months is not None and rule.months % 12 == 0
    time = rule.months // 12 if whole_years and rule.months is not None else rule.months
    unit = YEARS if whole_years or rule.months is None else MONTHS
    return {**{name: getattr(rule, name) for name in kept}, "time": time, "unit": unit}
