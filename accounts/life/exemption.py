"""Accounts for which the policy asks for no plan (Gullspång Bilaga 1: monitoring of others), opened directly."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import duties
from accounts.models import Account, Duty
from governance import audit, clock
from governance.models import PolicyVersion, User
from governance.permissions import DUTY_PROPOSER
from governance.policy.plan import Exemption
from governance.workflow import Refused, perform


def of(account: Account) -> Exemption | None:
    """Answer what exempts an account: it only monitors others, and the policy in force asks for no plan then."""
    version = PolicyVersion.objects.current()
    if version is None or account.kind != Account.Kind.MONITORING or set(account.uses) - {"monitoring"}:
        return None
    exempt = version.policy.rule("plan", account.scope).exempt_uses
    return next((each for each in exempt if each.use == "monitoring"), None)


def waits(account: Account) -> bool:
    """Answer whether the account is proposed without a plan, by the policy's leave, and waits for communications."""
    return account.status == Account.Status.PROPOSED and not _has_plan(account) and of(account) is not None


@transaction.atomic
def propose(account: Account, *, by: User) -> Account:
    """Enter an exempt account in the register as proposed, without a plan; `account` is not saved yet."""
    exempt = of(account)
    if exempt is None:
        raise Refused(_("Policyn kräver en plan för kontot."))
    account.proposed_by, account.proposed_at = by, clock.now()
    account.save()
    Duty.objects.create(account=account, person=by, kind=DUTY_PROPOSER, valid_from=clock.today())
    duties.project(account)
    audit.record("account.propose_exempt", by=by, obj=account, data={"clause": exempt.clause})
    return account


def open_exempt(account: Account, *, by: User, address: str, handle: str, confirmed: Sequence[str] = ()) -> Account:
    """Approve and open an exempt account at its real, canonical address; the clause stays in the log."""
    exempt = of(account)
    clause = exempt.clause if exempt else ""
    try:
        with transaction.atomic():
            account = perform(account, "approve_exempt", by=by, data={"clause": clause})
            Account.objects.filter(pk=account.pk).update(address=address, handle=handle, opened_at=clock.now())
            return perform(account, "open", by=by, data={"address": address, "confirmed": list(confirmed)})
    except IntegrityError as error:
        raise Refused(_("Adressen hör redan till ett annat konto i registret.")) from error


def check(account: Account, by: User | None) -> None:
    """Guard of approve_exempt: refuse an account for which the policy asks for a plan."""
    if not waits(account):
        raise Refused(_("Kontot kan inte godkännas utan plan: policyn kräver en plan för det."))


def has_no_plan(account: Account, by: User | None) -> None:
    """Guard of the steps of a proposal without a plan: one with a plan is decided on its plan."""
    if _has_plan(account):
        raise Refused(_("Kontot har en plan. Beslutet fattas på planens sida."))


def end_duties(account: Account, by: User | None, reason: str) -> None:
    """Effect of taking back a proposal without a plan: nobody has a duty on the account."""
    duties.end_all(account)


def _has_plan(account: Account) -> bool:
    return account.plans.exists()
