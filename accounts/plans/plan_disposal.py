"""What the register holds of an archived plan: copies of its paper and scans, which go when its record is disposed of.

Kept on purpose: the plan itself with its seal and its signatures. They are the account's mandate, shown on its page
and proved by the log's chain, and follow the account, not the archived paper. Only a plan that no longer holds loses
its paper; the archive never disposes of one in force.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import ActivityPlan, PaperScan, PrintedPlan
from governance.disposing import Emptied, Gone, holder

OF_PLANS = (ActivityPlan._meta.label_lower, PrintedPlan._meta.label_lower)


def empty_paper(gone: Gone) -> Emptied:
    """Name the copies of what the record held; their rows stay, so that a paper can still be recognised."""
    if gone.source_type not in OF_PLANS:
        return Emptied()
    prints = PrintedPlan.objects.filter(sha256__in=gone.hashes)
    scans = PaperScan.objects.filter(sha256__in=gone.hashes)
    in_force = ActivityPlan.objects.filter(status=ActivityPlan.Status.APPROVED)
    still = _files(prints.filter(sealed__plan__in=in_force), scans.filter(plan__in=in_force))
    names = _files(prints, scans) - still
    return Emptied(0, tuple(("default", name) for name in sorted(names)))


def _files(prints: QuerySet[PrintedPlan], scans: QuerySet[PaperScan]) -> set[str]:
    return {*prints.values_list("file", flat=True), *scans.values_list("file", flat=True)}


holder("accounts.paper", _("planens papper och inskannade underskrifter"), empty_paper)
