"""What the rules say of an account's life: names, changes that wait, an end that is late, a loss."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts import people
from accounts.life import advice, closing, exemption, lost
from accounts.models import Account, AccountChange, Waiver
from governance import clock
from governance.models import User
from governance.permissions import SECURITY_COORDINATOR
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import DEFAULT, Verdict, rule

# After this long a decision that waits stands in a list of its own.
LONG_WAIT = timedelta(days=90)
ADVISED = (Account.Status.PROPOSED, Account.Status.APPROVED, Account.Status.ACTIVE, Account.Status.PAUSED)
LONGEST_REASON = 120


@rule("REG-6", Account)
def name_and_visibility_are_as_advised(account: Account, at: datetime) -> Iterator[Verdict]:
    """What the policy says of name and visibility warns; a deviation with its reason makes it be in order (R-REG-6)."""
    if account.status not in ADVISED:
        return
    waived = {each.key: each for each in Waiver.objects.in_force().filter(account=account, rule="REG-6")}
    for each in advice.of(account):
        waiver = waived.get(each.key) if each.may_be_waived else None
        yield Verdict(
            _with_waiver(f"{account}: {each.text}", waiver),
            each.origin.clause,
            account.get_absolute_url(),
            key=each.key,
            basis=each.origin.basis,
            strength=each.origin.strength,
            due_at=None if waiver else account.proposed_at,
            who=[] if waiver else people.managers(account.unit),
        )


@rule("REG-7", Account)
def exempt_proposal_is_decided(account: Account, at: datetime) -> Iterator[Verdict]:
    """An account without a plan, by the policy's leave, waits for communications (Gullspång Bilaga 1)."""
    exempt = exemption.of(account)
    if exempt is None or not exemption.waits(account):
        return
    yield Verdict(
        _("Öppna eller avslå kontot %(account)s: det behöver ingen plan.") % {"account": account},
        exempt.clause,
        account.get_absolute_url(),
        basis=exempt.basis,
        strength=exempt.strength,
        due_at=account.proposed_at,
        breached_at=account.proposed_at + LONG_WAIT,
        who=people.officers(account.unit),
    )


@rule("REG-2", AccountChange)
def change_is_decided(change: AccountChange, at: datetime) -> Iterator[Verdict]:
    """What somebody wants the public to see waits for communications; late when it has waited very long."""
    if change.status != AccountChange.Status.WAITING:
        return
    yield Verdict(
        _("Godkänn eller avböj ändringen av %(account)s.") % {"account": change.account},
        DEFAULT_CLAUSE,
        change.get_absolute_url(),
        basis=DEFAULT,
        due_at=change.made_at,
        breached_at=change.made_at + LONG_WAIT,
        who=people.officers(change.account.unit),
    )


@rule("END-1", Account)
def closing_is_finished(account: Account, at: datetime) -> Iterator[Verdict]:
    """A closing that has begun is to be finished; late from the day after its last one (R-END-1)."""
    going_on = closing.current(account) if account.status == Account.Status.CLOSING else None
    if going_on is None:
        return
    first = closing.steps(going_on)[0]
    yield Verdict(
        _("Slutför avslutet av %(account)s.") % {"account": account},
        first.clause,
        going_on.get_absolute_url(),
        basis=first.basis,
        strength=first.strength,
        due_at=going_on.begun_at,
        breached_at=clock.at(going_on.closes_on + timedelta(days=1), time.min),
        who=_closers(account, going_on.begun_by),
    )


@rule("LOST-1", Account)
def lost_account_is_recovered(account: Account, at: datetime) -> Iterator[Verdict]:
    """A lost account is a breach until it is recovered or closed."""
    loss = lost.current(account) if account.status == Account.Status.LOST else None
    if loss is None:
        return
    coordinators = people.holding(SECURITY_COORDINATOR, account.unit)
    yield Verdict(
        _("Kontot %(account)s är förlorat eller kapat: ta tillbaka det, eller avsluta det.") % {"account": account},
        DEFAULT_CLAUSE,
        reverse("accounts:loss-show", args=[account.pk]),
        basis=DEFAULT,
        breached_at=loss.reported_at,
        who=list(dict.fromkeys([*coordinators, *people.officers(account.unit)])),
    )


def _with_waiver(text: str, waiver: Waiver | None) -> str:
    if waiver is None:
        return text
    return _("%(text)s Avsteg: %(reason)s") % {"text": text, "reason": Truncator(waiver.reason).chars(LONGEST_REASON)}


def _closers(account: Account, begun_by: User) -> list[User]:
    """Whoever began it, while still there; else the managers."""
    return [begun_by] if begun_by.is_active else people.managers(account.unit)
