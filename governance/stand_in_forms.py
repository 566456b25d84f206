"""Who stands in for somebody who is away. The form validates and never saves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import clock
from governance.choosing_people import People, PersonField
from governance.models import RoleAssignment, User
from governance.role_words import role_words


class StandInForm(forms.Form):
    """Which of a person's roles another one has too, from a day to a day."""

    role = forms.TypedChoiceField(
        label=gettext_lazy("Roll"), coerce=int, error_messages={"required": gettext_lazy("Välj roll.")}
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Från och med"), error_messages={"required": gettext_lazy("Ange från vilken dag.")}
    )
    valid_to = forms.DateField(
        label=gettext_lazy("Till och med"),
        help_text=gettext_lazy("Rollen upphör av sig själv efter den dagen."),
        error_messages={"required": gettext_lazy("Ange till vilken dag.")},
    )

    def __init__(self, data: Any = None, *, person: User) -> None:
        """Offer the roles that the person has now or later."""
        super().__init__(data, initial={"valid_from": clock.today()})
        held = person.roles.filter(standing_in_for=None).exclude(valid_to__lt=clock.today())
        words = role_words()
        self.roles = {role.pk: role for role in held.select_related("unit").order_by("pk")}
        self.people = People(User.objects.active().exclude(pk=person.pk))
        missing = {"required": _("Välj vem som ersätter.")}
        self.fields["by_user"] = PersonField(self.people, label=_("Ersätts av"), required=True, error_messages=missing)
        choices = [(role.pk, f"{words[role.role]}, {role.unit}") for role in self.roles.values()]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["role", "by_user", "valid_from", "valid_to"])

    def clean_role(self) -> RoleAssignment:
        """Answer the role."""
        return self.roles[self.cleaned_data["role"]]

    def clean_valid_to(self) -> date:
        """Answer the last day. Raises where it is before the first, or has been."""
        last: date = self.cleaned_data["valid_to"]
        first = self.cleaned_data.get("valid_from")
        if last < clock.today() or (first and last < first):
            raise forms.ValidationError(_("Den sista dagen ska komma efter den första, i dag eller senare."))
        return last
