"""Taking one account of the demo as far as its story goes, through the same verbs as any other."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts import actions
from accounts.demo.words import NUMBERS, TAKES, TEXTS
from accounts.life import opening
from accounts.models import Account, ActivityPlan, Platform
from accounts.plans import completeness, drafts, points
from accounts.signatures import signing
from governance import clock
from governance.demo.people import DOMAIN
from governance.models import Unit, User
from governance.policy.schema import DutyRule, Plan
from governance.workflow import perform


@dataclass(frozen=True)
class Story:
    """One account of the demo, and who runs it."""

    unit: str
    platform: str
    name: str
    handle: str
    purpose: str
    by: str
    team: tuple[str, ...]
    kind: str = Account.Kind.UNIT
    lead: str = ""  # who takes the policy's first duty, where it is another


def is_told(story: Story) -> bool:
    """Answer whether the unit has an account on the platform already, whatever has become of it."""
    return Account.objects.filter(unit=_unit(story), platform__key=story.platform).exists()


def propose(story: Story) -> ActivityPlan:
    """Enter the account, with the draft of its plan."""
    platform = Platform.objects.get(key=story.platform)
    by = person(story.by)
    return actions.propose_account(by=by, name=story.name, platform=platform, unit=_unit(story), kind=story.kind)


def open_account(story: Story, days_ago: int = 0) -> Account:
    """Propose, write, sign and open the account; what lies back in time is said of its row alone."""
    account = _approve(submit(written(propose(story), story)))
    account.refresh_from_db()
    found = opening.check(account.platform, address(account.platform, story.handle))
    account = actions.open_account(account, by=person("kommunikator"), address=found.address, handle=found.handle)
    if days_ago:
        then = clock.now() - timedelta(days=days_ago)
        Account.objects.filter(pk=account.pk).update(opened_at=then, proposed_at=then - timedelta(days=9))
        account.refresh_from_db()
    return account


def _unit(story: Story) -> Unit:
    return Unit.objects.get(name=story.unit) if story.unit else Unit.objects.root()


def written(plan: ActivityPlan, story: Story) -> ActivityPlan:
    """Fill in all that the policy demands, and the purpose, which the public list shows."""
    rules = plan.rules
    asked = points.columns(point.key for point in rules.points if point.key in points.COLUMNS)
    planned = {"purpose": story.purpose, "address_planned": address(plan.account.platform, story.handle)}
    words: dict[str, Any] = TEXTS | NUMBERS | planned
    prefilled = points.suggestions(plan.policy_version.policy, plan.account.scope)
    fields = {column: words[column] for column in [*asked, "purpose"] if column in words and column not in prefilled}
    own = {point.key: TEXTS["mission"] for point in rules.points if point.key.startswith(points.OWN)}
    people: dict[str, drafts.Named] = {rule.kind: _team(rule, rules, story) for rule in rules.duties}
    goals = [_goal()] if rules.point(points.GOALS) else []
    said = {**fields, "own_points": own}
    return actions.save_draft(plan, by=plan.drafted_by, fields=said, people=people, goals=goals)


def _goal() -> drafts.GoalRow:
    return drafts.GoalRow(
        "Fler följer kontot och får svar på sina frågor",
        "Antal följare i plattformens statistik, och tiden till första svar",
        "400 följare",
        clock.today() + timedelta(days=90),
    )


def _team(rule: DutyRule, rules: Plan, story: Story) -> list[tuple[User, str, str]]:
    """Answer as many as the policy demands, beginning with whoever usually takes such a duty."""
    first = TAKES.get(rule.kind, 0)
    lead = [story.lead] if story.lead and rule.kind == rules.duties[0].kind else []
    ordered = [*lead, *story.team[first:], *story.team[:first]]
    people = [person(login) for login in ordered[: max(rule.minimum, 1)]]
    reached = points.home_of(rule.kind, rules) in points.REACHED
    return [(user, user.email if reached else "", user.phone if reached else "") for user in people]


def submit(plan: ActivityPlan) -> ActivityPlan:
    """Lay the plan before its signers. Raises ValueError where the demo has left something out that must be there."""
    missing = completeness.blocking(plan)
    if missing:
        raise ValueError(f"the demo does not fill in {missing}")
    return perform(plan, "submit", by=plan.drafted_by)


def _approve(plan: ActivityPlan) -> Account:
    """Let everyone sign, and the manager whose turn it is approve."""
    digest = plan.seals.latest("round").digest
    for user in dict.fromkeys(place.user for place in signing.waiting(plan) if place.user):
        actions.sign_plan(plan, by=user, digest=digest)
    return actions.approve_plan(plan, by=signing.approvers(plan)[0], digest=digest).account


def address(platform: Platform, handle: str) -> str:
    """Answer where an account with this name lies on the platform."""
    return platform.canonical.format(handle=handle)


def person(login: str) -> User:
    """Answer one of the demo's people."""
    return User.objects.get(email=f"{login}@{DOMAIN}")


def handle(name: str) -> str:
    """Answer a name as people write it in an address."""
    return name.lower().translate(str.maketrans("åäö ", "aao ")).replace(" ", "")
