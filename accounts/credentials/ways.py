"""What the policy says of getting in: how, by whom, and what Uppsikt keeps of the login (R-CRED-1, R-CRED-2)."""

from accounts.models import Account, Credential, Platform, PlatformAccess
from governance.models import PolicyVersion
from governance.policy.presence import Credentials, TwoFactorRule

OPEN_STATUSES = (
    Account.Status.ACTIVE,
    Account.Status.PAUSED,
    Account.Status.CLOSING,
    Account.Status.LOST,
)


def chapter(account: Account) -> Credentials | None:
    """Answer what the policy that holds now says of this account's logins; None while no policy is adopted."""
    version = PolicyVersion.objects.current()
    return version.policy.rule("credentials", account.scope) if version else None


def two_factor(account: Account) -> TwoFactorRule | None:
    """Answer whether everybody needs two factors there, by the policy that holds now (R-REG-10)."""
    version = PolicyVersion.objects.current()
    return version.policy.rule("two_factor", account.scope).rule if version else None


def way_in(account: Account) -> PlatformAccess.Way:
    """Answer how people get into this account: by the policy, else as the platform is made."""
    rules = chapter(account)
    stated = rules.way(account.platform.key) if rules else None
    by_role = stated.way == "role" if stated else account.platform.login_way == Platform.LoginWay.PERSONAL
    return PlatformAccess.Way.OWN if by_role else PlatformAccess.Way.SHARED


def store(account: Account) -> Credential.Way:
    """Answer what Uppsikt keeps of this account's login."""
    rules = chapter(account)
    return Credential.Way(rules.store.value) if rules else Credential.Way.REFERENCE


def wants_registrar(account: Account) -> bool:
    """Answer whether the policy gives the department's registrars a way in (R-CRED-2)."""
    rules = chapter(account)
    return bool(rules and rules.registrar_access)


def is_open(account: Account) -> bool:
    """Answer whether there is an account to get into."""
    return account.status in OPEN_STATUSES
