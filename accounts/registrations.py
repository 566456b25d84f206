"""What the register's sub-packages register with the kernel, found at start through this module."""

from accounts.credentials import events as credential_events
from accounts.credentials import followups as credential_followups
from accounts.credentials import lost as credential_guards
from accounts.credentials import panels as credential_panels
from accounts.credentials import rules as credential_rules
from accounts.day_one import inherited_rules
from accounts.information import events as information_events
from accounts.information import panels as information_panels
from accounts.information import rules as information_rules
from accounts.life import life_notices, life_panels, life_rules
from accounts.organisation import confirming_rules, holdings, leaving_rules, staffing
from accounts.organisation import events as organisation_events
from accounts.organisation import followups as organisation_followups
from accounts.organisation import panels as organisation_panels
from accounts.plans import goal_rules, plan_disposal, plan_panel
from accounts.public import events as public_events
from accounts.public import rules as public_rules
from accounts.public import telling as public_telling
from accounts.signatures import reading_panels, reading_rules, signing_notices, signing_rules

__all__ = [
    "confirming_rules",
    "credential_events",
    "credential_followups",
    "credential_guards",
    "credential_panels",
    "credential_rules",
    "goal_rules",
    "holdings",
    "information_events",
    "information_panels",
    "information_rules",
    "inherited_rules",
    "leaving_rules",
    "life_notices",
    "life_panels",
    "life_rules",
    "organisation_events",
    "organisation_followups",
    "organisation_panels",
    "plan_disposal",
    "plan_panel",
    "public_events",
    "public_rules",
    "public_telling",
    "reading_panels",
    "reading_rules",
    "signing_notices",
    "signing_rules",
    "staffing",
]
