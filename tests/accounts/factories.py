"""A small municipality, and its plans and accounts in each state they can be in; all made by the real verbs."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from accounts import actions
from accounts.models import Account, ActivityPlan, Platform
from accounts.plans import amendment, drafts, points
from accounts.platforms import loading
from accounts.signatures import signing
from governance import policies_in_force
from governance.models import PolicyVersion, Unit, User
from governance.policy.reader import shipped
from governance.workflow import perform
from tests.factories import UnitFactory, UserFactory, adopted, person, root

FIVE = ("gullspang", "lekeberg", "lidingo", "norsjo", "valdemarsvik")
REASON = "Därför att"
# What a plan can say, whatever its policy asks for.
SAID = {
    "address_planned": "https://www.facebook.com/biblioteket",
    "purpose": "Tipsa om böcker",
    "target_group": "Alla som läser",
    "watch_days": [1, 2, 3, 4, 5],
    "watch_on_holidays": False,
    "watch_times": "8–16",
    "updates_per_week": "2.5",
    "removal_hours": 48,
    "hours_per_week": "4",
    "absence_routine": "Ersättaren tar över",
    "terms_of_use": "Bedömda",
    "website_first": "Uppdaterad",
    "mission": "Skriva och svara",
}
GOAL: dict[str, Any] = {
    "text": "Fler lån",
    "measure": "Antal lån i systemet",
    "target": "5 procent fler",
    "follow_up_on": date(2027, 3, 1),
}


@dataclass
class Town:
    """A municipality with one department, one library in it, and people by what they are there."""

    policy: PolicyVersion
    department: Unit
    library: Unit
    director: User  # manager of the municipality
    head: User  # manager of the department
    manager: User  # manager of the library
    officer: User
    auditor: User
    registrar: User
    outsider: User  # an employee elsewhere
    proposer: User  # an employee at the library
    staff: list[User] = field(default_factory=list)  # whoever is named in plans

    @property
    def platform(self) -> Platform:
        return Platform.objects.get(key="facebook")


def town(key: str = "lekeberg", policy: PolicyVersion | None = None) -> Town:
    """Answer a municipality under one of the shipped policies, or another one that is adopted."""
    version = policy or adopted(key)
    loading.load(demo=True)
    department = UnitFactory(name="Kulturförvaltningen")
    library = UnitFactory(name="Biblioteket", parent=department)
    return Town(
        policy=version,
        department=department,
        library=library,
        director=person("manager", root(), name="Kommunchefen"),
        head=person("manager", department, name="Förvaltningschefen"),
        manager=person("manager", library, name="Bibliotekschefen"),
        officer=person("communications_officer", name="Kommunikatören"),
        auditor=person("auditor", name="Revisorn"),
        registrar=person("registrar", name="Registratorn"),
        outsider=person("employee", department, name="Utanför"),
        proposer=person("employee", library, name="Förslagsställaren"),
        staff=[UserFactory(name=f"Utsedd {number}") for number in range(4)],
    )


def policy_with(tmp_path: Path, key: str, **replaced: str) -> PolicyVersion:
    """Answer a shipped policy, adopted, with some of its text replaced."""
    text = shipped()[key].read_text(encoding="utf-8")
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / f"{key}.toml"
    file.write_text(text, encoding="utf-8")
    return policies_in_force.adopt(policies_in_force.load(file), by=person("communications_officer"), decision="§ 2")


def begun(town: Town, **changed) -> ActivityPlan:
    """A draft in which nothing is written."""
    facts = {"name": "Biblioteket", "platform": town.platform, "unit": town.library, "kind": Account.Kind.UNIT}
    return actions.propose_account(by=town.proposer, **{**facts, **changed})


def team(plan: ActivityPlan, people: list[User]) -> dict[str, drafts.Named]:
    """Name as many for each duty as the policy demands: the first ones, and the last one to stand in."""
    rules = plan.rules
    named: dict[str, drafts.Named] = {}
    for rule in rules.duties:
        chosen = (people[::-1] if rule.stands_in_for else people)[: max(rule.minimum, 1)]
        reached = points.home_of(rule.kind, rules) in points.REACHED
        named[rule.kind] = [(user, user.email if reached else "", user.phone if reached else "") for user in chosen]
    return named


def written(town: Town, plan: ActivityPlan | None = None, **changed) -> ActivityPlan:
    """A draft with all that its policy asks for."""
    plan = plan or begun(town)
    own = {point.key: "Svar" for point in plan.rules.points if point.key.startswith(points.OWN)}
    people = changed.pop("people", None) or team(plan, town.staff)
    goals = changed.pop("goals", None) or [drafts.GoalRow(**GOAL)]
    fields = {**SAID, "own_points": own, **changed}
    return actions.save_draft(plan, by=town.proposer, fields=fields, people=people, goals=goals)


def submitted(town: Town, plan: ActivityPlan | None = None) -> ActivityPlan:
    """A plan that lies before its signers."""
    return perform(plan or written(town), "submit", by=town.proposer)


def signed(town: Town, plan: ActivityPlan | None = None) -> ActivityPlan:
    """A plan that everyone but the manager has signed."""
    plan = plan or submitted(town)
    for user in dict.fromkeys(place.user for place in signing.waiting(plan)):
        actions.sign_plan(plan, by=user, digest=digest_of(plan))
    return plan


def approved(town: Town, plan: ActivityPlan | None = None) -> ActivityPlan:
    """A plan in force, on an account that is not yet open."""
    plan = signed(town, plan)
    return actions.approve_plan(plan, by=town.manager, digest=digest_of(plan))


def withdrawn(town: Town) -> ActivityPlan:
    """A plan that was taken back."""
    return perform(written(town), "withdraw", by=town.proposer, reason=REASON)


def outdated(town: Town) -> ActivityPlan:
    """A draft that was begun under a policy which another has taken the place of."""
    plan = written(town)
    adopted("lekeberg")
    return plan


def rejected(town: Town) -> ActivityPlan:
    """A plan that the manager said no to."""
    return perform(submitted(town), "reject", by=town.manager, reason=REASON)


def in_force(town: Town) -> ActivityPlan:
    """The plan of an account that is open."""
    return opened(town).plans.get()


def amended(town: Town, **fields) -> ActivityPlan:
    """The draft of an open account's second version, which says something else."""
    plan = amendment.begin(opened(town), by=town.officer)
    said = fields or {"purpose": "Något helt annat än förut"}
    return actions.save_draft(plan, by=town.officer, fields=said, people={})


def corrected(town: Town) -> ActivityPlan:
    """The draft of a second version in which nothing but the spelling is another."""
    return amended(town, purpose="Tipsa om böcker!")


def amendment_submitted(town: Town) -> ActivityPlan:
    """A second version that lies before its signers."""
    return perform(amended(town), "submit", by=town.officer)


def amendment_rejected(town: Town) -> ActivityPlan:
    """A second version that the manager said no to."""
    return perform(amendment_submitted(town), "reject", by=town.manager, reason=REASON)


def superseded(town: Town) -> ActivityPlan:
    """A first version that a second one has taken the place of."""
    plan = approved(town, signed(town, amendment_submitted(town)))
    return plan.account.plans.get(version=1)


def opened(town: Town, plan: ActivityPlan | None = None, handle: str = "biblioteket") -> Account:
    """An active account."""
    account = (plan or approved(town)).account
    address = f"https://www.facebook.com/{handle}"
    return actions.open_account(account, by=town.officer, address=address, handle=handle)


def digest_of(plan: ActivityPlan) -> str:
    """The SHA-256 of what lies before the signers."""
    return plan.sealed.digest if plan.sealed else ""
