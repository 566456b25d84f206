"""The demo's logins and checklists, made through the same verbs as any other: the first account is almost in order."""

from datetime import timedelta

from django.conf import settings

from accounts.credentials import entries, keeping, logins, ways
from accounts.credentials.vault import Login
from accounts.information import checking, checklist
from accounts.information.checking import Said
from accounts.models import Account, Credential, PlatformAccess
from governance import clock
from governance.models import User

# Nobody logs in anywhere with these: the demo's platform has no login.
NAME, PASSWORD, CODES = "torget@kommun.example", "demo-trana-tolv-tunnor", "1942 5530\n7718 0264"
SEEN_ALL_BUT_ONE = 1


def settle(account: Account, *, by: User) -> None:
    """Enter who gets in, where the login lies, and what the account shows; one thing of each is left to do."""
    keeping.refresh(account)
    rows = list(PlatformAccess.objects.standing().filter(account=account))
    for row in rows[:-SEEN_ALL_BUT_ONE]:
        day = clock.today() - timedelta(days=3)
        entries.confirm(row, by=by, role="Administratör", way=row.way, two_factor_on=day)
    keep_login(account, by=by)
    lines = checklist.lines(account)
    said = {line.key: Said("ok") for line in lines[:-SEEN_ALL_BUT_ONE]}
    checking.check(account, by=by, said=said | {lines[-1].key: Said("missing")})


def keep_login(account: Account, *, by: User) -> None:
    """Say where the account's login lies, or put it into the vault, whichever the policy has."""
    if ways.store(account) == Credential.Way.REFERENCE:
        place = {"kept_in": "Kommunens lösenordshanterare", "entry": f"{account.name} ({account.platform})"}
        logins.refer(account, by=by, put_there_by=by, changed=True, **place)
    elif settings.CREDENTIAL_KEYS:
        logins.deposit(account, by=by, login=Login(NAME, PASSWORD, CODES))
