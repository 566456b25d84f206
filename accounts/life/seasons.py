"""Accounts that are in use a part of the year: they rest outside their season, and wake by themselves."""

import logging
from datetime import date

from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.life import pausing
from accounts.models import Account
from governance.models import User
from governance.workflow import Refused, perform

log = logging.getLogger(__name__)

LEAP_YEAR = 2024  # any day of any year is a day of it


def is_season(account: Account, day: date) -> bool:
    """Answer whether the account is in use on `day`; always, where it has no season. A season may span New Year."""
    first, last = account.season_from, account.season_to
    if not first:
        return True
    now = f"{day:%m-%d}"
    return first <= now <= last if first <= last else now >= first or now <= last


def in_words(account: Account) -> str:
    """Answer "1 juni–31 augusti", or nothing."""
    days = (account.season_from, account.season_to)
    return "–".join(date_format(as_date(day), "j F") for day in days) if account.season_from else ""


def as_date(month_and_day: str) -> date:
    """Answer the day of "06-01" in a leap year. Raises ValueError where there is no such day."""
    return date.fromisoformat(f"{LEAP_YEAR}-{month_and_day}")


def keep_all(today: date) -> int:
    """Rest and wake what is to rest and wake by `today`; answer how many. Safe to run again, or twice at once."""
    seasonal = models.Q(status=Account.Status.ACTIVE) & ~models.Q(season_from="")
    accounts = Account.objects.filter(seasonal | models.Q(status=Account.Status.PAUSED)).order_by("pk")
    return sum(_keep_or_log(pk, today) for pk in list(accounts.values_list("pk", flat=True)))


@transaction.atomic
def keep(account_id: int, today: date) -> bool:
    """Take the step that the season or the end of a pause asks for; answer whether there was one."""
    account = Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    season = is_season(account, today)
    if account.status == Account.Status.ACTIVE and not season:
        perform(account, "rest", by=None)
        return True
    if account.status != Account.Status.PAUSED or (
        account.paused_until is not None and not pausing.is_over(account, today)
    ):
        return False
    if season:
        perform(account, "wake", by=None)
    elif account.paused_until is not None:
        # The ordered pause is over and the season is not here: what rests now is the season's.
        Account.objects.filter(pk=account.pk).update(paused_until=None)
    return season


def may_resume(account: Account, by: User | None) -> None:
    """Refuse to wake by hand what would be put to rest again the next night."""
    if not is_season(account, pausing.today()):
        text = _("Kontot används %(season)s och vilar däremellan. Ändra säsongen i kontots uppgifter först.")
        raise Refused(text % {"season": in_words(account)})


def _keep_or_log(account_id: int, today: date) -> bool:
    try:
        return keep(account_id, today)
    except Exception:  # whatever one account fails with, the others rest and wake, and it is tried again tomorrow
        log.exception("the season of account %s could not be kept", account_id)
        return False
