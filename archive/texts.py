"""Words for people about a snapshot: why it failed, what is being done, and captured text made safe to keep."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.capture.reasons import PHASES, REASONS, REMARKS

# Beside what can happen in the browser: what can happen around it.
AROUND = {
    "lost": _("Servern stoppades medan bilden togs, flera gånger i rad."),
    "overdue": _("Arbetet tog för lång tid och avbröts."),
    "no_pdf": _("PDF-filen kunde inte skapas på servern. Kontakta systemadministratören."),
}
WORK = {
    "waiting": _("Väntar på sin tur"),
    "paper": _("Gör PDF"),
    "keep": _("Lägger i arkivet"),
}


def reason(code: str) -> str:
    """Answer why it failed; a code that nobody knows is an unexpected error."""
    return str(AROUND.get(code) or REASONS.get(code) or REASONS["internal"])


def remarks(keys: Iterable[str]) -> list[str]:
    """Answer what the completeness gate found, each as a sentence; what nobody knows any more by its key."""
    return [gettext(REMARKS[key]) if key in REMARKS else key for key in keys]


def phase(key: str) -> str:
    """Answer what is being done now."""
    return str(WORK.get(key) or PHASES.get(key) or WORK["waiting"])


def lasting(time: timedelta) -> str:
    """Answer a length of time the way somebody who waits says it."""
    seconds = time.total_seconds()
    if seconds < 45:
        return gettext("under en minut")
    if seconds < 90 * 60:
        minutes = round(seconds / 60)
        return ngettext("ungefär %(n)s minut", "ungefär %(n)s minuter", minutes) % {"n": minutes}
    hours = round(seconds / 3600)
    return ngettext("ungefär %(n)s timme", "ungefär %(n)s timmar", hours) % {"n": hours}


def storable(value: Any) -> Any:
    """Answer what a page said without the characters that a database or a PDF refuses (NUL, half surrogates)."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value
