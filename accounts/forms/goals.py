"""The rows in which a plan's goals are written: what, how it is measured, how much, when it is followed up."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.sections import GoalFields
from accounts.models import ActivityPlan, Goal
from accounts.plans.drafts import GoalRow

SPARE_ROWS = 2
MOST_ROWS = 30  # nobody follows more; what is posted decides how many rows are read
COLUMNS = ("text", "measure", "target", "follow_up_on")
_ROW = re.compile(r"goal-(\d{1,2})-(?:text|measure|target|follow_up_on)")


class GoalRows:
    """The goals' part of a plan's form; it adds its fields to the form and reads them back."""

    def __init__(self, form: forms.Form, plan: ActivityPlan) -> None:
        """Add a row for each goal there is, and some to fill in."""
        self.form, self.plan = form, plan
        goals = list(plan.goals.order_by("pk"))
        self.count = _count(form.data if form.is_bound else None, len(goals))
        for number in range(self.count):
            self._add(f"goal-{number}", number + 1, goals[number] if number < len(goals) else None)

    def drawn(self) -> list[GoalFields]:
        """Answer the rows for the page."""
        return [GoalFields(*(self.form[f"{row}-{name}"] for name in ("series", *COLUMNS))) for row in self._names()]

    def check(self) -> None:
        """Refuse a row that says how or when, but not what."""
        cleaned = self.form.cleaned_data
        for row in self._names():
            said = any(cleaned.get(f"{row}-{name}") for name in COLUMNS[1:])
            if said and not cleaned.get(f"{row}-text") and f"{row}-text" not in self.form.errors:
                self.form.add_error(f"{row}-text", _("Skriv vad målet är."))

    def written(self) -> list[GoalRow] | None:
        """Answer the goals that are written; None where one of them does not make sense yet."""
        if any(f"{row}-{name}" in self.form.errors for row in self._names() for name in COLUMNS):
            return None
        return list(self.by_row.values())

    @cached_property
    def by_row(self) -> dict[str, GoalRow]:
        """Answer the goals by the rows they are written in; a new one begins a series of its own."""
        return dict(self._by_row())

    def _by_row(self) -> Iterator[tuple[str, GoalRow]]:
        cleaned, known = self.form.cleaned_data, self._known()
        for row in self._names():
            if cleaned.get(f"{row}-text"):
                # A row keeps its series only once, and only one of this account's own.
                kept = known.pop(str(cleaned.get(f"{row}-series")), None)
                said: dict[str, Any] = {name: cleaned.get(f"{row}-{name}") for name in COLUMNS}
                yield row, GoalRow(**said, series=kept or uuid.uuid4())

    def _known(self) -> dict[str, uuid.UUID]:
        of_account = Goal.objects.filter(plan__account=self.plan.account_id).order_by()
        return {str(series): series for series in of_account.values_list("series", flat=True).distinct()}

    def _names(self) -> list[str]:
        return [f"goal-{number}" for number in range(self.count)]

    def _add(self, row: str, number: int, goal: Goal | None) -> None:
        fields, initial = self.form.fields, self.form.initial
        fields[f"{row}-series"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
        fields[f"{row}-text"] = forms.CharField(
            required=False, max_length=500, label=_("Mål %(number)s") % {"number": number}
        )
        fields[f"{row}-measure"] = forms.CharField(required=False, max_length=300, label=gettext_lazy("Hur det mäts"))
        fields[f"{row}-target"] = forms.CharField(required=False, max_length=200, label=gettext_lazy("Målvärde"))
        fields[f"{row}-follow_up_on"] = forms.DateField(required=False, label=gettext_lazy("Följs upp"))
        initial[f"{row}-series"] = str(goal.series) if goal else ""
        for name in COLUMNS:
            initial[f"{row}-{name}"] = getattr(goal, name) if goal else ""


def _count(data: Mapping[str, Any] | None, there_are: int) -> int:
    """Answer how many rows there are: those posted and those there are, else room for some more."""
    if data is None:
        return min(there_are + SPARE_ROWS, max(MOST_ROWS, there_are))
    posted = [int(found.group(1)) for key in data if (found := _ROW.fullmatch(key))]
    return max(min(max(posted, default=-1) + 1, MOST_ROWS), there_are)
