"""The register's rows: platforms, accounts, plans, duties and signatures."""

from accounts.models.access import PlatformAccess
from accounts.models.account import Account
from accounts.models.change import AccountChange, Waiver
from accounts.models.confirmation import Confirmation
from accounts.models.credential import Credential, Reveal, Secret
from accounts.models.duty import Duty, Signature
from accounts.models.ending import Closing, ClosingTick, Loss, LossEntry
from accounts.models.goal import Goal, GoalFollowUp
from accounts.models.information import InformationAnswer
from accounts.models.paper import DelegationDecision, PaperScan, PrintedPlan
from accounts.models.permission import AccountGroupObjectPermission, AccountUserObjectPermission
from accounts.models.plan import ActivityPlan, SealedPlan
from accounts.models.platform import Platform, PlatformDetails
from accounts.models.public_report import PublicReport
from accounts.models.reorganisation import Move, Reorganisation

__all__ = [
    "Account",
    "AccountChange",
    "AccountGroupObjectPermission",
    "AccountUserObjectPermission",
    "ActivityPlan",
    "Closing",
    "ClosingTick",
    "Confirmation",
    "Credential",
    "DelegationDecision",
    "Duty",
    "Goal",
    "GoalFollowUp",
    "InformationAnswer",
    "Loss",
    "LossEntry",
    "Move",
    "PaperScan",
    "Platform",
    "PlatformAccess",
    "PlatformDetails",
    "PrintedPlan",
    "PublicReport",
    "Reorganisation",
    "Reveal",
    "SealedPlan",
    "Secret",
    "Signature",
    "Waiver",
]
