"""Who takes over what somebody held: one line per duty and role, each with a successor, nobody, or left for later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.people import People, PersonField
from accounts.models import Duty
from accounts.organisation.holdings import title_of
from governance import role_rules
from governance.models import RoleAssignment, User
from governance.role_words import role_words


@dataclass(frozen=True)
class Line:
    """One thing to hand over: what it is, and its two fields."""

    label: str
    note: str
    successor: BoundField
    nobody: BoundField


class HandOverForm(forms.Form):
    """Everything that a person holds and the reader may hand over."""

    def __init__(
        self, data: Any = None, *, person: User, by: User, duties: Sequence[Duty], roles: Sequence[RoleAssignment]
    ) -> None:
        """Make two fields for each duty and role."""
        super().__init__(data)
        self.person, self.by = person, by
        self.held: dict[str, Duty | RoleAssignment] = {f"duty-{duty.pk}": duty for duty in duties}
        self.held |= {f"role-{role.pk}": role for role in roles}
        self.people = People(User.objects.active().exclude(pk=person.pk))
        for name, label in self._labels().items():
            self.fields[f"{name}-to"] = PersonField(self.people, label=_("Efterträdare för %s") % label)
            self.fields[f"{name}-nobody"] = forms.BooleanField(
                label=gettext_lazy("Ingen ersätter"), required=False, widget=forms.CheckboxInput
            )

    def lines(self, prefix: str) -> list[Line]:
        """Answer the lines of the duties ("duty") or of the roles ("role")."""
        names = [name for name in self.held if name.startswith(f"{prefix}-")]
        labels = self._labels()
        return [Line(labels[name], self._note(name), self[f"{name}-to"], self[f"{name}-nobody"]) for name in names]

    def clean(self) -> dict[str, Any]:
        """Refuse both a successor and nobody, one who has it already, and more for oneself than one has."""
        cleaned = super().clean() or {}
        for name, each in self.held.items():
            successor, nobody = cleaned.get(f"{name}-to"), cleaned.get(f"{name}-nobody")
            if successor and nobody:
                self.add_error(f"{name}-to", _("Välj en efterträdare eller ”Ingen ersätter”, inte båda."))
            elif (successor or nobody) and (refused := self._refused(each, successor)):
                self.add_error(f"{name}-to", refused)
        if not self.errors and not self.chosen("duty") and not self.chosen("role"):
            self.add_error(None, _("Välj efterträdare på minst en rad."))
        return cleaned

    def chosen(self, prefix: str) -> dict[int, User | None]:
        """Answer who takes over what was chosen, by the number of the duty or role; None is nobody."""
        found: dict[int, User | None] = {}
        for name, each in self.held.items():
            successor, nobody = self.cleaned_data.get(f"{name}-to"), self.cleaned_data.get(f"{name}-nobody")
            if name.startswith(f"{prefix}-") and (successor or nobody):
                found[each.pk] = successor
        return found

    def _refused(self, each: Duty | RoleAssignment, successor: User | None) -> str:
        if successor is None:
            return role_rules.refusal_to_end(each) if isinstance(each, RoleAssignment) else ""
        if isinstance(each, RoleAssignment):
            return role_rules.refusal_to_give(
                each.role, each.unit, to=successor, by=self.by, secrecy=False, last_day=each.valid_to
            )
        held = Duty.objects.in_force().filter(account=each.account_id, kind=each.kind, person=successor)
        if held.exists():
            return _("%(name)s har redan det ansvaret på kontot. Välj en annan, eller ”Ingen ersätter”.") % {
                "name": successor
            }
        return ""

    def _labels(self) -> dict[str, str]:
        words = role_words()
        return {
            name: f"{words[each.role]}, {each.unit}"
            if isinstance(each, RoleAssignment)
            else _("%(duty)s på %(account)s") % {"duty": title_of(each), "account": each.account}
            for name, each in self.held.items()
        }

    def _note(self, name: str) -> str:
        each = self.held[name]
        if isinstance(each, RoleAssignment):
            return _("Rätten att se sekretess följer inte med.") if each.secrecy else ""
        return str(each.account.unit)
