"""Who is told when nobody looks: the nearest manager, else the next one up, else whom the policy names."""

from accounts.models import Account
from governance import access, clock
from governance.models import PolicyVersion, RoleAssignment, User
from governance.permissions import COMMUNICATIONS_OFFICER, MANAGER


def watchers(account: Account) -> list[User]:
    """Answer everybody who holds the oversight of the account."""
    return access.holders("watch", account)


def nearest(account: Account, version: PolicyVersion | None) -> list[User]:
    """Answer the nearest managers who do not hold the oversight themselves (R-PLAN-12).

    Where every manager holds it, the role that the policy lets decide in the managers' place; else the communications
    officer, so that somebody always knows.
    """
    taken = {person.pk for person in watchers(account)}
    roles = RoleAssignment.objects.in_force(clock.today()).covering(account.unit).select_related("user")
    fallback = version.policy.plan.approval.fallback_role if version else None
    for role in (MANAGER, fallback or COMMUNICATIONS_OFFICER, COMMUNICATIONS_OFFICER):
        found = [each for each in roles.filter(role=role) if each.user_id not in taken]
        if found:
            return list(dict.fromkeys(each.user for each in found if each.unit_id == found[0].unit_id))
    return []
