"""Naming people: a text that leads to one person, and the rows in which a plan names those who hold a duty."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from governance.models import User

LIST_ID = "personer"
SPARE_ROWS = 2
MOST_ROWS = 60  # nobody names more; what is posted decides how many rows are read
_ADDRESS = re.compile(r"([^\s()<>]+@[^\s()<>]+)[)>]?\s*$")


class People:
    """Everyone who can be named, found by e-mail address or by a name that only one person has."""

    def __init__(self, users: Iterable[User]) -> None:
        self.users = list(users)
        self._by_email = {user.email.lower(): user for user in self.users}
        self._by_name: dict[str, list[User]] = defaultdict(list)
        for user in self.users:
            self._by_name[_plain(user.name)].append(user)

    def labels(self) -> list[str]:
        """Answer what is offered while one types."""
        return [label(user) for user in self.users]

    def find(self, typed: str) -> User:
        """Answer the one person who is meant. Raises `ValidationError` where nobody is, or several could be."""
        if address := _ADDRESS.search(typed):
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

    def __init__(self, people: People, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": LIST_ID, "autocomplete": "off"})
        super().__init__(required=False, max_length=400, widget=widget, **kwargs)
        self.people = people

    def clean(self, value: Any) -> User | None:
        """Answer who is meant."""
        typed = super().clean(value)
        return self.people.find(typed) if typed else None


@dataclass(frozen=True)
class Row:
    """One person's row: who, and where the policy asks for it, how to reach him or her."""

    person: BoundField
    email: BoundField | None
    phone: BoundField | None


def label(user: User) -> str:
    """Answer how a person is written in a row."""
    return f"{user.name} ({user.email})"


def row_count(kind: str, data: Mapping[str, Any] | None, named: int, minimum: int, maximum: int | None) -> int:
    """Answer how many rows a duty has: those posted, else room for more than are named or demanded, never too many."""
    if data is not None:
        row = re.compile(rf"{kind}-(\d{{1,2}})-(?:person|email|phone)")
        posted = [int(found.group(1)) for key in data if (found := row.fullmatch(key))]
        return min(max(posted, default=-1) + 1, MOST_ROWS)
    room = max(named, minimum) + SPARE_ROWS
    return max(named, min(room, maximum) if maximum is not None else room)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
