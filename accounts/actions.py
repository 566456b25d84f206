"""What people do with accounts and plans. Verbs save, in one transaction with their audit, and never validate input."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.life import releasing
from accounts.models import Account, ActivityPlan, Duty, Platform, SealedPlan
from accounts.plans import amendment, points
from accounts.plans.drafts import save as save_draft  # noqa: F401
from accounts.signatures import delegation, signing
from governance import audit, clock
from governance.models import PolicyVersion, Unit, User
from governance.permissions import DUTY_PROPOSER
from governance.workflow import Refused, perform


@transaction.atomic
def propose_account(
    *,
    by: User,
    name: str,
    platform: Platform,
    unit: Unit,
    kind: str,
    visibility: str = Account.Visibility.OPEN,
    visibility_reason: str = "",
) -> ActivityPlan:
    """Enter an account in the register as proposed, with the first draft of its plan; the proposer may write it.

    The draft begins with what the policy gives as an example (Gullspång Bilaga 1 p. 7), and nothing else.
    """
    policy = PolicyVersion.objects.current()
    if policy is None:
        raise Refused(_("Ingen policy är antagen än. En policy måste antas innan konton kan föreslås."))
    account = Account.objects.create(
        name=name,
        platform=platform,
        unit=unit,
        kind=kind,
        visibility=visibility,
        visibility_reason=visibility_reason,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    Duty.objects.create(account=account, person=by, kind=DUTY_PROPOSER, valid_from=clock.today())
    duties.project(account)
    plan = ActivityPlan.objects.create(
        account=account,
        unit=unit,
        policy_version=policy,
        drafted_by=by,
        created_at=clock.now(),
        **points.suggestions(policy.policy, account.scope),
    )
    audit.record("account.propose", by=by, obj=account)
    return plan


def freeze(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of submit: seal exactly what is laid before the signers, and let those named read it."""
    _seal(plan, amendment.canonical(plan))
    _project_with_status(plan)


def put_right(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of publish_correction: the version takes the place of the one it corrects, on that one's signatures."""
    _seal(plan, amendment.canonical(plan, correction=True))
    _supersede(plan)
    _project_with_status(plan)
    duties.begin(plan, mission_by=by)


def _seal(plan: ActivityPlan, content: str) -> None:
    plan.submitted_at = clock.now()
    SealedPlan.objects.create(
        plan=plan,
        round=plan.seals.count() + 1,
        content=content,
        digest=signing.digest(content),
        sealed_at=plan.submitted_at,
    )


def begin_again(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of every way back to the draft: the seal and its signatures stay as history, a new round will follow."""
    plan.submitted_at = None
    _project_with_status(plan)


@transaction.atomic
def sign_plan(plan: ActivityPlan, *, by: User, digest: str) -> int:
    """Sign every place that waits for this person, over the content with this SHA-256; answer how many.

    Raises Refused where no place waits, or where what lies before the signers is no longer what was read.
    """
    locked = hold(plan)
    if locked.status != ActivityPlan.Status.SIGNING:
        raise Refused(_("Planen ligger inte för underskrift."))
    check_read(locked, digest)
    mine = [place for place in signing.waiting(locked) if place.user == by]
    if not mine:
        raise Refused(_("Det finns ingen plats i planen som väntar på din underskrift."))
    for place in mine:
        signature = signing.sign(place, locked)
        audit.record("activityplan.sign", by=by, obj=locked, data={"capacity": signature.capacity, "sha256": digest})
    return len(mine)


@transaction.atomic
def approve_plan(
    plan: ActivityPlan, *, by: User, digest: str, numbers: Mapping[str, str] | None = None
) -> ActivityPlan:
    """Sign as the manager whom the policy names; the plan is in force and the account may be opened.

    `numbers` are those of the decisions by delegation, by statement, as far as they are known.
    """
    locked = hold(plan)
    if locked.status == ActivityPlan.Status.SIGNING:
        check_read(locked, digest)
    perform(plan, "approve", by=by, data={"sha256": digest})
    delegation.enter(plan, by=by, numbers=numbers or {})
    return plan


def bring_into_force(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of approve: the manager's signatures, then the plan is in force."""
    if by is None:
        raise Refused(_("En plan godkänns av en person."))
    for place in signing.approval_places(plan, by):
        signing.sign(place, plan)
    come_into_force(plan, mission_by=by)


def come_into_force(plan: ActivityPlan, *, mission_by: User | None) -> None:
    """Let a plan that is approved take the place of the one before: the duties from today, the account approved."""
    _supersede(plan)
    _project_with_status(plan)
    duties.begin(plan, mission_by=mission_by)
    if plan.account.status == Account.Status.PROPOSED:
        perform(plan.account, "approve", by=None)


def _supersede(plan: ActivityPlan) -> None:
    """Let the version before give way: from now on the account is run under this one."""
    plan.approved_at = clock.now()
    for before in plan.account.plans.in_force():
        perform(before, "supersede", by=None)


def reopen(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of reopen: an approved plan whose account was never opened is a draft again, to be signed anew."""
    perform(plan.account, "reconsider", by=None)
    plan.approved_at = None
    duties.take_back(plan)
    begin_again(plan, by, reason)


def reject(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of reject: a proposed account is rejected with its plan, and may be taken up again."""
    if plan.account.status == Account.Status.PROPOSED:
        perform(plan.account, "reject", by=None)
    _project_with_status(plan)


def take_up_again(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of resubmit: a rejected plan is a draft again, and its account proposed."""
    if plan.account.status == Account.Status.REJECTED:
        perform(plan.account, "resubmit", by=None)
    begin_again(plan, by, reason)


def withdraw_account(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of withdraw: a proposed account goes with its plan, and everyone's duty on it ends.

    Where the account is run already, only the version goes: what is in force stays so (R-PLAN-11).
    """
    plan.duties.filter(valid_from=None).update(valid_to=clock.today())
    if plan.account.status in (Account.Status.PROPOSED, Account.Status.REJECTED):
        perform(plan.account, "withdraw", by=None)
        duties.end_all(plan.account)
    duties.project(plan.account)


def open_account(
    account: Account, *, by: User, address: str, handle: str, confirmed: Sequence[str] = (), reused: str = ""
) -> Account:
    """Open an approved account at its real, canonical address; from now on it is public and watched.

    `confirmed` are the keys of the prerequisites that were ticked; they stay in the log. `reused` is the reason why it
    takes over the address of a closed account, which lets go of it; without one such an address is refused.
    """
    data = {"address": address, "confirmed": list(confirmed)}
    try:
        with transaction.atomic():
            if reused:
                releasing.release(address, by=by, to=account, reason=reused)
            Account.objects.filter(pk=account.pk, status=Account.Status.APPROVED).update(
                address=address, handle=handle, opened_at=clock.now()
            )
            return perform(account, "open", by=by, data=data)
    except IntegrityError as error:
        raise Refused(_("Adressen hör redan till ett annat konto i registret.")) from error


def hold(plan: ActivityPlan) -> ActivityPlan:
    """Answer the plan as it now is, held until the transaction ends."""
    return ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def check_read(plan: ActivityPlan, digest: str) -> None:
    """Refuse what nobody has seen: the plan may have been taken back and changed since it was read."""
    if plan.sealed is None or plan.sealed.digest != digest:
        raise Refused(_("Planen har ändrats sedan du öppnade den. Läs den igen innan du undertecknar."))


def _project_with_status(plan: ActivityPlan) -> None:
    """Project the duties by the status that the plan is about to have: the projection reads it from the row."""
    ActivityPlan.objects.filter(pk=plan.pk).update(
        status=plan.status, submitted_at=plan.submitted_at, approved_at=plan.approved_at
    )
    duties.project(plan.account)
