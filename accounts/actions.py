"""What people do with accounts and plans. Verbs save, in one transaction with their audit, and never validate input."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import duties, points, signing
from accounts.models import Account, ActivityPlan, Duty, Platform, SealedPlan
from governance import audit, clock
from governance.models import PolicyVersion, Unit, User
from governance.permissions import DUTY_PROPOSER
from governance.workflow import Refused, perform

Named = list[tuple[User, str, str]]  # person, e-mail and phone as the plan gives them


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


@transaction.atomic
def save_draft(plan: ActivityPlan, *, by: User, fields: dict[str, Any], people: dict[str, Named]) -> ActivityPlan:
    """Save what was written in a draft: its points, and who is named for each duty."""
    locked = _locked(plan)
    if locked.status != ActivityPlan.Status.DRAFT:
        raise Refused(_("Planen är lämnad och kan inte ändras. Ta tillbaka den först."))
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
    locked.duties.all().delete()
    Duty.objects.bulk_create(
        Duty(account=locked.account, plan=locked, person=person, kind=kind, email=email, phone=phone)
        for kind, named in people.items()
        for person, email, phone in named
    )
    duties.project(locked.account)
    audit.record("activityplan.draft", by=by, obj=locked)
    return locked


def freeze(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of submit: seal exactly what is laid before the signers, and let those named read it."""
    content = signing.canonical(plan)
    plan.submitted_at = clock.now()
    SealedPlan.objects.create(
        plan=plan,
        round=plan.seals.count() + 1,
        content=content,
        digest=signing.digest(content),
        sealed_at=plan.submitted_at,
    )
    _project_with_status(plan)


def begin_again(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of every way back to the draft: the seal and its signatures stay as history, a new round will follow."""
    plan.submitted_at = None
    _project_with_status(plan)


@transaction.atomic
def sign_plan(plan: ActivityPlan, *, by: User, digest: str) -> int:
    """Sign every place that waits for this person, over the content with this SHA-256; answer how many.

    Raises Refused where no place waits, or where what lies before the signers is no longer what was read.
    """
    locked = _locked(plan)
    if locked.status != ActivityPlan.Status.SIGNING:
        raise Refused(_("Planen ligger inte för underskrift."))
    _check_read(locked, digest)
    mine = [place for place in signing.waiting(locked) if place.user == by]
    if not mine:
        raise Refused(_("Det finns ingen plats i planen som väntar på din underskrift."))
    for place in mine:
        signature = signing.sign(place, locked)
        audit.record("activityplan.sign", by=by, obj=locked, data={"capacity": signature.capacity, "sha256": digest})
    return len(mine)


@transaction.atomic
def approve_plan(plan: ActivityPlan, *, by: User, digest: str) -> ActivityPlan:
    """Sign as the manager whom the policy names; the plan is in force and the account may be opened."""
    locked = _locked(plan)
    if locked.status == ActivityPlan.Status.SIGNING:
        _check_read(locked, digest)
    return perform(plan, "approve", by=by, data={"sha256": digest})


def bring_into_force(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of approve: the manager's signatures, the duties from today, the account approved."""
    if by is None:
        raise Refused(_("En plan godkänns av en person."))
    for place in signing.approval_places(plan, by):
        signing.sign(place, plan)
    plan.approved_at = clock.now()
    _project_with_status(plan)
    duties.begin(plan, mission_by=by)
    perform(plan.account, "approve", by=None)


def reopen(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of reopen: an approved plan whose account was never opened is a draft again, to be signed anew."""
    perform(plan.account, "reconsider", by=None)
    plan.approved_at = None
    duties.take_back(plan)
    begin_again(plan, by, reason)


def withdraw_account(plan: ActivityPlan, by: User | None, reason: str) -> None:
    """Effect of withdraw: a proposed account goes with its plan, and everyone's duty on it ends."""
    if plan.account.status == Account.Status.PROPOSED:
        perform(plan.account, "withdraw", by=None)
        duties.end_all(plan.account)


def open_account(account: Account, *, by: User, address: str, handle: str, confirmed: Sequence[str] = ()) -> Account:
    """Open an approved account at its real, canonical address; from now on it is public and watched.

    `confirmed` are the keys of the prerequisites that were ticked; they stay in the log.
    """
    data = {"address": address, "confirmed": list(confirmed)}
    try:
        with transaction.atomic():
            Account.objects.filter(pk=account.pk, status=Account.Status.APPROVED).update(
                address=address, handle=handle, opened_at=clock.now()
            )
            return perform(account, "open", by=by, data=data)
    except IntegrityError as error:
        raise Refused(_("Adressen hör redan till ett annat konto i registret.")) from error


def _locked(plan: ActivityPlan) -> ActivityPlan:
    return ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def _check_read(plan: ActivityPlan, digest: str) -> None:
    """Nobody signs what he or she has not seen: the plan may have been taken back and changed meanwhile."""
    if plan.sealed is None or plan.sealed.digest != digest:
        raise Refused(_("Planen har ändrats sedan du öppnade den. Läs den igen innan du undertecknar."))


def _project_with_status(plan: ActivityPlan) -> None:
    """Project the duties by the status that the plan is about to have: the projection reads it from the row."""
    ActivityPlan.objects.filter(pk=plan.pk).update(
        status=plan.status, submitted_at=plan.submitted_at, approved_at=plan.approved_at
    )
    duties.project(plan.account)
