"""Who answers for an account's snapshots, as the policy says (R-ARCH-3), for one account or a whole list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from accounts.models import Account, Duty
from archive.snapshots import promised
from governance import clock
from governance.models import PolicyVersion, RoleAssignment, Unit, User
from governance.permissions import COMMUNICATIONS_OFFICER, DUTIES, REGISTRAR
from governance.policy.schema import ACTS_AS, Policy, Scope
from governance.policy.schema import Snapshot as SnapshotRule

People = dict[str, list[User]]


def scopes(accounts: Collection[Account]) -> dict[int, Scope]:
    """Answer where each account stands among a policy's exceptions, with one query; `unit` and `platform` are there."""
    names = dict(
        Unit.objects.filter(pk__in={pk for account in accounts for pk in _way(account)}).values_list("pk", "name")
    )
    return {
        account.pk: Scope(
            account_kind=account.kind,
            platform=account.platform.key,
            units=tuple(names[pk] for pk in _way(account)),
            account=account.name,
        )
        for account in accounts
    }


def rules(accounts: Collection[Account], policy: Policy) -> dict[int, SnapshotRule]:
    """Answer what is promised of each account's snapshots, with two queries for all."""
    months = promised.intervals({account.unit.authority_id for account in accounts})
    placed = scopes(accounts)
    return {
        account.pk: promised.differing(
            policy.rule("snapshot", placed[account.pk]), months.get(account.unit.authority_id)
        )
        for account in accounts
    }


def of(accounts: Collection[Account], given: Mapping[int, SnapshotRule] | None = None) -> dict[int, list[User]]:
    """Answer who answers for each account's snapshots, with four queries for all.

    Holders of the duty that the policy names, else of the role that acts for it, nearest the account; the
    communications officers where the policy names nobody, or nobody holds it.
    """
    if given is None:
        version = PolicyVersion.objects.current()
        given = rules(accounts, version.policy) if version else {}
    duties, roles = _duties(accounts), _roles(accounts)
    return {account.pk: _named(account, given.get(account.pk), duties, roles) for account in accounts}


def registrars() -> list[User]:
    """Answer the registrars of the whole municipality, else its communications officers: who follow campaigns."""
    above = RoleAssignment.objects.in_force(clock.today()).filter(unit__parent=None).select_related("user")
    held: People = defaultdict(list)
    for given in above.filter(role__in=[REGISTRAR, COMMUNICATIONS_OFFICER]).order_by("user__sort_key", "pk"):
        held[given.role].append(given.user)
    return list(dict.fromkeys(held[REGISTRAR] or held[COMMUNICATIONS_OFFICER]))


def _named(
    account: Account, rule: SnapshotRule | None, duties: Mapping[int, People], roles: Mapping[int, People]
) -> list[User]:
    named = rule.responsible.who if rule and rule.responsible else COMMUNICATIONS_OFFICER
    if named in DUTIES and (people := duties.get(account.pk, {}).get(named)):
        return people
    role = ACTS_AS.get(named, named)
    return _nearest(account, role, roles) or _nearest(account, COMMUNICATIONS_OFFICER, roles)


def _nearest(account: Account, role: str, roles: Mapping[int, People]) -> list[User]:
    """Answer those who hold the role on the account's unit, else on the next one above."""
    return next((held for pk in _way(account) if (held := roles.get(pk, {}).get(role))), [])


def _duties(accounts: Iterable[Account]) -> dict[int, People]:
    found: dict[int, People] = defaultdict(lambda: defaultdict(list))
    held = Duty.objects.in_force().filter(account__in=accounts).select_related("person")
    for duty in held.order_by("person__sort_key", "pk"):
        found[duty.account_id][duty.kind].append(duty.person)
    return found


def _roles(accounts: Iterable[Account]) -> dict[int, People]:
    found: dict[int, People] = defaultdict(lambda: defaultdict(list))
    units = {pk for account in accounts for pk in _way(account)}
    held = RoleAssignment.objects.in_force(clock.today()).filter(unit__in=units).select_related("user")
    for given in held.order_by("user__sort_key", "pk"):
        if given.user not in found[given.unit_id][given.role]:
            found[given.unit_id][given.role].append(given.user)
    return found


def _way(account: Account) -> list[int]:
    """Answer the account's unit and those above it, nearest first."""
    return [int(part) for part in reversed(account.unit.path.strip("/").split("/"))]
