"""Who answers for an account, as its policy says for its kind (R-REG-4): always a function, never a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Account
from governance.models import PolicyVersion
from governance.permissions import DUTIES
from governance.policy.register import Answerer
from governance.policy.schema import Origin, Policy, Scope

UNIT = "unit"
# One of many of the kind: said together with the unit it is one of.
OF_THE_UNIT = {*DUTIES, "manager", "sector_manager", "department_manager", "unit_manager"}


@dataclass(frozen=True)
class Line:
    """What the policy says of who answers, and where it says so."""

    text: str
    origin: Origin


def lines(account: Account) -> list[Line]:
    """Answer what the policy of the plan in force says, or the one in force; empty where it says nothing."""
    plan = account.plans.in_force().select_related("policy_version").first()
    version = plan.policy_version if plan else PolicyVersion.objects.current()
    return list(_lines(account, version.policy)) if version else []


def answerer(policy: Policy, scope: Scope) -> Answerer | None:
    """Answer whom the policy names for this kind of account, if anybody."""
    named = policy.rule("responsibility", scope).answerers
    return next((each for each in named if scope.account_kind in each.account_kinds), None)


def function(who: str, account: Account, word: str) -> str:
    """Answer whom one turns to, `word` being what `who` is called: the unit, an office, or somebody at the unit."""
    if who == UNIT:
        return account.unit.name
    return f"{capfirst(word)}, {account.unit.name}" if who in OF_THE_UNIT else str(capfirst(word))


def _lines(account: Account, policy: Policy) -> Iterator[Line]:
    scope = account.scope
    rules = policy.rule("responsibility", scope)
    if named := answerer(policy, scope):
        yield Line(_named(named, account, policy), named.origin)
    for said in (rules.own_posts, rules.ultimate):
        if said:
            yield Line(said.text, said.origin)


def _named(named: Answerer, account: Account, policy: Policy) -> str:
    who = function(named.who, account, policy.word(named.who))
    if named.daily is None or named.daily == named.who:
        return who
    return _("%(who)s; i det dagliga: %(daily)s") % {"who": who, "daily": policy.word(named.daily)}
