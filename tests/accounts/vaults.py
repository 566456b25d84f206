"""Keys and logins for the tests of the vault."""

import os
from base64 import urlsafe_b64encode

from accounts.credentials import logins
from accounts.credentials.vault import Login
from accounts.models import Account, Credential
from governance.models import User

# Words that occur nowhere else, so that finding one is finding a leak.
NAME, PASSWORD, CODES = "hemlig-anvandare@kommun.example", "Zq7!grodlarv-i-tunnan", "8841-ankstjart\n9902-ankstjart"
TELLTALES = (NAME, PASSWORD, "ankstjart")


def key() -> str:
    """A new key of an installation."""
    return urlsafe_b64encode(os.urandom(32)).decode()


def deposited(account: Account, by: User, password: str = PASSWORD) -> Credential:
    """A login in the vault."""
    return logins.deposit(account, by=by, login=Login(NAME, password, CODES))
