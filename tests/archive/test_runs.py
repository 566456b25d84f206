"""One run of one snapshot: who has it, how it ends, and what a worker that died leaves to the next one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from archive.models import Snapshot
from archive.snapshots import bell, runs
from governance import clock
from governance.models import AuditEvent
from governance.workflow import Refused, perform
from tests.archive.factories import FACTS, SnapshotFactory
from tests.factories import person

pytestmark = pytest.mark.django_db
Status = Snapshot.Status


def actions_on(snapshot: Snapshot) -> list[str]:
    """Answer what the log says happened to a snapshot, in order."""
    events = AuditEvent.objects.filter(object_type="archive.snapshot", object_id=snapshot.pk)
    return list(events.order_by("pk").values_list("action", flat=True))


def move(snapshot: Snapshot, **columns) -> Snapshot:
    """Answer the snapshot with its clock set."""
    Snapshot.objects.filter(pk=snapshot.pk).update(**columns)
    snapshot.refresh_from_db()
    return snapshot


def long_ago() -> dict:
    """Answer a lease that has run out."""
    return {"lease_until": clock.now() - timedelta(seconds=1)}


def test_a_snapshot_that_waits_is_taken_once():
    snapshot = SnapshotFactory()

    first, second = runs.claim(snapshot.pk), runs.claim(snapshot.pk)

    assert first is not None
    assert second is None
    assert (first.snapshot.status, first.snapshot.attempts) == (Status.RUNNING, 1)


@pytest.mark.parametrize("trait", ["done", "failed"])
def test_what_has_ended_is_not_taken(trait):
    snapshot = SnapshotFactory(**{trait: True})

    assert runs.claim(snapshot.pk) is None


def test_a_snapshot_is_not_taken_before_its_time():
    snapshot = SnapshotFactory(next_try_at=clock.now() + timedelta(minutes=1))

    assert runs.claim(snapshot.pk) is None


def test_a_lease_that_ran_out_is_taken_over_and_the_first_run_writes_nothing_more():
    snapshot = SnapshotFactory()
    dead = runs.claim(snapshot.pk)
    move(snapshot, **long_ago())

    alive = runs.claim(snapshot.pk)

    assert alive is not None
    assert alive.snapshot.attempts == 2
    for writes in (lambda: dead.tell(50, "scroll"), dead.lock, lambda: runs.fail(dead, "timeout", "", retry=False)):
        with pytest.raises(runs.Lost), transaction.atomic():
            writes()
    assert actions_on(snapshot) == ["snapshot.start", "snapshot.take_over"]


def test_progress_holds_on_to_the_lease():
    run = runs.claim(SnapshotFactory().pk)
    move(run.snapshot, lease_until=clock.now() + timedelta(seconds=1))

    run.tell(40, "scroll")

    run.snapshot.refresh_from_db()
    assert (run.snapshot.progress, run.snapshot.phase) == (40, "scroll")
    assert run.snapshot.lease_until > clock.now() + timedelta(seconds=60)


def test_success_is_written_with_what_was_seen():
    run = runs.claim(SnapshotFactory().pk)

    with transaction.atomic():
        runs.finish(run.lock(), FACTS)

    run.snapshot.refresh_from_db()
    assert (run.snapshot.status, run.snapshot.progress, run.snapshot.lease) == (Status.DONE, 100, None)
    assert run.snapshot.address_reached == FACTS["reached"]
    assert actions_on(run.snapshot) == ["snapshot.start", "snapshot.finish"]


def test_what_may_help_is_tried_three_times_with_longer_and_longer_waits():
    snapshot = SnapshotFactory()
    waits = []
    for _attempt in range(runs.MAX_ATTEMPTS):
        run = runs.claim(snapshot.pk)
        runs.fail(run, "timeout", "silent", retry=True)
        snapshot.refresh_from_db()
        waits.append(round((snapshot.next_try_at - clock.now()).total_seconds()))
        move(snapshot, next_try_at=clock.now())

    assert (snapshot.status, snapshot.failure_code, snapshot.failure_detail) == (Status.FAILED, "timeout", "silent")
    assert waits[:2] == [60, 600]
    assert runs.claim(snapshot.pk) is None
    assert actions_on(snapshot)[-1] == "snapshot.fail"


def test_what_cannot_help_fails_at_once():
    run = runs.claim(SnapshotFactory().pk)

    runs.fail(run, "refused_address", "loopback", retry=False)

    run.snapshot.refresh_from_db()
    assert (run.snapshot.status, run.snapshot.attempts) == (Status.FAILED, 1)


def test_a_detail_of_any_length_and_any_characters_is_written():
    run = runs.claim(SnapshotFactory().pk)

    runs.fail(run, "internal", "\0\ud800" + "x" * 2000, retry=False)

    run.snapshot.refresh_from_db()
    assert len(run.snapshot.failure_detail) == 500


def test_a_snapshot_whose_workers_die_every_time_ends_as_failed():
    snapshot = SnapshotFactory()
    for _attempt in range(runs.MAX_ATTEMPTS):
        assert runs.claim(snapshot.pk) is not None
        move(snapshot, **long_ago())

    assert runs.claim(snapshot.pk) is None

    snapshot.refresh_from_db()
    assert (snapshot.status, snapshot.failure_code) == (Status.FAILED, "lost")


def test_what_runs_longer_than_any_run_may_ends_as_failed():
    run = runs.claim(SnapshotFactory().pk)
    other = runs.claim(SnapshotFactory().pk)
    move(run.snapshot, started_at=clock.now() - runs.HARD_DEADLINE)

    assert runs.end_overdue() == 1

    run.snapshot.refresh_from_db()
    other.snapshot.refresh_from_db()
    assert (run.snapshot.status, run.snapshot.failure_code) == (Status.FAILED, "overdue")
    assert other.snapshot.status == Status.RUNNING
    with pytest.raises(runs.Lost):
        run.tell(90, "paper")


def test_what_was_abandoned_long_ago_is_taken_over_and_not_ended():
    run = runs.claim(SnapshotFactory().pk)
    move(run.snapshot, started_at=clock.now() - 2 * runs.HARD_DEADLINE, **long_ago())

    assert runs.end_overdue() == 0
    assert runs.claim(run.snapshot.pk) is not None


def test_cancelling_stops_the_run_in_the_middle():
    run = runs.claim(SnapshotFactory().pk)
    user = person("communications_officer")

    perform(run.snapshot, "cancel", by=user)

    assert run.snapshot.status == Status.CANCELLED
    with pytest.raises(runs.Lost):
        run.tell(50, "scroll")


def test_a_new_try_has_all_its_tries_the_address_of_today_and_a_bell(rung, django_capture_on_commit_callbacks):
    snapshot = SnapshotFactory(failed=True)
    snapshot.account.address = "http://torget.example/nytt"
    snapshot.account.save()

    with django_capture_on_commit_callbacks(execute=True):
        perform(snapshot, "retry", by=person("registrar"))

    assert (snapshot.status, snapshot.attempts, snapshot.failure_code) == (Status.ORDERED, 0, "")
    assert snapshot.address_asked == "http://torget.example/nytt"
    assert snapshot.pk in rung
    assert runs.claim(snapshot.pk) is not None


def test_an_account_that_is_not_open_is_not_tried_again():
    snapshot = SnapshotFactory(failed=True, account__active=False, address_asked="http://torget.example/x")

    with pytest.raises(Refused, match="inte öppnat"):
        perform(snapshot, "retry", by=person("registrar"))


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"status": "attention"}, "fsm|transition|Invalid"),
        ({"status": "failed"}, "fsm|transition|Invalid"),
    ],
)
def test_the_database_refuses_a_step_that_the_table_does_not_have(columns, refusal):
    snapshot = SnapshotFactory()

    with pytest.raises(InternalError, match=refusal), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(**columns)


def test_the_database_refuses_a_run_without_a_lease():
    snapshot = SnapshotFactory()

    with pytest.raises(IntegrityError, match="snapshot_lease_while_running"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(status="running")


@pytest.mark.parametrize("sql", ["delete from archive_snapshot", "truncate archive_snapshot cascade"])
def test_an_order_is_never_removed(sql):
    SnapshotFactory()

    with pytest.raises(InternalError, match=r"Cannot|kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(sql)


def test_the_bell_is_rung_for_what_waits_and_what_was_abandoned_and_not_again_at_once(rung):
    waiting, later = SnapshotFactory(), SnapshotFactory(next_try_at=clock.now() + timedelta(hours=1))
    running, left = SnapshotFactory(), SnapshotFactory()
    runs.claim(running.pk)
    runs.claim(left.pk)
    move(left, **long_ago())

    bell.ring_waiting()
    bell.ring_waiting()

    assert sorted(rung) == sorted([waiting.pk, left.pk])
    assert later.pk not in rung
    move(waiting, rung_at=clock.now() - bell.RING_AGAIN)
    bell.ring_waiting()
    assert rung.count(waiting.pk) == 2


def test_a_broken_bell_loses_no_order(monkeypatch):
    def broken(*args, **options):
        raise ConnectionError

    snapshot = SnapshotFactory()
    monkeypatch.setattr(bell.app, "send_task", broken)
    bell.ring_waiting()

    snapshot.refresh_from_db()
    assert snapshot.rung_at is None
