"""What the pages about logins and about who gets in show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.credentials import keeping, lost, ways
from accounts.models import Account, Credential, PlatformAccess, Reveal
from governance import access
from governance.models import User
from governance.policy.base import Demand
from governance.policy.presence import Credentials

REVEALS_SHOWN = 10
ENDED_SHOWN = 20
ENDING, WAITING, GOING_THROUGH, RIGHT = "ending", "waiting", "going_through", "right"
STATES = {
    ENDING: (_("Ska avslutas"), "danger"),
    WAITING: (_("Att bekräfta"), "warning"),
    GOING_THROUGH: (_("Att gå igenom"), "danger"),
    RIGHT: (_("Bekräftad"), "success"),
}


@dataclass(frozen=True)
class Entry:
    """One person on the list, and how the row stands."""

    row: PlatformAccess
    state: str
    needs_two_factor: bool

    @property
    def label(self) -> str:
        """Answer the state in words."""
        return str(STATES[self.state][0])

    @property
    def color(self) -> str:
        """Answer the state's colour."""
        return STATES[self.state][1]

    @property
    def may_be_checked(self) -> bool:
        """Answer whether one button says that all is still as it stands."""
        return self.state in (RIGHT, GOING_THROUGH) and self.row.confirmed_at is not None


def entries(account: Account) -> list[Entry]:
    """Answer who gets in, those first of whom something is to be done."""
    since = keeping.lost_since(account)
    demanded = ways.two_factor(account) is not None
    rows = PlatformAccess.objects.standing().filter(account=account).select_related("person", "checked_by")
    found = [Entry(row, _state(row, since), demanded and row.two_factor_on is None) for row in rows]
    order = list(STATES)
    return sorted(found, key=lambda entry: order.index(entry.state))


def list_context(account: Account, user: User) -> dict[str, Any]:
    """Answer what the page of who gets in shows."""
    ended = PlatformAccess.objects.filter(account=account).exclude(ended_at=None)
    return {
        "account": account,
        "entries": entries(account),
        "ended": ended.select_related("person", "ended_by").order_by("-ended_at")[:ENDED_SHOWN],
        "rule": ways.two_factor(account),
        "registrar": _registrar_rule(account),
        "lost_since": keeping.lost_since(account),
        "is_open": ways.is_open(account),
        "may_keep": access.can(user, "keep_access", account),
    }


def login_context(account: Account, user: User) -> dict[str, Any]:
    """Answer what the page of a login shows: never the login itself."""
    credential = (
        Credential.objects.filter(account=account).select_related("checked_by", "changed_by", "put_there_by").first()
    )
    rules = ways.chapter(account)
    may_keep = access.can(user, "keep_credentials", account)
    shown = Reveal.objects.filter(account=account).select_related("person") if may_keep else Reveal.objects.none()
    return {
        "account": account,
        "credential": credential,
        "store": ways.store(account),
        "rules": rules,
        "demands": _demands(rules),
        "way": ways.way_in(account),
        "reveals": shown[:REVEALS_SHOWN],
        "is_open": ways.is_open(account),
        "has_vault": bool(settings.CREDENTIAL_KEYS),
        "may_keep": may_keep,
        "may_see": access.can(user, "see_credentials", account),
    }


def panel_context(account: Account, user: User) -> dict[str, Any]:
    """Answer what the panel on the account's page shows: counts and dates, no names and no place."""
    found = entries(account)
    may_see = access.can(user, "see_credentials", account)
    return {
        "account": account,
        "entries": found,
        "ending": sum(entry.state == ENDING for entry in found),
        "waiting": sum(entry.state == WAITING for entry in found),
        "two_factor": sum(entry.row.two_factor_on is not None for entry in found),
        "demanded": ways.two_factor(account) is not None,
        "credential": Credential.objects.filter(account=account).first(),
        "way": ways.way_in(account),
        "may_open_login": may_see or access.can(user, "keep_credentials", account),
        "unchecked": len(lost.unchecked(account)),
    }


def _state(row: PlatformAccess, lost_since: datetime | None) -> str:
    if row.is_to_be_ended:
        return ENDING
    if row.confirmed_at is None:
        return WAITING
    if lost_since and (row.checked_at is None or row.checked_at < lost_since):
        return GOING_THROUGH
    return RIGHT


def _demands(rules: Credentials | None) -> list[Demand]:
    """Answer what the policy demands of logins, in its order."""
    stated = (
        (rules.handed_to, rules.kept_at, rules.full_access, rules.registrar_access, rules.when_leaving) if rules else ()
    )
    return [each for each in stated if each is not None]


def _registrar_rule(account: Account) -> Any:
    rules = ways.chapter(account)
    return rules.registrar_access if rules else None
