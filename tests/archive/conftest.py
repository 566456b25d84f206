"""What the archive's tests share: a bell that rings for nobody, one unit's record and campaign, and signing in."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import Account
from archive.models import SnapshotCampaign
from archive.snapshots import bell
from tests.archive.factories import AccountFactory, SnapshotFactory, kept, run_at
from tests.factories import UnitFactory, adopted


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """What the capture worker was told."""
    told: list[int] = []
    monkeypatch.setattr(bell.app, "send_task", lambda name, args=(), **options: told.extend(args))
    return told


@pytest.fixture
def unit(db):
    """The unit whose account this is all about."""
    return UnitFactory(name="Biblioteket")


@pytest.fixture
def record(unit):
    """A record of the unit's account."""
    return kept(SnapshotFactory(done=True, account__unit=unit, account__name="Biblioteket"))


@pytest.fixture
def campaign(unit):
    """A campaign with one account."""
    campaign = SnapshotCampaign.objects.create(
        period="2026-10",
        starts_on=date(2026, 10, 1),
        policy_version=adopted("lekeberg"),
        opened_at=datetime(2026, 10, 1, 2, 10, tzinfo=UTC),
    )
    SnapshotFactory(campaign=campaign, occasion="campaign", account__unit=unit)
    return campaign


@pytest.fixture
def signed_in(client):
    """Answer a function that signs somebody in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def municipality():
    """Answer a function that founds a municipality with a policy and open accounts, all since a day."""

    def found(key: str = "lekeberg", since: date = date(2025, 1, 2), accounts: int = 2) -> list[Account]:
        with time_machine.travel(datetime(since.year, since.month, since.day, 12, tzinfo=UTC), tick=False):
            adopted(key)
            return AccountFactory.create_batch(accounts, active=True)

    return found


@pytest.fixture
def opened(municipality):
    """A campaign of three accounts, one day old."""
    municipality(accounts=3)
    run_at("2026-10-01")
    return SnapshotCampaign.objects.get()
