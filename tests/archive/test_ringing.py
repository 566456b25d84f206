"""The bell of the capture worker: rung as often as there are workers, and again only after a while."""

import pytest

from archive.snapshots import bell
from tests.archive.factories import SnapshotFactory

pytestmark = pytest.mark.django_db


class TestBell:
    """The bell is rung as often as there are workers, and each rings for the next."""

    def test_many_orders_at_once_are_as_many_rings_as_workers(self, rung, settings, django_capture_on_commit_callbacks):
        settings.CAPTURE_WORKERS = 2
        with django_capture_on_commit_callbacks(execute=True):
            bell.ring_on_commit(range(50))

        assert rung == [0, 1]

    def test_the_sweep_rings_for_those_whose_turn_it_is_and_not_again_at_once(self, rung):
        first, second = SnapshotFactory(host="facebook.com"), SnapshotFactory(host="instagram.com")
        SnapshotFactory(account__unit=first.unit, host="facebook.com")

        assert [bell.ring_waiting(), bell.ring_waiting()] == [2, 0]
        assert rung == [first.pk, second.pk]
