"""The first days as a list: what is done, what comes next, and where."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance import invitations
from governance.imports import kinds
from governance.models import Municipality, PolicyVersion, User


@dataclass(frozen=True)
class Task:
    """One thing of the first days: whether it is done, how far it has come in words, and where it is done."""

    title: Any
    text: Any
    progress: str
    done: bool
    url: str
    label: Any


def tasks() -> list[Task]:
    """Answer the first days' tasks in their order."""
    return [_municipality(), _policy(), *map(_import, kinds.importers()), _invitations()]


def is_over(found: list[Task]) -> bool:
    """Answer whether nothing of the first days is left."""
    return all(task.done for task in found)


def _municipality() -> Task:
    known = Municipality.objects.current()
    return Task(
        _("Kommunen"),
        _("Namn, logotyp och vart allmänheten vänder sig."),
        known.name,
        bool(known.pk and (known.logo or known.email)),
        reverse("governance:municipality-edit"),
        _("Ändra kommunens uppgifter"),
    )


def _policy() -> Task:
    version = PolicyVersion.objects.current()
    return Task(
        _("Policyn"),
        _("Reglerna som Uppsikt följer."),
        str(version) if version else _("Ingen policy är antagen."),
        version is not None,
        reverse("governance:policy-list"),
        _("Läs policyn"),
    )


def _import(kind: kinds.Importer) -> Task:
    count = kind.count()
    words = ngettext("%(count)d i Uppsikt", "%(count)d i Uppsikt", count) % {"count": count}
    begun = count > (1 if kind.key == "personer" else 0)  # the officer who began is a person too
    return Task(
        kind.label,
        kind.lead,
        words,
        begun,
        reverse("governance:import-new", args=[kind.key]),
        _("Läs in från kalkylblad"),
    )


def _invitations() -> Task:
    people = User.objects.filter(is_active=True).count()
    left = invitations.uninvited().count()
    words = ngettext("%(count)d person är inte inbjuden", "%(count)d personer är inte inbjudna", left) % {"count": left}
    return Task(
        _("Inbjudningar"),
        _("Ett mejl till var och en, när du trycker på knappen."),
        words,
        people > 1 and not left,
        reverse("governance:invitation-list"),
        _("Bjud in"),
    )
