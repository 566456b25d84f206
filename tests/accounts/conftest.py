"""What the register's tests begin with."""

import pytest

from tests.accounts import factories


@pytest.fixture
def town(db) -> factories.Town:
    """A municipality under Lekeberg's policy."""
    return factories.town()


@pytest.fixture
def gullspang(db) -> factories.Town:
    """A municipality under Gullspång's policy, where people named in the plan sign it."""
    return factories.town("gullspang")
