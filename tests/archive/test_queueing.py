"""Whose turn it is: fair between units, one page at a time from each website, and a place that can be foretold."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.models import Platform
from archive.models import HostRest, Snapshot
from archive.presenting import place_of
from archive.snapshots import hosts, queueing, runs
from governance import clock
from tests.archive.factories import FACTS, AccountFactory, SnapshotFactory
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Status = Snapshot.Status


def waiting(unit, host: str = "", **fields) -> Snapshot:
    """Answer an order of a unit's account, on a website."""
    return SnapshotFactory(account__unit=unit, host=host, **fields)


def end(run: runs.Run) -> Snapshot:
    """End a run as a worker does that is done."""
    with transaction.atomic():
        runs.finish(run.lock(), FACTS)
    return run.snapshot


def taken(count: int, seconds: int = 10) -> list[Snapshot]:
    """Answer what one worker takes, one after another."""
    found = []
    now = clock.now()
    for number in range(count):
        with time_machine.travel(now + timedelta(seconds=seconds * number), tick=False):
            run = runs.claim()
            assert run is not None
            found.append(end(run))
    return found


class TestFair:
    """No unit waits for the whole of another."""

    def test_units_take_turns_though_one_came_first_with_all_of_its_accounts(self):
        large, small = UnitFactory(), UnitFactory()
        for _n in range(4):
            waiting(large, occasion="campaign")
        for _n in range(2):
            waiting(small, occasion="campaign")

        units = [snapshot.unit for snapshot in taken(6)]

        assert units == [large, small, large, small, large, large]

    def test_a_unit_that_comes_late_is_next(self):
        large, late = UnitFactory(), UnitFactory()
        for _n in range(5):
            waiting(large, occasion="campaign")
        taken(2)
        order = waiting(late)

        assert taken(1) == [order]

    def test_within_a_unit_whoever_asked_goes_before_the_campaign(self):
        unit = UnitFactory()
        waiting(unit, occasion="campaign")
        asked = waiting(unit, occasion="change")

        assert taken(1) == [asked]

    def test_the_older_order_goes_before_the_younger(self):
        unit = UnitFactory()
        younger = waiting(unit, ordered_at=NOW)
        older = waiting(unit, ordered_at=NOW - timedelta(hours=1))

        assert taken(2) == [older, younger]

    def test_what_a_dead_worker_left_is_taken_up_first(self):
        unit = UnitFactory()
        dead = runs.claim(waiting(unit).pk)
        Snapshot.objects.filter(pk=dead.snapshot.pk).update(lease_until=clock.now() - timedelta(seconds=1))
        waiting(UnitFactory())

        assert runs.claim().snapshot == dead.snapshot


class TestPolite:
    """A website is asked for one page at a time, and for none while it rests."""

    def test_a_second_page_of_a_website_waits_for_the_first(self):
        unit = UnitFactory()
        first, second = waiting(unit, "facebook.com"), waiting(unit, "facebook.com")

        run = runs.claim()

        assert run.snapshot == first
        assert runs.claim() is None
        assert runs.claim(second.pk) is None
        end(run)
        assert runs.claim().snapshot == second

    def test_two_workers_share_two_websites(self):
        unit = UnitFactory()
        face, _other = waiting(unit, "facebook.com"), waiting(unit, "facebook.com")
        gram = waiting(unit, "instagram.com")

        assert [runs.claim().snapshot, runs.claim().snapshot, runs.claim()] == [face, gram, None]

    def test_the_database_refuses_two_pages_of_a_website_at_once(self):
        runs.claim(waiting(UnitFactory(), "facebook.com").pk)
        other = waiting(UnitFactory(), "facebook.com")

        with pytest.raises(IntegrityError, match="snapshot_one_per_host"), transaction.atomic():
            Snapshot.objects.filter(pk=other.pk).update(
                status="running", lease="0" * 32, lease_until=clock.now() + timedelta(minutes=1)
            )

    @pytest.mark.parametrize("asked", [0, 1800])
    def test_a_website_that_asks_to_be_left_alone_is_with_all_that_waits_for_it(self, asked):
        with time_machine.travel(NOW, tick=False):
            busy = waiting(UnitFactory(), "facebook.com")
            waiting(UnitFactory(), "facebook.com")
            free = waiting(UnitFactory(), "instagram.com")
            runs.fail(runs.claim(busy.pk), "busy", "429", retry=True, wait_seconds=asked)

            assert end(runs.claim()) == free
            assert runs.claim() is None

        busy.refresh_from_db()
        rest = timedelta(seconds=max(asked, 300))
        assert HostRest.objects.get().until == busy.next_try_at == NOW + rest
        with time_machine.travel(NOW + rest - timedelta(seconds=1), tick=False):
            assert runs.claim() is None
        with time_machine.travel(NOW + rest + timedelta(seconds=1), tick=False):
            assert runs.claim() is not None

    def test_it_is_left_alone_longer_each_time_and_never_more_than_six_hours(self):
        lengths = []
        with time_machine.travel(NOW, tick=False) as journey:
            for _n in range(9):
                until = hosts.rest("facebook.com", 0)
                lengths.append((until - clock.now()).total_seconds() / 60)
                journey.move_to(until)
            assert (hosts.rest("instagram.com", 10**9) - clock.now()) == timedelta(hours=6)

        assert lengths == [5, 10, 20, 40, 80, 160, 320, 360, 360]

    def test_a_website_that_lets_us_in_again_is_forgiven(self):
        hosts.rest("facebook.com", 0)
        HostRest.objects.update(until=clock.now())
        end(runs.claim(waiting(UnitFactory(), "facebook.com").pk))

        assert not HostRest.objects.exists()

    @pytest.mark.parametrize(
        ("address", "host"),
        [
            ("https://www.facebook.com/kommunen", "facebook.com"),
            ("https://sv-se.facebook.com/kommunen", "facebook.com"),
            ("https://m.facebook.com/kommunen", "facebook.com"),
            ("https://WWW.Kommunen.se/blogg", "kommunen.se"),
            ("https://blogg.kommunen.se/", "blogg.kommunen.se"),
            ("https://notfacebook.com/", "notfacebook.com"),
            ("http://[::1", ""),
        ],
    )
    def test_a_website_is_one_however_it_is_written(self, address, host):
        assert hosts.of(Platform(domains=["facebook.com"]), address) == host

    def test_an_order_knows_its_website(self):
        account = AccountFactory(active=True, address="https://www.torget.example/biblioteket")
        snapshot = SnapshotFactory(account=account, failed=True)

        runs.order_again(snapshot, None, "")

        assert snapshot.host == "torget.example"


class TestForeseen:
    """Where an order stands, and when it will be done."""

    def recent(self, seconds: int) -> None:
        """Make a past in which a snapshot took so long."""
        SnapshotFactory(
            done=True,
            started_at=NOW - timedelta(hours=1),
            finished_at=NOW - timedelta(hours=1) + timedelta(seconds=seconds),
        )

    def test_the_places_are_those_in_which_they_are_taken(self, settings):
        settings.CAPTURE_WORKERS = 1
        units = [UnitFactory(), UnitFactory(), UnitFactory()]
        with time_machine.travel(NOW, tick=False):
            self.recent(20)
            orders = [waiting(unit, occasion="campaign") for unit in units for _n in range(3)]
            line = queueing.line(NOW)
            foreseen = sorted(orders, key=lambda order: line.places[order.pk].number)

            assert taken(9, seconds=20) == foreseen
        assert [line.places[order.pk].wait.total_seconds() for order in foreseen] == [20 * n for n in range(9)]
        assert line.left(foreseen[2], NOW) == timedelta(seconds=60)

    def test_a_website_with_many_pages_takes_one_after_another(self, settings):
        settings.CAPTURE_WORKERS = 2
        unit = UnitFactory()
        with time_machine.travel(NOW, tick=False):
            self.recent(30)
            face = [waiting(unit, "facebook.com") for _n in range(3)]
            gram = waiting(unit, "instagram.com")
            line = queueing.line(NOW)

        waits = [line.places[order.pk].wait.total_seconds() for order in [*face, gram]]
        assert waits == [0, 30, 60, 0]

    def test_what_runs_and_what_rests_is_reckoned_with(self, settings):
        settings.CAPTURE_WORKERS = 2
        unit = UnitFactory()
        with time_machine.travel(NOW, tick=False):
            self.recent(60)
            running = runs.claim(waiting(unit, "facebook.com").pk)
            behind, resting = waiting(unit, "facebook.com"), waiting(unit, "instagram.com")
            hosts.rest("instagram.com", 600)
        later = NOW + timedelta(seconds=20)
        running.snapshot.refresh_from_db()

        line = queueing.line(later)

        assert line.left(running.snapshot, later) == timedelta(seconds=40)
        assert line.places[behind.pk].wait == timedelta(seconds=40)
        assert line.places[resting.pk].wait == timedelta(seconds=580)

    def test_without_a_past_only_the_place_is_known(self):
        order = waiting(UnitFactory())

        line = queueing.line(clock.now())

        assert line.places[order.pk] == queueing.Place(1, None)
        assert line.left(order, clock.now()) is None

    def test_an_order_taken_meanwhile_is_not_said_to_have_others_before_it(self):
        order = waiting(UnitFactory())
        empty = queueing.Line({}, 0, None)

        assert place_of(order, empty, clock.now()) == ""

    def test_nobody_is_foreseen_further_than_it_holds(self, monkeypatch):
        monkeypatch.setattr(queueing, "FORESEEN", 3)
        unit = UnitFactory()
        orders = [waiting(unit) for _n in range(5)]

        line = queueing.line(clock.now())

        assert list(line.places) == [order.pk for order in orders[:3]]
        assert line.waiting == 5

    def test_the_number_of_queries_does_not_grow_with_the_queue(self, django_assert_num_queries):
        unit = UnitFactory()
        waiting(unit)
        with django_assert_num_queries(5):
            queueing.line(clock.now())
        for _n in range(10):
            waiting(UnitFactory())

        with django_assert_num_queries(5):
            queueing.line(clock.now())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_ask_one_website_twice():
    unit = UnitFactory()
    for host in ("facebook.com", "instagram.com"):
        for _n in range(3):
            waiting(unit, host)
    start, claimed, failures = threading.Barrier(4), [], []

    def work() -> None:
        try:
            start.wait(10)
            claimed.append(runs.claim())
        except BaseException as error:  # a thread's failure is the test's
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert failures == []
    assert sorted(run.snapshot.host for run in claimed if run) == ["facebook.com", "instagram.com"]
