"""What people and the application do with rounds. Verbs save, in one transaction with their audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from governance import clock
from governance.models import PolicyVersion, User
from governance.workflow import Refused, perform
from moderation.models import Round

SAME_LOOK = timedelta(minutes=10)  # a second tap within this time, by the same person, is the same look


@dataclass(frozen=True)
class Look:
    """One person's look at one account: the due round that the page showed, if any, and a note."""

    account: int
    due: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Logged:
    """What came of one request: the rounds that were logged now, and those that had been logged before it."""

    new: tuple[Round, ...]
    known: tuple[Round, ...]


@transaction.atomic
def log(looks: list[Look], *, by: User, at: datetime | None = None) -> Logged:
    """Log that `by` has looked at each account and found nothing to act on; at most one look per account.

    Each look answers the round that is due now; where none is, it is an extra round. The same look again (a double
    tap, a form sent anew on a bad network) answers what was logged the first time; with a new note it is another look.
    """
    at = at or clock.now()
    accounts = _locked([look.account for look in looks])
    waiting, before = _waiting(accounts, at), _before(looks, by, at)
    new, known = [], []
    for look in looks:
        same = before.get((look.account, look.due))
        if same is None and look.account not in waiting:
            same = before.get((look.account, None))
        if same is None or look.note not in ("", same.note):
            due = waiting.get(look.account) or _extra(accounts[look.account], at)
            new.append(_log_one(due, look.note, by, at))
        else:
            known.append(same)
    return Logged(tuple(new), tuple(known))


def stamp(round: Round, by: User | None, reason: str) -> None:
    """Effect of log: who, when and what was found."""
    if by is None:
        raise Refused(_("En uppsikt görs av en person."))
    round.logged_by = by
    round.logged_at = round.logged_at or clock.now()
    round.outcome = round.outcome or Round.Outcome.NOTHING


def _locked(keys: list[int]) -> dict[int, Account]:
    """Answer the accounts, held until the transaction ends: two taps on one account come one after the other."""
    rows = Account.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {account.pk: account for account in rows.select_related("unit", "platform")}


def _waiting(accounts: dict[int, Account], at: datetime) -> dict[int, Round]:
    """Answer the round of each account that can be logged now, held against the one that marks missed rounds."""
    rows = Round.objects.select_for_update(of=("self",)).open(at).filter(account__in=accounts)
    found: dict[int, Round] = {}
    for row in rows:
        found.setdefault(row.account_id, row)
    return found


def _before(looks: list[Look], by: User, at: datetime) -> dict[tuple[int, int | None], Round]:
    """Answer what `by` has logged already: by account and due round, and by account (None) within the last minutes."""
    mine = Round.objects.logged().filter(logged_by=by)
    asked = mine.filter(pk__in=[look.due for look in looks if look.due])
    recent = mine.filter(account__in=[look.account for look in looks], logged_at__gt=at - SAME_LOOK)
    return {
        **{(row.account_id, None): row for row in recent},
        **{(row.account_id, row.pk): row for row in asked},
    }


def _log_one(round: Round, note: str, by: User, at: datetime) -> Round:
    Round.objects.filter(pk=round.pk).update(logged_at=at, note=note)
    return perform(round, "log", by=by)


def _extra(account: Account, at: datetime) -> Round:
    """Make a round that answers to no due time, for a look that was not due."""
    version = PolicyVersion.objects.current()
    if version is None:
        raise Refused(_("Ingen policy är antagen än. Kommunikatören antar den först."))
    return Round.objects.create(
        account=account, unit=account.unit, authority_id=account.authority_id, policy_version=version, due_from=at
    )
