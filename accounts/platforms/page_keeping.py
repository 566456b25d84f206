"""What a municipality writes of how a platform's pages are built, and who tried it against the real one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Platform
from accounts.platforms import loading, page_parts
from governance import audit
from governance.models import User


class Result(models.TextChoices):
    WORKS = "works", _("Fungerar")
    PARTLY = "partly", _("Fungerar delvis")
    FAILS = "fails", _("Fungerar inte")


COLORS = {Result.WORKS: "success", Result.PARTLY: "warning", Result.FAILS: "danger"}


@dataclass(frozen=True)
class Part:
    """One part as a page shows it."""

    label: str
    texts: list[str]
    code: bool


@dataclass(frozen=True)
class Trial:
    """Who tried the parts against the real platform, when, and how it went."""

    day: date
    by: str
    result: str
    color: str
    note: str


@transaction.atomic
def write(platform: Platform, *, by: User, parts: dict[str, Any]) -> Platform:
    """Keep the municipality's own parts; they are untried from now on. Nothing happens where they are the same."""
    locked = _locked(platform)
    details, written = locked.details, page_parts.written(parts)
    if written == details.page_parts:
        return locked
    changed = sorted(name for name in page_parts.NAMES if written.get(name) != details.page_parts.get(name))
    details.page_parts, details.page_own, details.page_trial = written, True, {}
    details.save()
    labels = ", ".join(str(page_parts.LABELS[name]) for name in changed)
    audit.record("platform.page_write", by=by, obj=locked, data={"parts": labels, "now": written})
    return locked


@transaction.atomic
def forget(platform: Platform, *, by: User) -> Platform:
    """Go back to the parts that come with the product, untried; nothing happens where they are in force."""
    locked = _locked(platform)
    if not locked.details.page_own:
        return locked
    details = locked.details
    details.page_parts, details.page_own, details.page_trial = loading.said_of_pages(locked.key), False, {}
    details.save()
    audit.record("platform.page_forget", by=by, obj=locked, data={})
    return locked


@transaction.atomic
def enter_trial(platform: Platform, *, by: User, day: date, result: str, note: str) -> Platform:
    """Say how it went when somebody tried the parts against the real platform."""
    locked = _locked(platform)
    locked.details.page_trial = {"day": day.isoformat(), "by": by.pk, "result": result, "note": note}
    locked.details.save()
    told = {"day": day.isoformat(), "result": str(Result(result).label), "key": result}
    audit.record("platform.page_try", by=by, obj=locked, data=told, personal={"note": note})
    return locked


def shown(platform: Platform) -> list[Part]:
    """Answer the parts that say something, in the order they are written."""
    kept = platform.details.page_parts
    return [
        Part(str(page_parts.LABELS[name]), kept[name], name in page_parts.SELECTORS)
        for name in page_parts.NAMES
        if kept.get(name)
    ]


def trial(platform: Platform) -> Trial | None:
    """Answer who tried the parts, None where nobody has."""
    kept = platform.details.page_trial
    if not kept:
        return None
    by = User.objects.filter(pk=kept["by"]).first()
    result = Result(kept["result"])
    return Trial(
        date.fromisoformat(kept["day"]), by.name if by else "", str(result.label), COLORS[result], kept["note"]
    )


def _locked(platform: Platform) -> Platform:
    return Platform.objects.whole().select_for_update(of=("self",)).get(pk=platform.pk)
