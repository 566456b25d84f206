"""Closing an account (R-END-1): begun with a reason, gone through step by step as the policy says, ended once.

That a snapshot is taken in the closing is demanded from above: the archive sets a guard on the step `close`, and a
trigger on the table (R-ARCH-2).
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.life import changes, pausing
from accounts.models import Account, ActivityPlan, Closing, ClosingTick, Loss
from accounts.plans import holding
from governance import audit, clock
from governance.models import PolicyVersion, User
from governance.policy.keeping import ClosingStep
from governance.workflow import Refused, perform

CONTACT, ANNOUNCE, THANK, SNAPSHOT, CLOSE = "contact", "announce", "thank", "snapshot", "close"
Status = ActivityPlan.Status
# Nobody ticks these: the snapshot is seen in the archive, and closing is the last button itself.
NOT_TICKED = (SNAPSHOT, CLOSE)


def steps(closing: Closing) -> tuple[ClosingStep, ...]:
    """Answer the steps of the policy the closing was begun under; the product's own where it says nothing."""
    return closing.policy_version.policy.rule("closing", closing.account.scope).steps


def ticked(closing: Closing) -> list[ClosingStep]:
    """Answer the steps that somebody ticks."""
    return [step for step in steps(closing) if step.key not in NOT_TICKED]


def current(account: Account) -> Closing | None:
    """Answer the closing that is going on."""
    going_on = account.closings.going_on()
    return going_on.select_related("policy_version", "begun_by", "account__platform", "account__unit").first()


@transaction.atomic
def begin(account: Account, *, by: User, reason: str, closes_on: date, successor: Account | None) -> Closing:
    """Begin to close an account. Raises `Refused` where it cannot be, `PermissionDenied` where `by` may not."""
    version = PolicyVersion.objects.current()
    if version is None:
        raise Refused(_("Ingen policy är antagen än. Kommunikatören antar den först."))
    account = perform(account, "begin_closing", by=by, reason=reason, data={"closes_on": closes_on})
    Account.objects.filter(pk=account.pk).update(successor=successor)
    return Closing.objects.create(
        account=account,
        unit=account.unit,
        policy_version=version,
        begun_by=by,
        begun_at=clock.now(),
        reason=reason,
        closes_on=closes_on,
    )


@transaction.atomic
def tick(closing: Closing, *, by: User, key: str, done: bool, note: str) -> ClosingTick:
    """Tick a step as done, or leave it out with a reason where the policy does not demand it.

    Raises `Refused` where the step is ticked already, is not one of the closing's, or must be done.
    """
    locked = _locked(closing)
    step = next((step for step in ticked(locked) if step.key == key), None)
    if step is None or locked.ended_at is not None:
        raise Refused(_("Steget hör inte till det här avslutet, eller så är avslutet redan slut."))
    if not done and (step.binding or not note.strip()):
        raise Refused(_("Steget kan bara hoppas över där policyn inte kräver det, och då med ett skäl."))
    try:
        with transaction.atomic():
            made = ClosingTick.objects.create(
                closing=locked, key=key, done=done, note=note.strip(), by=by, at=clock.now()
            )
    except IntegrityError as error:
        raise Refused(_("Någon annan har redan kryssat av det steget.")) from error
    action = "closing.tick" if done else "closing.skip"
    audit.record(action, by=by, obj=locked, data={"step": step.label, "key": key}, personal={"note": made.note})
    return made


@transaction.atomic
def name_successor(closing: Closing, *, by: User, successor: Account | None, closes_on: date) -> Closing:
    """Change where the public is led instead, and the last day, while the closing goes on."""
    locked = _locked(closing)
    if locked.ended_at is not None:
        raise Refused(_("Avslutet är redan slut."))
    Account.objects.filter(pk=locked.account_id).update(successor=successor)
    locked.closes_on = closes_on
    locked.save(update_fields=["closes_on"])
    data = {"closes_on": closes_on, "successor": str(successor) if successor else _("inget annat konto")}
    audit.record("closing.change", by=by, obj=locked, data=data)
    return locked


@transaction.atomic
def close(account: Account, *, by: User) -> Account:
    """Close the account for good. Raises `Refused` with what is left to do."""
    holding.hold([account])
    return perform(account, "close", by=by)


def missing(closing: Closing) -> list[ClosingStep]:
    """Answer the steps that are neither ticked nor left out with a reason."""
    keys = set(closing.ticks.values_list("key", flat=True))
    return [step for step in ticked(closing) if step.key not in keys]


def is_ready(account: Account, by: User | None) -> None:
    """Guard of close: refuse while a step of the closing is left."""
    closing = current(account)
    if closing is None:
        raise Refused(_("Avslutet är inte påbörjat."))
    if left := missing(closing):
        names = ", ".join(f"”{step.label}”" for step in left)
        raise Refused(_("Det här är kvar innan kontot kan avslutas: %(steps)s.") % {"steps": names})


def start(account: Account, by: User | None, reason: str) -> None:
    """Effect of begin_closing: a pause is over, and what was lost is now being closed."""
    pausing.end_pause(account, by, reason)
    Loss.objects.going_on().filter(account=account).update(
        ended_at=clock.now(), ended_by=by, outcome=Loss.Outcome.CLOSING, how=reason
    )


def finish(account: Account, by: User | None, reason: str) -> None:
    """Effect of close: when it was, the closing is done, everybody's duty on the account ends, and nothing waits."""
    account.closed_at = clock.now()
    _end(account, Closing.Outcome.CLOSED)
    _withdraw_plans(account, by)
    changes.drop_waiting(account)
    duties.end_all(account)


def keep(account: Account, by: User | None, reason: str) -> None:
    """Effect of keep: the closing is over, and nobody is led to another account."""
    account.successor = None
    _end(account, Closing.Outcome.KEPT)


def interrupt(account: Account) -> None:
    """End a closing in the middle, because the account was lost."""
    _end(account, Closing.Outcome.LOST)


def _withdraw_plans(account: Account, by: User | None) -> None:
    """Take back the versions that are not decided: one that came into force would give duties on a closed account."""
    reason = _("Kontot är avslutat")
    for plan in account.plans.filter(status=Status.SIGNING):
        perform(plan, "recall", by=by, reason=reason)
    for plan in account.plans.filter(status__in=[Status.DRAFT, Status.REJECTED]):
        perform(plan, "withdraw", by=by, reason=reason)


def _end(account: Account, outcome: str) -> None:
    going_on = Closing.objects.going_on().filter(account=account)
    going_on.update(ended_at=clock.now(), outcome=outcome)


def _locked(closing: Closing) -> Closing:
    """Answer the closing, held until the transaction ends: of two who press at once one comes after the other."""
    return (
        Closing.objects.select_for_update(of=("self",)).select_related("policy_version", "account").get(pk=closing.pk)
    )
