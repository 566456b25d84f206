"""Pausing an account for a while; what every step out of a pause leaves behind."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format

from accounts.models import Account
from governance import clock
from governance.models import User
from governance.workflow import perform

LONGEST_PAUSE = timedelta(days=366)


def longest(today: date) -> date:
    """Answer the last day until which an account may be paused: what rests longer is closed, or has a season."""
    return today + LONGEST_PAUSE


@transaction.atomic
def pause(account: Account, *, by: User, until: date, reason: str) -> Account:
    """Pause an account until and with a day; it is still watched, and comes back by itself the day after.

    Raises `Refused` where it is not active, `PermissionDenied` where `by` may not.
    """
    Account.objects.filter(pk=account.pk, status=Account.Status.ACTIVE).update(paused_until=until)
    data = {"until": date_format(until, "j F Y")}
    return perform(account, "pause", by=by, reason=reason, data=data)


def end_pause(account: Account, by: User | None, reason: str) -> None:
    """Effect of every step out of a pause: the day it would have ended on means nothing any more."""
    account.paused_until = None


def is_over(account: Account, today: date) -> bool:
    """Answer whether a pause that somebody ordered has come to its end."""
    return account.paused_until is not None and account.paused_until < today


def today() -> date:
    """Answer the day by which pauses and seasons are counted, in Sweden."""
    return clock.today()
