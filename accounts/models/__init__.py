"""The register's rows: platforms, accounts, plans, duties and signatures."""

from accounts.models.account import Account
from accounts.models.duty import Duty, Signature
from accounts.models.permission import AccountGroupObjectPermission, AccountUserObjectPermission
from accounts.models.plan import ActivityPlan, SealedPlan
from accounts.models.platform import Platform

__all__ = [
    "Account",
    "AccountGroupObjectPermission",
    "AccountUserObjectPermission",
    "ActivityPlan",
    "Duty",
    "Platform",
    "SealedPlan",
    "Signature",
]
