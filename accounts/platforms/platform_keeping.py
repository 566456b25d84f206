"""What a municipality decides about the platforms: which it has left, and what it has found out by trying."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Platform
from accounts.platforms import loading, platform_facts
from governance import audit
from governance.models import User


@transaction.atomic
def retire(platform: Platform, *, by: User, day: date, reason: str) -> Platform:
    """Propose no new accounts on the platform from `day`; those that are there stay."""
    locked = _locked(platform)
    locked.retired_on = day
    locked.save()
    audit.record("platform.retire", by=by, obj=locked, data={"day": day.isoformat()}, personal={"reason": reason})
    return locked


@transaction.atomic
def take_back(platform: Platform, *, by: User) -> Platform:
    """Take a retired platform into use again; nothing happens where it is in use."""
    locked = _locked(platform)
    if locked.retired_on is not None:
        was = locked.retired_on
        locked.retired_on = None
        locked.save()
        audit.record("platform.take_back", by=by, obj=locked, data={"was": was.isoformat()})
    return locked


@transaction.atomic
def enter_trial(platform: Platform, *, by: User, fact: str, answer: Any, note: str, day: date) -> Platform:
    """Say what somebody found out by trying it on the real platform; it stands whatever the product's file says."""
    locked = _locked(platform)
    setattr(locked, fact, answer)
    locked.details.notes = {**locked.details.notes, fact: note}
    locked.details.tried = {**locked.details.tried, fact: day.isoformat()}
    _save(locked)
    _record("platform.try", by, locked, fact, day=day.isoformat(), note=note)
    return locked


@transaction.atomic
def forget_trial(platform: Platform, *, by: User, fact: str) -> Platform:
    """Go back to what the product says of the fact, untried."""
    locked = _locked(platform)
    if fact not in locked.details.tried:
        return locked
    answer, note = loading.said(locked.key, fact)
    setattr(locked, fact, answer)
    locked.details.notes = {**locked.details.notes, fact: note}
    locked.details.tried = {key: day for key, day in locked.details.tried.items() if key != fact}
    _save(locked)
    _record("platform.untry", by, locked, fact)
    return locked


def _record(action: str, by: User, platform: Platform, fact: str, **data: str) -> None:
    told = platform_facts.fact(platform, fact)
    audit.record(action, by=by, obj=platform, data={"fact": told.label, "answer": told.answer, "key": fact, **data})


def _save(platform: Platform) -> None:
    platform.save()
    platform.details.save()


def _locked(platform: Platform) -> Platform:
    return Platform.objects.whole().select_for_update(of=("self",)).get(pk=platform.pk)
