"""When an account is to be confirmed, by whom, and from when that is late."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.models.account import RUNNING
from accounts.organisation import answering, confirmations
from governance import access, workingdays
from governance.models import User
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule

YEARLY, NEW_MANAGER = "CONFIRM-1", "PLAN-11"


@rule(YEARLY, Account)
def account_is_confirmed_yearly(account: Account, at: datetime) -> Iterator[Verdict]:
    """A running account is said to be right once a year, by who runs it; once that is late, the manager too."""
    due = confirmations.due_at(account)
    if account.status not in RUNNING or due is None:
        return
    late = workingdays.deadline(due, confirmations.DAYS_FOR_YEARLY)
    yield Verdict(
        _("Bekräfta att uppgifterna om %(account)s fortfarande stämmer.") % {"account": account},
        DEFAULT_CLAUSE,
        f"{account.get_absolute_url()}#bekrafta",
        basis=DEFAULT,
        due_at=due,
        breached_at=late,
        who=_who(account, is_late=at >= late),
    )


@rule(NEW_MANAGER, Account)
def new_manager_confirms(account: Account, at: datetime) -> Iterator[Verdict]:
    """A manager who came after the plan was approved says that the account is right (R-PLAN-11)."""
    if account.status not in RUNNING:
        return
    for waiting in confirmations.new_managers(account):
        yield Verdict(
            _("Bekräfta som ny chef att uppgifterna om %(account)s stämmer.") % {"account": account},
            DEFAULT_CLAUSE,
            f"{account.get_absolute_url()}#bekrafta",
            key=f"manager-{waiting.manager.pk}",
            basis=DEFAULT,
            due_at=waiting.since,
            breached_at=workingdays.deadline(waiting.since, confirmations.DAYS_FOR_MANAGER),
            who=[waiting.manager],
        )


def _who(account: Account, *, is_late: bool) -> list[User]:
    """Answer who runs the account; the manager too when it is late, and alone where nobody runs it."""
    running = access.holders("confirm_account", account)
    above = answering.people_for(account.unit)
    return list(dict.fromkeys([*running, *above])) if is_late or not running else running
