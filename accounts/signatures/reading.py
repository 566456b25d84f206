"""What whoever runs an account must have read and know (R-PLAN-8): the guidelines, the platform's basics."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, Duty
from accounts.plans import prerequisites
from governance import acknowledging, audit, clock
from governance.models import PolicyVersion, User
from governance.policy.plan import Prerequisite
from governance.policy.schema import Plan
from governance.workflow import Refused

READ, SKILL = "guidelines_read", "platform_skill"


@dataclass(frozen=True)
class Known:
    """What one person with a duty has read, and knows; `titles` are what the person does on the account."""

    person: User
    titles: tuple[str, ...]
    duty: Duty
    read_at: datetime | None
    skill_on: date | None
    skill_by: User | None


def rules_of(account: Account, version: PolicyVersion) -> Plan:
    """Answer what the policy that holds says of the account's plan."""
    found: Plan = version.policy.rule("plan", account.scope)
    return found


def demanded(rules: Plan, key: str) -> Prerequisite | None:
    """Answer where the policy demands it; None where it does not: then nothing is asked."""
    said = prerequisites.of(rules).get(key)
    return said if isinstance(said, Prerequisite) else None


def people(account: Account, version: PolicyVersion, rules: Plan) -> list[Known]:
    """Answer everyone with a duty in force, once each, in the order of the duties."""
    held: dict[int, list[Duty]] = {}
    duties = Duty.objects.in_force().of_plan().filter(account=account).select_related("person", "skill_by")
    for duty in duties.order_by("pk"):
        held.setdefault(duty.person_id, []).append(duty)
    read = acknowledging.readers(version, list(held))
    called = {kind: _title(kind, version, rules) for mine in held.values() for kind in (duty.kind for duty in mine)}
    return [_known(mine, read.get(person), called) for person, mine in held.items()]


@transaction.atomic
def confirm_skill(duty: Duty, *, by: User) -> None:
    """Note that the person knows the basics of the platform, on every duty held there now.

    Raises `Refused` where somebody would vouch for him- or herself.
    """
    locked = _locked(duty)
    if locked.person == by:
        raise Refused(_("Någon annan bekräftar att du kan plattformen: din chef eller kommunikatören."))
    _same(locked).update(skill_on=clock.today(), skill_by=by)
    audit.record("duty.confirm_skill", by=by, obj=locked.account, personal={"person": locked.person.name})


@transaction.atomic
def withdraw_skill(duty: Duty, *, by: User) -> None:
    """Take back what was confirmed by mistake."""
    locked = _locked(duty)
    _same(locked).update(skill_on=None, skill_by=None)
    audit.record("duty.withdraw_skill", by=by, obj=locked.account, personal={"person": locked.person.name})


def _title(kind: str, version: PolicyVersion, rules: Plan) -> str:
    """Answer what a duty is called; one of a plan under an earlier policy by its general word."""
    rule = rules.duty(kind)
    return rule.title if rule else version.policy.word(kind).capitalize()


def _known(duties: list[Duty], read_at: datetime | None, called: dict[str, str]) -> Known:
    skilled = next((duty for duty in duties if duty.skill_on), None)
    return Known(
        person=duties[0].person,
        titles=tuple(dict.fromkeys(called[duty.kind] for duty in duties)),
        duty=duties[0],
        read_at=read_at,
        skill_on=skilled.skill_on if skilled else None,
        skill_by=skilled.skill_by if skilled else None,
    )


def _same(duty: Duty):
    return Duty.objects.in_force().of_plan().filter(account=duty.account, person=duty.person)


def _locked(duty: Duty) -> Duty:
    found = Duty.objects.select_for_update(of=("self",)).select_related("person", "account").get(pk=duty.pk)
    if found.valid_from is None or found.valid_to is not None:
        raise Refused(_("Ansvaret gäller inte längre."))
    return found
