"""What accounts are used for (R-REG-7): the policy's own words where it names a use, else the product's."""

from typing import get_args

from django.utils.text import capfirst

from accounts.models import Account
from governance.models import PolicyVersion
from governance.policy.scope import AccountUse
from governance.policy_choices import USES

KEYS: tuple[str, ...] = get_args(AccountUse)


def choices(version: PolicyVersion | None) -> list[tuple[str, str]]:
    """Answer every use with its label: those the policy names first, in its words and order."""
    named = {use.key: use.label for use in version.policy.registry.uses} if version else {}
    rest = {key: str(capfirst(USES[key])) for key in KEYS if key not in named}
    return [*named.items(), *rest.items()]


def labels(account: Account, version: PolicyVersion | None) -> list[str]:
    """Answer what this account is used for, in words."""
    return [label for key, label in choices(version) if key in account.uses]
