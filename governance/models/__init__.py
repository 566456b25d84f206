"""The kernel's rows: organisation, people, log, findings and notices, policy."""

from governance.models.imports import Import, ImportRow
from governance.models.invitation import Invitation
from governance.models.log import AuditEvent, AuditPersonal, AuditSeal, FollowUp
from governance.models.municipality import Municipality, SetupCode
from governance.models.organisation import Authority, Unit
from governance.models.people import RoleAssignment, User
from governance.models.policy import Acknowledgement, PolicyVersion
from governance.models.work import Finding, Letter, Notice

__all__ = [
    "Acknowledgement",
    "AuditEvent",
    "AuditPersonal",
    "AuditSeal",
    "Authority",
    "Finding",
    "FollowUp",
    "Import",
    "ImportRow",
    "Invitation",
    "Letter",
    "Municipality",
    "Notice",
    "PolicyVersion",
    "RoleAssignment",
    "SetupCode",
    "Unit",
    "User",
]
