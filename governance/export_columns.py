"""What the kernel's lists hold as files: findings, people, the log."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.exporting import Column
from governance.models import Finding, User


def findings(at: datetime) -> Sequence[Column]:
    """Answer the columns of findings as they stand at `at`."""
    return (
        Column(_("Regel"), lambda row: row.rule),
        Column(_("Vad"), lambda row: row.text),
        Column(_("Läge"), lambda row: Finding.State(row.state(at)).label),
        Column(_("Att göra från"), lambda row: row.due_at),
        Column(_("Brist från"), lambda row: row.breached_at),
        Column(_("Enhet"), lambda row: row.unit),
        Column(_("Vem"), lambda row: [str(user) for user in row.responsible.all()]),
        Column(_("Källa"), lambda row: row.clause),
        Column(_("Styrka"), lambda row: row.strength),
    )


def people(words: dict[str, str]) -> Sequence[Column]:
    """Answer the columns of people with `held` roles; a protected one is there by function only."""
    return (
        Column(_("E-post"), lambda user: user.shown_email),
        Column(_("Namn"), lambda user: user.name),
        Column(_("Titel"), _open(lambda user: user.title)),
        Column(_("Telefon"), lambda user: user.shown_phone),
        Column(_("Roll"), lambda user: [words[role.role] for role in user.held]),
        Column(_("Enhet"), lambda user: list(dict.fromkeys(str(role.unit) for role in user.held))),
        Column(_("Aktiv"), lambda user: user.is_active),
        Column(_("Senast inloggad"), lambda user: user.last_login),
    )


# What `audit.with_sentences` answers: the event and what it says.
AUDIT = (
    Column(_("Nummer"), lambda row: row[0].pk),
    Column(_("Tid"), lambda row: row[0].at),
    Column(_("Vad som hände"), lambda row: row[1]),
    Column(_("Vad det gäller"), lambda row: row[0].object_label),
    Column(_("Enhet"), lambda row: row[0].unit_label),
    Column(_("Händelse"), lambda row: row[0].action),
)


def _open(value: Callable[[User], Any]) -> Callable[[User], Any]:
    return lambda user: "" if user.protected_identity else value(user)
