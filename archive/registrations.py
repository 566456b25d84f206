"""What the archive's sub-packages register with the kernel, found at start through this module."""

from archive.diary import diary_panels, diary_rules
from archive.disclosing import events as disclosing_events
from archive.disclosing import followups as disclosing_followups
from archive.disclosing import panels as disclosing_panels
from archive.disclosing import rules as disclosing_rules
from archive.disposing import events as disposing_events
from archive.disposing import findings as disposing_findings
from archive.disposing import followups as disposing_followups
from archive.disposing import holders as disposing_holders
from archive.disposing import pages as disposing_pages
from archive.packages import export_panels
from archive.shielding import secrecy_part, shields
from archive.trust import panels as trust_panels
from archive.trust import rules as trust_rules

__all__ = [
    "diary_panels",
    "diary_rules",
    "disclosing_events",
    "disclosing_followups",
    "disclosing_panels",
    "disclosing_rules",
    "disposing_events",
    "disposing_findings",
    "disposing_followups",
    "disposing_holders",
    "disposing_pages",
    "export_panels",
    "secrecy_part",
    "shields",
    "trust_panels",
    "trust_rules",
]
