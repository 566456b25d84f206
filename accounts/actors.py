"""Whom a policy means when it names somebody: the people who hold that duty or role on an account, or act for it."""

from accounts import people
from accounts.models import Account, Duty
from governance.models import User
from governance.permissions import DUTIES, MANAGER, ROLES
from governance.policy.people import ACTS_AS


def people_for(who: str, account: Account) -> list[User]:
    """Answer them, nobody twice; empty where the product knows no such person."""
    if who in DUTIES:
        held = Duty.objects.in_force().filter(account=account, kind=who).select_related("person").order_by("pk")
        return list(dict.fromkeys(duty.person for duty in held))
    role = ACTS_AS.get(who, who)
    if role == MANAGER:
        return people.managers(account.unit)
    return people.holding(role, account.unit) if role in ROLES else []
