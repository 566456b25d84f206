"""Whatever stops a run, wherever: one outcome for each order, and no file in the storage that nothing counts."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from archive import integrity, keeping, loose, store, tasks
from archive.capture.failures import CaptureFailed
from archive.models import Discard, LooseFile, Record, RecordFile, Snapshot
from archive.snapshots import bell, making, runs, working
from governance import clock
from governance.models import AuditEvent
from tests.archive.captures import engine
from tests.archive.factories import SnapshotFactory
from tests.factories import adopted

pytestmark = pytest.mark.django_db
Status = Snapshot.Status
OUTCOMES = {"snapshot.finish", "snapshot.question", "snapshot.fail"}


class Killed(BaseException):
    """The process is gone at this line: nothing of ours may catch it."""


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, settings, tmp_path):
    """A folder to work in, a page that is whole, and a PDF that costs nothing."""
    adopted("lekeberg")
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(working, "capture", engine())
    monkeypatch.setattr(making.paper, "render", lambda *args, **options: b"%PDF-1.7 drawn")


@pytest.fixture
def order():
    """An order that waits."""
    return SnapshotFactory(host="torget.example")


def once(monkeypatch, place, name: str, error: BaseException, *, after: bool = False) -> None:
    """Let the process stop the first time it comes to a function of ours, before or after it has done its work."""
    really, stopped = getattr(place, name), []

    def stop(*args, **options):
        if stopped:
            return really(*args, **options)
        stopped.append(name)
        if after:
            really(*args, **options)
        raise error

    monkeypatch.setattr(place, name, stop)


def come_back(order: Snapshot) -> Snapshot:
    """Let time pass as it does after a fault: leases run out, the sweep rings, and a worker hears."""
    now = clock.now()
    for minutes in (1, 8, 20, 40, 60):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            tasks.resume_snapshots()
            working.run()
    order.refresh_from_db()
    return order


def outcomes(order: Snapshot) -> list[str]:
    """Answer every outcome that was ever written for an order."""
    events = AuditEvent.objects.filter(object_type="archive.snapshot", object_id=order.pk, action__in=OUTCOMES)
    return list(events.order_by("pk").values_list("action", flat=True))


def uncounted() -> set[str]:
    """Answer what lies in the storage without a row that names it, or that says that it is on its way in or out."""
    counted = {file.sha256 for file in [*RecordFile.objects.all(), *LooseFile.objects.all()]}
    counted |= set(Discard.objects.filter(done_at=None).values_list("sha256", flat=True))
    return {name for name in stored() if name not in counted}


def stored() -> set[str]:
    """Answer the contents in the storage, by their hash."""
    found, folders = set(), [""]
    while folders:
        folder = folders.pop()
        try:
            below, files = store.storage().listdir(folder)
        except FileNotFoundError:
            continue  # nothing was stored yet
        folders += [f"{folder}/{name}".lstrip("/") for name in below if name != ".incoming"]
        found |= {name for name in files if len(name) == 64}
    return found


def missing() -> set[str]:
    """Answer what a row names and the storage does not have."""
    return {file.sha256 for file in RecordFile.objects.all()} - stored()


STEPS: dict[str, tuple[object, str, bool]] = {
    "before the claim": (runs, "claim", False),
    "after the claim": (runs, "claim", True),
    "before the capture": (working, "capture", False),
    "after the capture": (working, "capture", True),
    "while the PDF is made": (making, "document", False),
    "before the files are stored": (store, "put_all", False),
    "between two files": (store, "put", True),
    "after the files are stored": (store, "put_all", True),
    "before the manifest": (keeping, "prepare", False),
    "after the manifest": (keeping, "prepare", True),
    "before the rows": (keeping, "write", False),
    "before the commit": (runs, "finish", True),
    "after the commit": (working, "_keep", True),
    "before the next is rung for": (bell, "ring_next", False),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_step_leaves_one_outcome_and_no_uncounted_file(monkeypatch, order, step):
    place, name, after = STEPS[step]
    once(monkeypatch, place, name, Killed(), after=after)

    with pytest.raises(Killed):
        working.run()
    assert uncounted() == set()
    come_back(order)

    assert order.status == Status.DONE
    assert outcomes(order) == ["snapshot.finish"]
    assert Record.objects.count() == 1
    assert list(integrity.problems(Record.objects.get())) == []
    assert (uncounted(), missing()) == (set(), set())


@pytest.mark.parametrize("step", ["after the capture", "between two files", "after the files are stored"])
def test_a_page_that_somebody_must_look_at_is_asked_about_once(monkeypatch, order, step):
    place, name, after = STEPS[step]
    monkeypatch.setattr(working, "capture", engine("login_wall"))
    once(monkeypatch, place, name, Killed(), after=after)

    with pytest.raises(Killed):
        working.run()
    come_back(order)

    assert order.status == Status.ATTENTION
    assert outcomes(order) == ["snapshot.question"]
    assert [file.name for file in loose.held(order)] == ["bild-001.jpg", "text.txt", "fakta.json", "miniatyr.jpg"]
    assert uncounted() == set()


@pytest.mark.parametrize("step", [step for step in STEPS if step not in ("before the claim", "after the claim")])
def test_a_lost_database_connection_at_any_step_is_no_second_outcome(monkeypatch, order, step):
    place, name, after = STEPS[step]
    once(monkeypatch, place, name, OperationalError("the connection was lost"), after=after)

    with suppress(OperationalError):
        working.run()
    come_back(order)

    assert order.status == Status.DONE
    assert outcomes(order) == ["snapshot.finish"]
    assert Record.objects.count() == 1
    assert (uncounted(), missing()) == (set(), set())


def test_a_bell_that_is_lost_costs_only_time(order, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring_on_commit([order.pk])
    assert rung == [order.pk]

    assert come_back(order).status == Status.DONE


def test_without_a_broker_the_order_stands_and_the_sweep_takes_it_up(
    monkeypatch, order, rung, django_capture_on_commit_callbacks
):
    def gone(*args, **options):
        raise ConnectionError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(bell.app, "send_task", gone)
        with django_capture_on_commit_callbacks(execute=True):
            bell.ring_on_commit([order.pk])
        tasks.resume_snapshots()

    assert rung == []
    assert come_back(order).status == Status.DONE
    assert outcomes(order) == ["snapshot.finish"]


def test_a_run_that_lost_its_order_stores_what_is_swept_and_writes_nothing(monkeypatch, order):
    def overtaken(*args, **options) -> list[store.Stored]:
        files = really(*args, **options)
        Snapshot.objects.filter(pk=order.pk).update(lease_until=clock.now() - timedelta(seconds=1))
        taken.append(runs.claim(order.pk))
        return files

    really, taken = store.put_all, []
    monkeypatch.setattr(store, "put_all", overtaken)
    working.run()

    order.refresh_from_db()
    assert (order.status, order.attempts, order.lease) == (Status.RUNNING, 2, taken[0].lease)
    assert not Record.objects.exists()
    assert uncounted() == set()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        loose.sweep()
    assert stored() == set()


@pytest.mark.parametrize(
    ("error", "tries", "code"),
    [
        (CaptureFailed("refused_address"), 1, "refused_address"),
        (CaptureFailed("timeout"), 3, "timeout"),
        (OSError(28, "full"), 3, "disk_full"),
        (MemoryError(), 3, "internal"),
    ],
)
def test_what_fails_every_time_fails_once_with_its_reason(monkeypatch, order, error, tries, code):
    def fails(*args, **options):
        raise error

    monkeypatch.setattr(working, "capture", fails)

    order = come_back(order)

    assert (order.status, order.attempts, order.failure_code) == (Status.FAILED, tries, code)
    assert outcomes(order) == ["snapshot.fail"]
    assert stored() == set()


def test_a_process_that_dies_every_time_ends_as_failed(monkeypatch, order):
    def killed(*args, **options):
        raise Killed

    monkeypatch.setattr(working, "capture", killed)
    for hours in range(1, 5):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            try:
                working.run()
            except Killed:
                continue

    order.refresh_from_db()
    assert (order.status, order.failure_code) == (Status.FAILED, "lost")
    assert outcomes(order) == ["snapshot.fail"]
