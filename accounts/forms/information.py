"""The checklist of one account as one form: each item with what may be said of it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from accounts.information.checking import Said
from accounts.information.checklist import Answer, Line
from governance.validators import one_line


@dataclass(frozen=True)
class Row:
    """One item on the page: its line, the choice, and the reason where one may be given."""

    line: Line
    answer: BoundField
    reason: BoundField | None


class InformationForm(forms.Form):
    """What somebody sees on the account now. Items may be left unanswered; what was said of them then stands."""

    def __init__(self, data: Any, *, lines: Sequence[Line]) -> None:
        """Offer each item's answers, with the latest one chosen."""
        super().__init__(data)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[_answer(line)] = _choice(line)
            if len(line.answers) > 2:
                self.fields[_reason(line)] = _why(line)

    def rows(self) -> list[Row]:
        """Answer the items in their order."""
        return [
            Row(line, self[_answer(line)], self[_reason(line)] if _reason(line) in self.fields else None)
            for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an exemption, and for at least one answer."""
        cleaned = super().clean() or {}
        for line in self.lines:
            if cleaned.get(_answer(line)) == Answer.EXEMPT and not cleaned.get(_reason(line)):
                self.add_error(_reason(line), _said("Skriv varför kontot är undantaget."))
        if not self.errors and not any(cleaned.get(_answer(line)) for line in self.lines):
            raise forms.ValidationError(_said("Svara på minst en punkt."))
        return cleaned

    def said(self) -> dict[str, Said]:
        """Answer what is said of each item that has an answer; a reason belongs only where it explains one."""
        found = {}
        for line in self.lines:
            answer = self.cleaned_data.get(_answer(line))
            explains = answer in (Answer.NOT_POSSIBLE, Answer.EXEMPT)
            if answer:
                found[line.key] = Said(answer, self.cleaned_data.get(_reason(line), "") if explains else "")
        return found


def _choice(line: Line) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=line.item.label,
        choices=[(value, Answer(value).label) for value in line.answers],
        widget=forms.RadioSelect,
        required=False,
        initial=line.answer.answer if line.answer and line.answer.answer in line.answers else None,
    )


def _why(line: Line) -> forms.CharField:
    return forms.CharField(
        label=_("Skäl"),
        max_length=300,
        required=False,
        validators=[one_line],
        initial=line.answer.reason if line.answer else "",
    )


def _answer(line: Line) -> str:
    return f"svar-{line.key}"


def _reason(line: Line) -> str:
    return f"skal-{line.key}"
