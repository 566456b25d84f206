"""A plan that was signed with ink: communications lays in the scan, and writes in who signed, when and as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import actions
from accounts.models import ActivityPlan, PaperScan, Signature
from accounts.signatures import approving, signing
from accounts.signatures.signing import Place
from governance import audit, clock, files
from governance.models import User
from governance.permissions import MANAGER
from governance.workflow import Refused, perform

FOLDER = "underskrivna-planer"


@dataclass(frozen=True)
class Entry:
    """One signature as it stands on the paper: at which place, the name in clear, the day."""

    place: Place
    name: str
    day: date


@dataclass(frozen=True)
class ApprovalEntry:
    """The approval as it stands on the paper; `user` is None where the name is of nobody who is in Uppsikt."""

    user: User | None
    name: str
    capacity: str
    day: date


@transaction.atomic
def add_scan(plan: ActivityPlan, *, by: User, name: str, media_type: str, content: bytes) -> PaperScan:
    """Keep the scan of a signed paper with the plan; the same file twice is one scan."""
    locked = _before_signers(plan)
    kept = files.keep(FOLDER, content)
    scan, created = PaperScan.objects.get_or_create(
        plan=locked,
        sha256=kept.sha256,
        defaults={
            "name": name,
            "media_type": media_type,
            "size": kept.size,
            "file": kept.name,
            "entered_by": by,
            "entered_at": clock.now(),
        },
    )
    if created:
        audit.record("activityplan.add_scan", by=by, obj=locked, data={"sha256": scan.sha256})
    return scan


@transaction.atomic
def remove_scan(scan: PaperScan, *, by: User) -> None:
    """Take away a scan that was laid in by mistake. Raises `Refused` where a signature rests on it."""
    plan = actions.hold(scan.plan)
    if scan.signatures.exists():
        raise Refused(_("Underskrifter bygger på det här papperet. Det kan inte tas bort."))
    audit.record("activityplan.remove_scan", by=by, obj=plan, data={"sha256": scan.sha256})
    name = scan.file
    scan.delete()
    if not PaperScan.objects.filter(file=name).exists():
        transaction.on_commit(lambda: default_storage.delete(name))


@transaction.atomic
def enter(
    plan: ActivityPlan,
    *,
    by: User,
    digest: str,
    scan: PaperScan,
    entries: Sequence[Entry],
    approval: ApprovalEntry | None = None,
) -> ActivityPlan:
    """Write in signatures from a paper, some or all; with the approval the plan is in force.

    Raises `Refused` where the plan is no longer what was read, a place no longer waits, or somebody would write in
    what is his or her own.
    """
    locked = _before_signers(plan)
    actions.check_read(locked, digest)
    waiting = {_key(place): place for place in signing.waiting(locked)}
    for entry in entries:
        place = waiting.get(_key(entry.place))
        if place is None:
            raise Refused(_("%(name)s har redan undertecknat.") % {"name": entry.name})
        if place.user == by:
            raise Refused(_("Din egen underskrift skriver du inte in. Underteckna planen här i stället."))
        _write(locked, Entry(place, entry.name, entry.day), scan=scan, by=by)
    if approval is None:
        return locked
    _check_approver(locked, approval, by)
    for place in signing.approval_places(locked, approval.user):
        written = Place(approval.user, MANAGER, approval.capacity, place.statement_key, place.statement)
        _write(locked, Entry(written, approval.name, approval.day), scan=scan, by=by)
    return perform(locked, "approve_on_paper", by=by, data={"day": approval.day.isoformat(), "sha256": digest})


def may_enter_approval(plan: ActivityPlan, by: User | None) -> None:
    """Refuse to write in an approval before everybody else has signed, or by somebody with a duty in the plan."""
    if by is not None and plan.duties.filter(person=by).exists():
        raise Refused(_("Du har själv ett ansvar i planen och kan därför inte skriva in att den är godkänd."))
    left = [place.user.name for place in signing.waiting(plan) if place.user]
    if left:
        raise Refused(_("Planen väntar på underskrift av %(names)s.") % {"names": ", ".join(dict.fromkeys(left))})
    if any(place.signature is None or place.signature.paper_day is None for place in signing.approval_places(plan)):
        raise Refused(_("Skriv in vem som godkände planen på papperet, och när."))


def bring_into_force(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of approve_on_paper: the plan is in force by the mission of whoever approved it there, where known."""
    approval = next(place.signature for place in signing.approval_places(plan) if place.signature)
    actions.come_into_force(plan, mission_by=approval.user)


def approvers(plan: ActivityPlan) -> list[tuple[User, str]]:
    """Answer who in Uppsikt may have approved it, each with the capacity."""
    return [(role.user, approving.capacity(role, plan)) for role in signing.approving_roles(plan)]


def _check_approver(plan: ActivityPlan, approval: ApprovalEntry, by: User) -> None:
    """Nobody approves a plan in which he or she holds a duty, on paper either; nor writes in the own approval."""
    if approval.user == by:
        raise Refused(_("Din egen underskrift skriver du inte in. Underteckna planen här i stället."))
    if approval.user is not None and approval.user not in signing.approvers(plan):
        raise Refused(_("Planen godkänns av närmaste chef utan eget ansvar på kontot."))
    people = [duty.person for duty in plan.duties.select_related("person")]
    # On the paper a protected person has signed by the real name.
    named = {_plain(name) for person in people for name in (person.name, person.real_name)}
    if approval.user is None and _plain(approval.name) in named:
        raise Refused(_("%(name)s har ett ansvar i planen och kan inte godkänna den.") % {"name": approval.name})


def _write(plan: ActivityPlan, entry: Entry, *, scan: PaperScan, by: User) -> None:
    place, sealed = entry.place, plan.sealed
    if sealed is None:
        raise ValueError("only what lies before its signers is signed")
    Signature.objects.create(
        sealed=sealed,
        user=place.user,
        name=entry.name,
        capacity_kind=place.capacity_kind,
        capacity=place.capacity,
        statement_key=place.statement_key,
        statement=place.statement,
        signed_at=clock.now(),
        paper_day=entry.day,
        entered_by=by,
        scan=scan,
    )
    audit.record(
        "activityplan.sign_on_paper",
        by=by,
        obj=plan,
        data={"capacity_kind": place.capacity_kind, "day": entry.day.isoformat(), "scan": scan.sha256},
        personal={"person": entry.name, "capacity": place.capacity},
    )


def _before_signers(plan: ActivityPlan) -> ActivityPlan:
    locked = actions.hold(plan)
    if locked.status != ActivityPlan.Status.SIGNING:
        raise Refused(_("Planen ligger inte för underskrift. Lämna den för underskrift först."))
    return locked


def _key(place: Place) -> tuple[int | None, str]:
    return (place.user.pk if place.user else None, place.statement_key)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
