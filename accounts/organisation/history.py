"""Who had which duty on an account, from when to when, by whose mission (R-PLAN-9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import Account, Duty
from accounts.organisation.staffing import rules_of
from accounts.plans import points
from governance.models import User
from governance.policy.schema import Plan


@dataclass(frozen=True)
class Term:
    """One person's unbroken time in one duty, through as many versions of the plan as it lasted."""

    person: User
    kind: str
    title: str
    valid_from: date
    valid_to: date | None
    mission_by: User | None


def of(account: Account) -> list[Term]:
    """Answer every term, those that go on first, then the latest that ended."""
    rows = Duty.objects.of_plan().filter(account=account, valid_from__isnull=False)
    related = rows.select_related("person", "mission_by").order_by("person", "kind", "valid_from", "pk")
    terms = _joined(related, _rules(account))
    lasting = sorted((term for term in terms if term.valid_to is None), key=lambda term: term.valid_from)
    ended = [term for term in terms if term.valid_to is not None]
    return [*lasting, *sorted(ended, key=lambda term: term.valid_to or date.min, reverse=True)]


def before(account: Account) -> list[Term]:
    """Answer the terms that have ended."""
    return [term for term in of(account) if term.valid_to is not None]


def _rules(account: Account) -> dict[int | None, Plan | None]:
    """Answer the rules of each version of the plan by its number in the database; None is what holds without a plan."""
    scope = account.scope
    versions = account.plans.select_related("policy_version")
    return {None: rules_of(account)} | {plan.pk: plan.policy_version.policy.rule("plan", scope) for plan in versions}


def _joined(rows: Iterable[Duty], rules: Mapping[int | None, Plan | None]) -> list[Term]:
    """Join the rows of one person and duty that follow on one another."""
    terms: list[Term] = []
    for duty in rows:
        last = terms[-1] if terms else None
        if last and duty.valid_from and _follows(last, duty):
            terms[-1] = Term(last.person, last.kind, last.title, last.valid_from, duty.valid_to, last.mission_by)
        elif duty.valid_from:
            known = rules[duty.plan_id]
            title = points.title_of(duty.kind, known) if known else duty.kind
            terms.append(Term(duty.person, duty.kind, title, duty.valid_from, duty.valid_to, duty.mission_by))
    return terms


def _follows(last: Term, duty: Duty) -> bool:
    same = (last.person, last.kind) == (duty.person, duty.kind)
    return same and (last.valid_to is None or duty.valid_from is None or duty.valid_from <= last.valid_to)
