"""What the page of one official account tells: never a person, always a function."""

from dataclasses import dataclass, field, replace
from datetime import date

from accounts.models import Account, ActivityPlan, Platform
from accounts.models.account import RUNNING
from accounts.organisation import responsibility
from accounts.plans.wording import days_in_words
from accounts.public.entries import Entry, entry, public_accounts
from accounts.public.place import place
from accounts.public.words import Said, in_words, translated
from governance.models import PolicyVersion
from governance.policy.schema import Policy, Scope


@dataclass(frozen=True)
class Watch:
    """When somebody looks at the account: on which days (in words), on holidays too, and the hours as the plan says."""

    days: str
    holidays: bool
    hours: str


@dataclass(frozen=True)
class Contact:
    """Whom to turn to: a function, an address and a telephone number of the function, each of them perhaps empty."""

    function: str
    email: str
    phone: str
    language: str = ""  # of the function, where it is a word and no name


@dataclass(frozen=True)
class Profile:
    """One account as its page tells of it."""

    entry: Entry
    contact: Contact
    watch: Watch | None = None
    answers: Said | None = None
    rules: tuple[Said, ...] = ()
    law: tuple[Said, ...] = ()
    season: tuple[date, date] | None = None
    publishers: tuple[str, ...] = field(default_factory=tuple)
    successor: Entry | None = None  # where a closed account's public is led instead
    without_login: str = ""  # whether the platform lets one read without signing in, where that is known


def profile(account: Account) -> Profile:
    """Answer what the public may know of an account of `public_accounts`; six questions."""
    plan = account.plans.filter(status=ActivityPlan.Status.APPROVED).select_related("policy_version").first()
    version = plan.policy_version if plan else PolicyVersion.objects.current()
    publishers = tuple(account.publishing_units.exclude(pk=account.unit_id).values_list("name", flat=True))
    shown = Profile(
        entry(account),
        _contact(account),
        season=_season(account),
        publishers=publishers,
        successor=successor(account),
        without_login=_without_login(account),
    )
    return _with_rules(shown, version.policy, account, plan) if version else shown


def _with_rules(shown: Profile, policy: Policy, account: Account, plan: ActivityPlan | None) -> Profile:
    scope = account.scope
    removal = policy.rule("removal", scope)
    return replace(
        shown,
        contact=_answering(shown.contact, account, policy, scope),
        watch=_watch(policy, scope, plan),
        answers=_answers(policy, scope),
        rules=tuple(translated(ground.label) for ground in removal.grounds),
        law=tuple(translated(ground.label) for ground in removal.statutory),
    )


def _watch(policy: Policy, scope: Scope, plan: ActivityPlan | None) -> Watch:
    """The plan says when, where the policy leaves it to the plan; else the policy does."""
    oversight = policy.rule("oversight", scope)
    hours = plan.watch_times if plan else ""
    if plan and plan.watch_days:
        return Watch(days_in_words(plan.watch_days), plan.watch_on_holidays, hours)
    return Watch(days_in_words(oversight.days), oversight.on_holidays, hours)


def _answers(policy: Policy, scope: Scope) -> Said | None:
    reply = policy.rule("answering", scope).reply
    if reply is None:
        return None
    if reply.within:
        return Said(in_words(reply.within), "")
    return translated(reply.speed) if reply.speed else None


def _contact(account: Account) -> Contact:
    email = account.public_email or account.unit.email or place().email
    return Contact(account.public_contact or account.unit.name, email, account.public_phone)


def _answering(contact: Contact, account: Account, policy: Policy, scope: Scope) -> Contact:
    """Name the function that answers for this kind of account, where the account names none itself (R-REG-4)."""
    named = None if account.public_contact else responsibility.answerer(policy, scope)
    if named is None or named.who == responsibility.UNIT:
        return contact
    word = translated(policy.word(named.who))
    return replace(contact, function=responsibility.function(named.who, account, str(word)), language=word.language)


def _without_login(account: Account) -> str:
    known = account.platform.read_logged_out != Platform.Can.UNKNOWN
    open_to_all = account.visibility == Account.Visibility.OPEN
    return account.platform.get_read_logged_out_display() if known and open_to_all else ""


def successor(account: Account) -> Entry | None:
    """Answer the account that came instead of a closed one, while it is the municipality's own, open and public."""
    if account.status != Account.Status.CLOSED or account.successor_id is None:
        return None
    found = public_accounts().filter(pk=account.successor_id, status__in=RUNNING).first()
    return entry(found) if found else None


def _season(account: Account) -> tuple[date, date] | None:
    if not (account.season_from and account.season_to):
        return None
    first, last = (date.fromisoformat(f"2024-{day}") for day in (account.season_from, account.season_to))
    return first, last
