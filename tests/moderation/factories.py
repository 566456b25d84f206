"""Accounts in use, the people who watch them, and rounds in each state of their life."""

from datetime import datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts import duties
from accounts.models import Account, ActivityPlan, Duty, Platform, PlatformDetails
from governance import clock
from governance.models import PolicyVersion, User
from moderation import actions
from moderation.models import Round
from tests.factories import LONG_AGO, UnitFactory, UserFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class PlatformFactory(DjangoModelFactory):
    """A platform."""

    key = "facebook"
    name = "Facebook"
    canonical = "https://www.facebook.com/{handle}"
    example = "https://www.facebook.com/exempel"

    class Meta:
        model = Platform
        django_get_or_create = ("key",)
        skip_postgeneration_save = True

    @factory.post_generation
    def details(platform, create, extracted, **kwargs):
        known = {"patterns": [r"https://www\.facebook\.com/(?P<handle>[^/?#]+)"]}
        PlatformDetails.objects.get_or_create(platform=platform, defaults=known)


class AccountFactory(DjangoModelFactory):
    """An account in use since long ago; `watchers` hold its oversight."""

    name = factory.Sequence(lambda n: f"Konto {n}")
    platform = factory.SubFactory(PlatformFactory)
    unit = factory.SubFactory(UnitFactory)
    status = Account.Status.ACTIVE
    handle = factory.Sequence(lambda n: f"konto{n}")
    address = factory.LazyAttribute(lambda account: f"https://www.facebook.com/{account.handle}")
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(lambda: clock.now() - 400 * DAY)
    opened_at = factory.LazyFunction(lambda: clock.now() - 365 * DAY)

    class Meta:
        model = Account
        skip_postgeneration_save = True

    @factory.post_generation
    def watchers(account, create, extracted, **kwargs):
        for person in extracted or []:
            watch(account, person)


class RoundFactory(DjangoModelFactory):
    """A round that is due now: begun an hour ago, late in an hour."""

    account = factory.SubFactory(AccountFactory)
    unit = factory.SelfAttribute("account.unit")
    authority = factory.SelfAttribute("account.authority")
    policy_version = factory.LazyFunction(lambda: PolicyVersion.objects.current())
    due_from = factory.LazyAttribute(lambda round: round.due_at - 2 * HOUR)
    due_at = factory.LazyFunction(lambda: clock.now() + HOUR)
    escalate_at = factory.LazyAttribute(lambda round: round.due_at + DAY)
    clause = "Lekeberg 5.2; Lekeberg 6.2"
    strength = "ska"
    basis = "policy"

    class Meta:
        model = Round

    class Params:
        coming = factory.Trait(due_at=factory.LazyFunction(lambda: clock.now() + DAY))
        missed = factory.Trait(due_at=factory.LazyFunction(lambda: clock.now() - HOUR), status=Round.Status.MISSED)
        overdue = factory.Trait(due_at=factory.LazyFunction(lambda: clock.now() - HOUR))


def watch(account: Account, person: User, kind: str = "page_owner") -> Duty:
    """Give a person a duty on the account, in force since long ago."""
    duty = Duty.objects.create(account=account, person=person, kind=kind, valid_from=LONG_AGO)
    duties.project(account)
    return duty


def watched_by(person: User, **fields) -> Account:
    """Answer a new account in use whose oversight this person holds."""
    return AccountFactory(watchers=[person], **fields)


def plan_in_force(account: Account, days: list[int], *, on_holidays: bool = False) -> ActivityPlan:
    """Answer an approved plan that promises these weekdays."""
    return ActivityPlan.objects.create(
        account=account,
        unit=account.unit,
        policy_version=PolicyVersion.objects.current(),
        status=ActivityPlan.Status.APPROVED,
        watch_days=days,
        watch_on_holidays=on_holidays,
        drafted_by=account.proposed_by,
        created_at=clock.now(),
        approved_at=clock.now(),
    )


def looked(account: Account, by: User, at: datetime | None = None) -> Round:
    """Answer the round that came of one look."""
    done = actions.log([actions.Look(account.pk)], by=by, at=at)
    return (done.new + done.known)[0]
