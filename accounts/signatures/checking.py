"""Whether a paper is one of ours: a plan's kept PDF, or what was signed, known by its SHA-256. No person is named."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, ActivityPlan, PrintedPlan, SealedPlan

Status = ActivityPlan.Status
ENDED = (Account.Status.CLOSED, Account.Status.WITHDRAWN)
IN_FORCE, SUPERSEDED, NO_LONGER, UNKNOWN = "in_force", "superseded", "no_longer", "unknown"


@dataclass(frozen=True)
class Answer:
    """What is known of a SHA-256: which plan it is of, and how that plan stands now."""

    kind: str
    sha256: str
    account: str = ""
    unit: str = ""
    title: str = ""
    version: int = 0
    approved_at: datetime | None = None
    newer: int = 0  # the version that took its place
    newer_at: datetime | None = None
    ended: bool = False  # the account itself is closed
    is_print: bool = False  # else the sum is of the content, as it stands at the foot of the paper
    newer_edition: bool = False


def check(sha256: str) -> Answer:
    """Answer what a SHA-256 is of; `UNKNOWN` for everything that was never approved."""
    printed = PrintedPlan.objects.filter(sha256=sha256).select_related(*_of("sealed__plan")).first()
    if printed is not None:
        later = printed.sealed.prints.filter(edition__gt=printed.edition).exists()
        return _answer(printed.sealed, sha256, is_print=True, newer_edition=later)
    approved = SealedPlan.objects.filter(digest=sha256, plan__status__in=[Status.APPROVED, Status.SUPERSEDED])
    found = approved.select_related(*_of("plan")).order_by("-plan__version", "-round").first()
    return _answer(found, sha256) if found else Answer(UNKNOWN, sha256)


def _answer(sealed: SealedPlan, sha256: str, *, is_print: bool = False, newer_edition: bool = False) -> Answer:
    plan = sealed.plan
    stands = plan.sealed == sealed
    after = plan.account.plans.filter(version__gt=plan.version, approved_at__isnull=False).order_by("-version").first()
    kind = NO_LONGER
    if stands and plan.status == Status.APPROVED and plan.account.status not in ENDED:
        kind = IN_FORCE
    elif stands and plan.status == Status.SUPERSEDED and after is not None:
        kind = SUPERSEDED
    return Answer(
        kind=kind,
        sha256=sha256,
        account=str(plan.account),
        unit=str(plan.account.unit),
        title=plan.title,
        version=plan.version,
        approved_at=plan.approved_at if stands else None,
        newer=after.version if after else 0,
        newer_at=after.approved_at if after else None,
        ended=plan.account.status in ENDED,
        is_print=is_print,
        newer_edition=newer_edition,
    )


def _of(plan: str) -> tuple[str, ...]:
    return (f"{plan}__account__unit", f"{plan}__account__platform", f"{plan}__policy_version")
