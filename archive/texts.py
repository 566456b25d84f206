"""Words for people about a snapshot: why it failed, what is being done, and captured text made safe to keep."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.capture.reasons import PHASES, REASONS

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


def phase(key: str) -> str:
    """Answer what is being done now."""
    return str(WORK.get(key) or PHASES.get(key) or WORK["waiting"])


def storable(value: Any) -> Any:
    """Answer what a page said without the characters that a database or a PDF refuses (NUL, half surrogates)."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value
