"""Changing a plan in force: the next version is written while the one before it stays in force (R-PLAN-11)."""

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import duties
from accounts.models import Account, ActivityPlan, Duty, Goal
from accounts.models.plan import ASSESSED, CONTENT
from accounts.plans import content, differences, points
from accounts.plans.differences import Differences
from governance import audit, clock
from governance.models import PolicyVersion, User
from governance.policy.schema import Plan
from governance.workflow import Refused, perform

Status = ActivityPlan.Status
# An account in one of these is run under a plan, or will be; a plan of any other has nothing to change.
AMENDABLE = (Account.Status.APPROVED, Account.Status.ACTIVE, Account.Status.PAUSED, Account.Status.LOST)
CARRIED = (*CONTENT, *(f"{name}_by" for name in ASSESSED))


@transaction.atomic
def begin(account: Account, *, by: User) -> ActivityPlan:
    """Make the draft of the account's next version from the one in force, under the policy that holds now.

    Answers the version that is open already, if there is one; one that was rejected is taken up again. Raises `Refused`
    where the account is not run under any plan.
    """
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if locked.status not in AMENDABLE:
        raise Refused(_("Planen kan inte ändras: kontots läge är ”%s”.") % locked.get_status_display())
    if (found := unfinished(locked)) is not None:
        return perform(found, "resubmit", by=by) if found.status == Status.REJECTED else found
    base = in_force(locked)
    return _copied(base, locked, by) if base else _first(locked, by)


def in_force(account: Account) -> ActivityPlan | None:
    """Answer the version the account is run under now; None for one that is proposed, or inherited."""
    return account.plans.in_force().select_related("policy_version", "unit", "account__platform").first()


def unfinished(account: Account) -> ActivityPlan | None:
    """Answer the version that is newer than the one in force and not yet decided, withdrawn or replaced."""
    coming = account.plans.filter(status__in=[Status.DRAFT, Status.SIGNING, Status.REJECTED])
    return coming.select_related("policy_version", "unit", "account__platform").order_by("-version").first()


def changes(plan: ActivityPlan, other: ActivityPlan | None = None) -> Differences | None:
    """Answer what the version says otherwise than `other`, or than the version it amends; None where it amends none."""
    base = other or plan.amends
    return differences.between(content.current(base), content.current(plan)) if base else None


def who_signs(plan: ActivityPlan) -> set[int] | None:
    """Answer who of those named sign this version; None is everyone (R-PLAN-11). The manager always approves.

    Everyone where a point of substance is another, or where the policy has changed what is signed; else only those who
    are new in a duty. Spelling and how people are reached need nobody.
    """
    return _signers(plan, changes(plan))


def other_terms(plan: ActivityPlan) -> bool:
    """Answer whether the version's policy has other words to sign, or other duties, than the one it amends."""
    base = plan.amends
    if base is None or base.policy_version_id == plan.policy_version_id:
        return False
    return _terms(base.rules) != _terms(plan.rules)


def summary(plan: ActivityPlan, *, correction: bool = False) -> dict[str, Any] | None:
    """Answer for the seal which version is amended, what is changed, who signs again, and whose signatures still stand.

    In keys, not words: what is sealed is the same in every language.
    """
    base = plan.amends
    if base is None:
        return None
    # The rows, not the seal: a version that lies before its signers a second time has the seal of the first.
    found = differences.between(content.current(base), content.as_read(plan))
    signers = _signers(plan, found)
    before = _seal(base)
    return {
        "version": base.version,
        "sha256": before["sha256"],
        "correction": correction,
        "other_terms": other_terms(plan),
        "signed_by": None if signers is None else sorted(signers),
        "stands_on": [] if signers is None else [before, *_stands_on(base)],
        "points": list(found.points),
        "spelt": list(found.spelt),
        "assessed": list(found.assessed),
        "came": [_named(duty) for duty in found.came],
        "went": [_named(duty) for duty in found.went],
        "reached": [_named(duty) for _old, duty in found.reached],
        "goals": [(new or old or {})["text"] for old, new in (*found.goals, *found.goals_spelt)],
    }


def canonical(plan: ActivityPlan, *, correction: bool = False) -> str:
    """Answer exactly what is signed, as JSON: what the plan says, and what it changes of the version before it."""
    return content.as_json({**content.of(plan), "amends": summary(plan, correction=correction)})


def newer_policy(plan: ActivityPlan) -> PolicyVersion | None:
    """Answer the policy that holds now, where a draft was begun under an earlier one."""
    current = PolicyVersion.objects.current()
    is_old = plan.status == Status.DRAFT and current is not None and current.pk != plan.policy_version_id
    return current if is_old else None


@transaction.atomic
def rewrite(plan: ActivityPlan, *, by: User) -> ActivityPlan:
    """Write a draft on under the policy that holds now; duties that it does not know are left out of the draft."""
    locked = ActivityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    current = newer_policy(locked)
    if current is None:
        raise Refused(_("Planen följer redan den policy som gäller, eller är inte längre ett utkast."))
    locked.policy_version = current
    locked.revision += 1
    locked.saved_by, locked.saved_at = by, clock.now()
    locked.save()
    known = [rule.kind for rule in locked.rules.duties]
    locked.duties.exclude(kind__in=known).delete()
    duties.project(locked.account)
    audit.record("activityplan.rewrite", by=by, obj=locked, data={"policy": str(current)})
    return locked


def _copied(base: ActivityPlan, account: Account, by: User) -> ActivityPlan:
    plan = _new(account, by, amends=base, **{name: getattr(base, name) for name in CARRIED})
    known = {rule.kind for rule in plan.rules.duties}
    Duty.objects.bulk_create(
        Duty(
            account=account,
            plan=plan,
            person=duty.person,
            kind=duty.kind,
            email=duty.email,
            phone=duty.phone,
            skill_on=duty.skill_on,
            skill_by=duty.skill_by,
        )
        for duty in Duty.objects.in_force().filter(plan=base).select_related("person").order_by("pk")
        if duty.kind in known
    )
    Goal.objects.bulk_create(
        Goal(
            plan=plan,
            series=goal.series,
            text=goal.text,
            measure=goal.measure,
            target=goal.target,
            follow_up_on=goal.follow_up_on,
        )
        for goal in base.goals.order_by("pk")
    )
    audit.record("activityplan.amend", by=by, obj=plan, data={"version": plan.version, "amends": base.version})
    return plan


def _first(account: Account, by: User) -> ActivityPlan:
    """Make a first draft for an account that is run without a plan in force, from what is known of it."""
    version = PolicyVersion.objects.current()
    suggested = points.suggestions(version.policy, account.scope) if version else {}
    known = {"address_planned": account.address, "purpose": account.public_about}
    plan = _new(account, by, amends=None, **(suggested | known))
    _name_holders(plan)
    audit.record("activityplan.draft", by=by, obj=plan)
    return plan


def _name_holders(plan: ActivityPlan) -> None:
    rules = plan.rules
    reached: dict[str, bool] = {rule.kind: points.home_of(rule.kind, rules) in points.REACHED for rule in rules.duties}
    held = Duty.objects.in_force().of_plan().filter(account=plan.account, kind__in=reached).select_related("person")
    Duty.objects.bulk_create(
        Duty(
            account=plan.account,
            plan=plan,
            person=duty.person,
            kind=duty.kind,
            email=duty.person.shown_email if reached[duty.kind] else "",
            phone=duty.person.shown_phone if reached[duty.kind] else "",
        )
        for duty in held.order_by("pk")
    )


def _new(account: Account, by: User, **fields: Any) -> ActivityPlan:
    policy = PolicyVersion.objects.current()
    if policy is None:
        raise Refused(_("Ingen policy är antagen än. En policy måste antas innan planen kan ändras."))
    last = account.plans.aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            return ActivityPlan.objects.create(
                account=account,
                unit=account.unit,
                policy_version=policy,
                version=last + 1,
                drafted_by=by,
                created_at=clock.now(),
                **fields,
            )
    except IntegrityError as error:  # the account's row is locked, so only somebody past this verb comes here
        raise Refused(_("Någon annan började just ändra planen. Ladda om sidan.")) from error


def _signers(plan: ActivityPlan, found: Differences | None) -> set[int] | None:
    if found is None or found.of_substance or other_terms(plan):
        return None
    return {duty["person"] for duty in found.came}


def _terms(rules: Plan) -> tuple[object, ...]:
    """Answer what a policy lets people sign, and in which duties."""
    return (
        sorted((signer.duty, signer.statement) for signer in rules.signers),
        sorted(rule.kind for rule in rules.duties),
        [(each.key, each.text) for each in rules.approval.statements],
    )


def _seal(plan: ActivityPlan) -> dict[str, Any]:
    sealed = plan.sealed
    return {"version": plan.version, "sha256": sealed.digest if sealed else ""}


def _stands_on(base: ActivityPlan) -> list[dict[str, Any]]:
    sealed = base.sealed
    before = json.loads(sealed.content).get("amends") if sealed else None
    return before["stands_on"] if before else []


def _named(duty: dict[str, Any]) -> dict[str, str]:
    return {"kind": duty["kind"], "name": duty["name"]}
