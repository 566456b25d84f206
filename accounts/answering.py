"""Who sees to an account's own things: those who answer for it, else their manager."""

from accounts import people
from accounts.models import Account
from governance import access
from governance.models import User


def answering_for(account: Account) -> list[User]:
    """Answer who answers for the account by duty (page owner, administrators); its managers where nobody does."""
    return access.holders("keep_access", account) or people.managers(account.unit)


def with_officers(account: Account) -> list[User]:
    """Answer them and the communications officers, for what neither may be left alone with."""
    return list(dict.fromkeys([*answering_for(account), *people.officers(account.unit)]))
