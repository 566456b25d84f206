"""What can be done on a platform, as it reads on a page: the answer, a note, and whether anybody has tried it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Platform

LIMIT = "description_limit"
COLORS = {
    Platform.Can.YES: "success",
    Platform.Can.LIMITED: "warning",
}


@dataclass(frozen=True)
class Fact:
    """One fact: `tried_on` is the day somebody of the municipality tried it, None where nobody has."""

    key: str
    label: str
    answer: str
    color: str
    note: str
    tried_on: date | None


def of(platform: Platform) -> list[Fact]:
    """Answer what is known of the platform, in the order it is shown."""
    return [fact(platform, key) for key in Platform.FACTS]


def fact(platform: Platform, key: str) -> Fact:
    """Answer one fact of the platform."""
    value, tried = getattr(platform, key), platform.details.tried.get(key)
    return Fact(
        key,
        label(key),
        _answer(platform, key, value),
        COLORS.get(value, "neutral"),
        platform.details.notes.get(key, ""),
        date.fromisoformat(tried) if tried else None,
    )


def label(key: str) -> str:
    """Answer what a fact is called."""
    return str(Platform.fact_field(key).verbose_name)


def _answer(platform: Platform, key: str, value: Any) -> str:
    if key != LIMIT:
        return str(getattr(platform, f"get_{key}_display")())
    return str(Platform.Can.UNKNOWN.label) if value is None else _("%(count)s tecken") % {"count": value}
