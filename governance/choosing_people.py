"""Choosing a person in a form: a text that leads to one person, with everybody offered while one types.

Somebody with a protected identity is offered and written by function and unit, never by name or address.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from governance.models import RoleAssignment, User

LIST_ID = "personer"
_ADDRESS = re.compile(r"([^\s()<>]+@[^\s()<>]+)[)>]?\s*$")
_NUMBER = re.compile(r"\(nr (\d{1,12})\)\s*$")


class People:
    """Everyone who can be named, found by e-mail address or by a name that only one person has."""

    def __init__(self, users: Iterable[User]) -> None:
        self.users = list(users)
        self._by_email = {user.email.lower(): user for user in self.users}
        self._hidden = {user.pk: user for user in self.users if user.protected_identity}
        self._by_name: dict[str, list[User]] = defaultdict(list)
        for user in self.users:
            self._by_name[_plain(user.name)].append(user)

    def labels(self) -> list[str]:
        """Answer what is offered while one types."""
        units = _units(self._hidden.values())
        return [_label(user, units.get(user.pk, "")) for user in self.users]

    def find(self, typed: str) -> User:
        """Answer the one person who is meant. Raises `ValidationError` where nobody is, or several could be."""
        if number := _NUMBER.search(typed):
            named = [self._hidden[int(number.group(1))]] if int(number.group(1)) in self._hidden else []
        elif address := _ADDRESS.search(typed):
            found = self._by_email.get(address.group(1).lower())
            named = [found] if found else []
        else:
            named = self._by_name.get(_plain(typed), [])
        if len(named) > 1:
            raise forms.ValidationError(_("Flera personer heter ”%(typed)s”. Skriv e-postadressen.") % {"typed": typed})
        if not named:
            raise forms.ValidationError(
                _("Ingen person i Uppsikt stämmer med ”%(typed)s”. Välj i listan eller skriv e-postadressen.")
                % {"typed": typed}
            )
        return named[0]


class PersonField(forms.CharField):
    """A text in which one writes "Namn (e-post)", an address, or a name; cleaned to the person, or None."""

    def __init__(self, people: People, *, required: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": LIST_ID, "autocomplete": "off"})
        super().__init__(required=required, max_length=500, widget=widget, **kwargs)
        self.people = people

    def clean(self, value: Any) -> User | None:
        """Answer who is meant."""
        typed = super().clean(value)
        return self.people.find(typed) if typed else None


def label(user: User) -> str:
    """Answer how a person is written in a row."""
    return _label(user, _units([user]).get(user.pk, "") if user.protected_identity else "")


def _label(user: User, unit: str) -> str:
    if not user.protected_identity:
        return f"{user.name} ({user.email})"
    where = f", {unit}" if unit else ""
    return f"{user.name}{where} (nr {user.pk})"


def _units(users: Iterable[User]) -> dict[int, str]:
    """Answer the unit of each person's latest role, in one query; none where nobody is asked about."""
    asked = list(users)
    roles = RoleAssignment.objects.filter(user__in=asked).select_related("unit").order_by("pk") if asked else []
    return {role.user_id: role.unit.name for role in roles}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
