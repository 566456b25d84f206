"""What people fill in about accounts and plans. Forms validate and never save."""

from accounts.forms.opening import OpeningForm
from accounts.forms.plan import PlanForm
from accounts.forms.proposal import ProposalForm

__all__ = ["OpeningForm", "PlanForm", "ProposalForm"]
