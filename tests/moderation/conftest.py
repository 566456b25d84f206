"""What the tests of oversight share: an adopted policy, a watcher and the account that is watched."""

from datetime import UTC, datetime

import pytest

from tests.factories import UserFactory, adopted
from tests.moderation.factories import watched_by

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 10:00 in Sweden, a working day under every policy


@pytest.fixture
def friday(time_machine):
    """Friday 20 November 2026, ten in the morning; the clock stands still."""
    time_machine.move_to(FRIDAY, tick=False)
    return FRIDAY


@pytest.fixture
def policy(db):
    """Lekeberg's policy, adopted."""
    return adopted("lekeberg")


@pytest.fixture
def watcher(policy):
    """Somebody who watches one account."""
    return UserFactory(name="Vera Vakt")


@pytest.fixture
def account(watcher):
    """An account in use, watched by `watcher`."""
    return watched_by(watcher, name="Biblioteket")
