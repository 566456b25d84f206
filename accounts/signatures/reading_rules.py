"""Whoever runs an account has read the guidelines and knows the platform, where the policy demands it (R-PLAN-8)."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Account, Duty
from accounts.signatures import reading
from accounts.signatures.reading import Known
from governance import clock, followups, rules, workingdays
from governance.models import AuditEvent, PolicyVersion
from governance.policy.plan import Prerequisite
from governance.policy.schema import DEFAULT_CLAUSE
from governance.rules import Verdict, rule

# No policy says by when; the finding says whose number it is.
DAYS_TO_READ = 10


@rule("PLAN-8", Account)
def holders_have_read_and_can(account: Account, at: datetime) -> Iterator[Verdict]:
    """Each person with a duty has read the policy in force, and somebody vouches for the skill."""
    version = PolicyVersion.objects.current()
    if version is None or not account.is_running:
        return
    said = reading.rules_of(account, version)
    read, skill = reading.demanded(said, reading.READ), reading.demanded(said, reading.SKILL)
    if read is None and skill is None:
        return
    for known in reading.people(account, version, said):
        if read is not None and known.read_at is None:
            yield _unread(account, known, read, version)
        if skill is not None and known.skill_on is None:
            yield _unskilled(account, known, skill)


def _unread(account: Account, known: Known, said: Prerequisite, version: PolicyVersion) -> Verdict:
    since = max(_begun(known), version.adopted_at or _begun(known))
    return Verdict(
        _("Läs riktlinjerna och bekräfta det: %(person)s, %(account)s.") % _facts(account, known),
        _clause(said),
        reverse("governance:policy-show", args=[version.pk]),
        key=f"read-{known.person.pk}",
        basis=said.basis,
        strength=said.strength,
        due_at=since,
        breached_at=workingdays.deadline(since, DAYS_TO_READ),
        who=[known.person],
    )


def _unskilled(account: Account, known: Known, said: Prerequisite) -> Verdict:
    managers = [user for user in people.managers(account.unit) if user != known.person]
    return Verdict(
        _("Bekräfta att %(person)s kan plattformen: %(account)s.") % _facts(account, known),
        _clause(said),
        account.get_absolute_url(),
        key=f"skill-{known.person.pk}",
        basis=said.basis,
        strength=said.strength,
        due_at=_begun(known),
        breached_at=workingdays.deadline(_begun(known), DAYS_TO_READ),
        who=managers or people.officers(account.unit),
    )


def _facts(account: Account, known: Known) -> dict[str, object]:
    return {"person": known.person, "account": account}


def _clause(said: Prerequisite) -> str:
    return f"{said.clause}; {_('tidsgränsen: %(default)s') % {'default': DEFAULT_CLAUSE}}"


def _begun(known: Known) -> datetime:
    return clock.at(known.duty.valid_from or clock.today(), time.min)


def ask_again_where_the_reader_has_a_duty(event: AuditEvent) -> None:
    """Ask the rules anew about the accounts of somebody who has just read the guidelines."""
    mine = Duty.objects.in_force().filter(person=event.actor_id or 0).values_list("account", flat=True)
    rules.evaluate_each([(Account._meta.label_lower, pk) for pk in dict.fromkeys(mine)])


followups.subscribe("accounts.reading", {"policyversion.acknowledge"}, ask_again_where_the_reader_has_a_duty)
