"""The register of the demo, made through the same verbs as any other, for whatever policy holds.

Two accounts that are open, one plan that waits for its signatures, one draft. May be repeated at will.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts import actions, completeness, opening, platforms, points, signing
from accounts.models import Account, ActivityPlan, Platform
from governance.demo.people import DOMAIN, LIBRARY, MUSIC_SCHOOL, YOUTH
from governance.models import PolicyVersion, Unit, User
from governance.policy.schema import DutyRule, Plan
from governance.workflow import perform

OFFICER, HEAD, OWNER, EDITOR, DEPUTY, TEACHER = (
    "kommunikator",
    "forvaltningschef",
    "sidansvarig",
    "redaktor",
    "ersattare",
    "musiklarare",
)
# Who takes which duty, in order; the kinds that a policy does not know are left out.
TAKES = {
    "page_owner": 0,
    "responsible": 0,
    "administrator": 0,
    "editor": 1,
    "operator": 1,
    "deputy": 2,
}
TEXTS = {
    "target_group": "Alla som bor i kommunen, och de som funderar på att flytta hit.",
    "goals": "Minst 400 följare före årets slut och svar på varje fråga inom en arbetsdag. Följs upp varje kvartal.",
    "absence_routine": "Ersättaren tar över vid semester, sjukdom och utbildning, annars chefen.",
    "terms_of_use": "Villkoren är lästa. Den som följer oss behöver inte godta mer än plattformen kräver av alla.",
    "website_first": "Sidorna på webbplatsen är uppdaterade och har samma innehåll.",
    "mission": "Skriva inlägg, svara på frågor och hålla uppsikt över vad andra skriver, i tjänsten och på arbetstid.",
    "watch_times": "8–16 på vardagar",
}
NUMBERS: dict[str, Any] = {
    "watch_days": [1, 2, 3, 4, 5],
    "updates_per_week": 3,
    "hours_per_week": 4,
}


@dataclass(frozen=True)
class Story:
    """One account of the demo: how far it has come, and who runs it."""

    unit: str
    platform: str
    name: str
    handle: str
    purpose: str
    by: str
    team: tuple[str, ...]
    kind: str = Account.Kind.UNIT


def load() -> None:
    """Make what is missing; an account that its unit already has on the platform is left as it is."""
    platforms.load(demo=True)
    version = PolicyVersion.objects.current()
    if version is None:
        return
    opened, waiting, begun = _stories(version.municipality)
    for story in opened:
        _tell(story, _open)
    _tell(waiting, _wait)
    _tell(begun, _begin)


@transaction.atomic
def _tell(story: Story, to_its_end: Callable[[ActivityPlan, Story], None]) -> None:
    """Make the account and all that happens to it, or nothing."""
    if (plan := _proposed(story)) is not None:
        to_its_end(plan, story)


def _open(plan: ActivityPlan, story: Story) -> None:
    account = _approve(_submit(_written(plan, story)))
    account.refresh_from_db()
    found = opening.check(account.platform, _address(account.platform, story.handle))
    actions.open_account(account, by=_person(OFFICER), address=found.address, handle=found.handle)


def _wait(plan: ActivityPlan, story: Story) -> None:
    _submit(_written(plan, story))


def _begin(plan: ActivityPlan, story: Story) -> None:
    actions.save_draft(plan, by=plan.drafted_by, fields={"purpose": story.purpose}, people={})


def _stories(municipality: str) -> tuple[list[Story], Story, Story]:
    short = _handle(municipality.split(maxsplit=1)[0])
    whole = Story(
        unit="",
        platform="torget",
        name=municipality,
        handle=_handle(municipality),
        purpose="Berätta vad som händer i kommunen, svara på frågor och nå ut snabbt vid en kris.",
        by=OFFICER,
        team=(OFFICER, EDITOR, OWNER),
        kind=Account.Kind.MUNICIPALITY_WIDE,
    )
    library = Story(
        unit=LIBRARY,
        platform="torget",
        name=f"{municipality.split(maxsplit=1)[0]} bibliotek",
        handle=f"{short}bibliotek",
        purpose="Tipsa om böcker och program och göra det lätt att fråga biblioteket.",
        by=OWNER,
        team=(OWNER, EDITOR, DEPUTY),
    )
    music = Story(
        unit=MUSIC_SCHOOL,
        platform="instagram",
        name="Kulturskolan",
        handle="kulturskolan",
        purpose="Visa vad eleverna gör och locka fler att söka till kulturskolan.",
        by=TEACHER,
        team=(TEACHER, EDITOR, DEPUTY),
    )
    youth = Story(
        unit=YOUTH,
        platform="tiktok",
        name="Ungdomens hus",
        handle="ungdomenshus",
        purpose="Nå unga mellan 13 och 19 år med vad som händer på Ungdomens hus.",
        by=HEAD,
        team=(),
    )
    return [whole, library], music, youth


def _proposed(story: Story) -> ActivityPlan | None:
    unit = Unit.objects.get(name=story.unit) if story.unit else Unit.objects.root()
    platform = Platform.objects.get(key=story.platform)
    if Account.objects.filter(unit=unit, platform=platform).exists():
        return None
    return actions.propose_account(by=_person(story.by), name=story.name, platform=platform, unit=unit, kind=story.kind)


def _written(plan: ActivityPlan, story: Story) -> ActivityPlan:
    """Fill in all that the policy demands, and the purpose, which the public list shows."""
    rules = plan.rules
    asked = points.columns(point.key for point in rules.points if point.key in points.COLUMNS)
    address = _address(plan.account.platform, story.handle)
    words: dict[str, Any] = {**TEXTS, **NUMBERS, "purpose": story.purpose, "address_planned": address}
    prefilled = points.suggestions(plan.policy_version.policy, plan.account.scope)
    fields = {column: words[column] for column in [*asked, "purpose"] if column in words and column not in prefilled}
    own = {point.key: TEXTS["mission"] for point in rules.points if point.key.startswith(points.OWN)}
    people: dict[str, actions.Named] = {rule.kind: _team(rule, rules, story) for rule in rules.duties}
    return actions.save_draft(plan, by=plan.drafted_by, fields={**fields, "own_points": own}, people=people)


def _team(rule: DutyRule, rules: Plan, story: Story) -> list[tuple[User, str, str]]:
    """Answer as many as the policy demands, beginning with whoever usually takes such a duty."""
    first = TAKES.get(rule.kind, 0)
    ordered = [*story.team[first:], *story.team[:first]]
    people = [_person(login) for login in ordered[: max(rule.minimum, 1)]]
    reached = points.home_of(rule.kind, rules) in points.REACHED
    return [(person, person.email if reached else "", person.phone if reached else "") for person in people]


def _submit(plan: ActivityPlan) -> ActivityPlan:
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


def _address(platform: Platform, handle: str) -> str:
    return platform.canonical.format(handle=handle)


def _handle(name: str) -> str:
    """Answer a name as people write it in an address."""
    return name.lower().translate(str.maketrans("åäö ", "aao ")).replace(" ", "")


def _person(login: str) -> User:
    return User.objects.get(email=f"{login}@{DOMAIN}")
