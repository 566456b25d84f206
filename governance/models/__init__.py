"""The kernel's rows: organisation, people, log, findings and notices, policy."""

from governance.models.log import AuditEvent, AuditPersonal, AuditSeal, FollowUp
from governance.models.organisation import Authority, Unit
from governance.models.people import RoleAssignment, User
from governance.models.policy import PolicyVersion
from governance.models.work import Finding, Notice

__all__ = [
    "AuditEvent",
    "AuditPersonal",
    "AuditSeal",
    "Authority",
    "Finding",
    "FollowUp",
    "Notice",
    "PolicyVersion",
    "RoleAssignment",
    "Unit",
    "User",
]
