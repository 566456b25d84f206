"""Changing an account's facts: what the public sees changes by communications alone; the rest at once (R-REG-2).

Whoever may not publish writes a change that waits, while the published version stays. Two who edit at once lose
nothing: what the other wrote stands, and where both wrote the same fact the second is told before anything is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.life import seasons
from accounts.models import Account, AccountChange, ActivityPlan
from accounts.plans import holding
from governance import access, audit, clock
from governance.models import User
from governance.workflow import Refused, perform

# What anybody outside can read of an account; the reason follows the visibility it is the reason of.
PUBLIC = (
    "name",
    "kind",
    "visibility",
    "visibility_reason",
    "audience",
    "public_about",
    "public_about_en",
    "public_contact",
    "public_email",
    "public_phone",
    "season_from",
    "season_to",
    "publishing_units",
)
OWN = ("uses",)
FIELDS = (*PUBLIC, *OWN)
SIGNED = ("name", "kind", "visibility", "visibility_reason")
BEFORE_OPENING = (Account.Status.PROPOSED, Account.Status.REJECTED)
OVER = (Account.Status.CLOSED, Account.Status.WITHDRAWN)

Facts = dict[str, Any]


@dataclass(frozen=True)
class Edited:
    """What came of one edit: which facts were changed at once, and the change that waits, if any."""

    at_once: list[str]
    waiting: AccountChange | None


class Conflict(Exception):
    """Somebody else changed the same facts meanwhile; `theirs` is what stands there now, by field."""

    def __init__(self, theirs: Facts) -> None:
        super().__init__(", ".join(theirs))
        self.theirs = theirs


def facts(account: Account) -> Facts:
    """Answer what can be edited, as JSON holds it."""
    known: Facts = {name: getattr(account, name) for name in FIELDS if name != "publishing_units"}
    known["uses"] = sorted(account.uses)
    units = account.publishing_units.values_list("pk", flat=True)
    return known | {"publishing_units": sorted(units) if account.pk else []}


def waiting_of(account: Account, user: User) -> AccountChange | None:
    """Answer the change of this person's own that waits."""
    return account.changes.filter(made_by=user, status=AccountChange.Status.WAITING).first()


def shown_to(account: Account, user: User) -> Facts:
    """Answer what the edit page begins with: what stands there, with the reader's own waiting change on top."""
    mine = waiting_of(account, user)
    return facts(account) | (mine.after if mine else {})


def title(name: str) -> str:
    """Answer what a fact is called."""
    return str(getattr(Account._meta.get_field(name), "verbose_name"))  # noqa: B009 - mypy knows of other fields too


def labels(names: Iterable[str]) -> str:
    """Answer what the facts are called, as the log keeps it for ever: in the product's own language."""
    with override(settings.LANGUAGE_CODE):
        words = [title(name) for name in FIELDS if name in set(names)]
    return ", ".join(word.lower() for word in words)


def may_edit(account: Account, user: User) -> bool:
    """Answer whether this person may change anything: the writer of the plan too, until it is decided."""
    if account.status in OVER:
        return False
    writes = account.status in BEFORE_OPENING and access.can(user, "edit_plan", account)
    return writes or access.can(user, "edit_account", account)


@transaction.atomic
def edit(account: Account, *, by: User, typed: Facts, shown: Facts, stood: Facts) -> Edited:
    """Save what was typed where it differs from what was `shown`; `stood` is what stood in the register then.

    Raises `Conflict` where somebody else changed the same fact, `Refused` while signers read it, `PermissionDenied`.
    """
    holding.hold([account])
    locked = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit").get(pk=account.pk)
    if not may_edit(locked, by):
        raise access.PermissionDenied
    now, mine = facts(locked), waiting_of(locked, by)
    wanted = (mine.after if mine else {}) | {name: typed[name] for name in FIELDS if typed[name] != shown[name]}
    if theirs := {n: now[n] for n in wanted if now[n] != stood[n] and wanted[n] != now[n] and typed[n] != shown[n]}:
        raise Conflict(theirs)
    changed = {name: value for name, value in wanted.items() if value != now[name]}
    waits = _waits(locked, by, changed)
    later = {name: value for name, value in changed.items() if waits and name in PUBLIC}
    at_once = {name: value for name, value in changed.items() if name not in later}
    _apply(locked, at_once, by=by, before=now)
    return Edited(sorted(at_once), _leave_waiting(locked, by, mine, now, later))


@transaction.atomic
def publish(change: AccountChange, *, by: User, note: str, seen: Facts) -> AccountChange:
    """Publish a waiting change; `seen` is what stood in the register beside it when it was read.

    Raises `Refused` where something else stands there by now: it must be read again.
    """
    holding.hold([change.account_id])
    account = Account.objects.select_for_update(of=("self",)).get(pk=change.account_id)
    if account.status in OVER:
        raise Refused(_("Kontots uppgifter kan inte ändras längre."))
    if standing(change) != seen:
        raise Refused(_("Uppgifterna på kontot har ändrats sedan du öppnade sidan. Läs igenom ändringen igen."))
    _check_signing(account, change.after)
    return perform(change, "publish", by=by, reason=note)


def standing(change: AccountChange) -> Facts:
    """Answer what stands in the register now of the facts that a change is about."""
    now = facts(Account.objects.get(pk=change.account_id))
    return {name: now[name] for name in change.after}


def bring_out(change: AccountChange, by: User | None, reason: str) -> None:
    """Effect of publish: the public sees it from now on."""
    stamp(change, by, reason)
    account = Account.objects.get(pk=change.account_id)
    _apply(account, change.after, by=by, before=facts(account))


def stamp(change: AccountChange, by: User | None, reason: str) -> None:
    """Effect of every decision on a change: whose it was, when, and with what words."""
    change.decided_by, change.decided_at, change.note = by, clock.now(), reason


def is_author(change: AccountChange, by: User | None) -> None:
    """Guard of withdraw: only whoever wrote a change takes it back."""
    if change.made_by != by:
        raise Refused(_("Bara den som har skrivit ändringen kan ta tillbaka den."))


def drop_waiting(account: Account) -> None:
    """Take back every change that waits: the account is over, and nothing of it is changed any more."""
    for change in account.changes.filter(status=AccountChange.Status.WAITING):
        perform(change, "replace", by=None)


def _waits(account: Account, by: User, changed: Facts) -> bool:
    """Answer whether the public sees the account, now or with the change, and `by` may not publish."""
    if access.can(by, "publish_account", account):
        return False
    opened = Account.objects.opened().filter(pk=account.pk).exists()
    after = Account(kind=changed.get("kind", account.kind), visibility=changed.get("visibility", account.visibility))
    return opened and (account.is_shown_to_public or after.is_shown_to_public)


def _apply(account: Account, changed: Facts, *, by: User | None, before: Facts) -> None:
    if not changed:
        return
    _check_signing(account, changed)
    for name, value in changed.items():
        if name != "publishing_units":
            setattr(account, name, value)
    account.save()
    if "publishing_units" in changed:
        account.publishing_units.set(changed["publishing_units"])
    said = {"after": dict(changed), "before": {name: before[name] for name in changed}}
    audit.record("account.edit", by=by, obj=account, data={"fields": labels(changed)}, personal=said)
    if {"season_from", "season_to"} & changed.keys():
        seasons.keep(account.pk, clock.today())


def _leave_waiting(
    account: Account, by: User, mine: AccountChange | None, now: Facts, later: Mapping[str, Any]
) -> AccountChange | None:
    if mine is not None:
        if mine.after == later and all(mine.before.get(name) == now[name] for name in later):
            return mine
        perform(mine, "replace", by=None)
    if not later:
        return None
    change = AccountChange.objects.create(
        account=account,
        unit=account.unit,
        before={name: now[name] for name in later},
        after=dict(later),
        made_by=by,
        made_at=clock.now(),
    )
    audit.record("accountchange.write", by=by, obj=change, data={"fields": labels(later)})
    return change


def _check_signing(account: Account, changed: Mapping[str, Any]) -> None:
    """Refuse to change what lies before signers; the database does too (R-PLAN-11)."""
    if set(SIGNED) & set(changed) and account.plans.filter(status=ActivityPlan.Status.SIGNING).exists():
        raise Refused(
            _("Planen ligger för underskrift just nu. Kontots namn, slag och synlighet kan ändras när den är klar.")
        )
