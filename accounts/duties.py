"""Duties and what follows from them: who may what on an account, written in the transaction of the duties."""

from collections import defaultdict

from accounts.models import Account, AccountUserObjectPermission, ActivityPlan, Duty
from governance import access, clock
from governance.models import User
from governance.permissions import DUTIES, DUTY_PROPOSER, NAMED_IN_DRAFT

Power = tuple[int, int, str]  # account, person, permission


def held(account: Account) -> dict[User, frozenset[str]]:
    """Answer what each person may on the account by duty: all of it in force, reading and signing while planned."""
    powers: dict[User, frozenset[str]] = defaultdict(frozenset)
    for duty in Duty.objects.named().filter(account=account).select_related("person", "plan"):
        powers[duty.person] |= _powers(duty)
    return {person: names for person, names in powers.items() if names}


def project(account: Account) -> None:
    """Make guardian's rows say what the duties say."""
    access.project(account, held(account))


def begin(plan: ActivityPlan, mission_by: User | None) -> None:
    """Bring a plan's duties into force by the manager's mission (R-PLAN-9); end those before them.

    Whoever keeps a duty from the version before keeps it since then, by the mission given then; everyone else begins
    today. The proposer's own ends too: from here on the account is run by those named.
    """
    today = clock.today()
    # Those of people who have left, too: the version before ends for everybody.
    begun = Duty.objects.filter(account=plan.account, valid_from__isnull=False, valid_to=None)
    ending = begun.exclude(plan=plan)
    kept = {(duty.person_id, duty.kind): duty for duty in ending}
    ending.update(valid_to=today)
    for duty in plan.duties.filter(valid_from=None):
        before = kept.get((duty.person_id, duty.kind))
        duty.valid_from = before.valid_from if before else today
        # Who was taken over has had no mission yet: this decision gives it.
        duty.mission_by = (before.mission_by if before else None) or mission_by
        duty.save(update_fields=["valid_from", "mission_by"])
    project(plan.account)


def take_back(plan: ActivityPlan) -> None:
    """Make a plan's duties planned again, and let its proposer write on; what they may follows with the projection."""
    plan.duties.update(valid_from=None, mission_by=None)
    Duty.objects.filter(account=plan.account, kind=DUTY_PROPOSER).update(valid_to=None)


def end_all(account: Account) -> None:
    """End the duties of everyone named on the account from today; the proposer may still read what became of it."""
    Duty.objects.of_plan().filter(account=account, valid_to=None).update(valid_to=clock.today())
    project(account)


def differences() -> tuple[set[Power], set[Power]]:
    """Answer what guardian's rows lack of what the duties give, and what they hold beyond it."""
    wanted: set[Power] = set()
    for duty in Duty.objects.named().select_related("plan"):
        wanted |= {(duty.account_id, duty.person_id, name) for name in _powers(duty)}
    rows = AccountUserObjectPermission.objects.values_list("content_object", "user", "permission__codename")
    present = set(rows)
    return wanted - present, present - wanted


def _powers(duty: Duty) -> frozenset[str]:
    if duty.plan is None or duty.valid_from is not None:
        return DUTIES[duty.kind]
    # A draft is read by who writes it; those named in it see it once it is laid before them.
    return NAMED_IN_DRAFT if duty.plan.status == ActivityPlan.Status.SIGNING else frozenset()
