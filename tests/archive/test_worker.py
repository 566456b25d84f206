"""Snapshots with a real broker, a real worker and a real browser, against the demo platform."""

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages

from archive import integrity, store, tasks
from archive.demoplatform.server import running as torget
from archive.models import HostRest, LooseFile, Record, Snapshot, SnapshotCampaign
from archive.snapshots import accepting, actions, bell, runs
from governance import clock
from governance.models import AuditEvent
from tests.archive.factories import AccountFactory
from tests.factories import adopted, person
from tests.worker import Worker, worker

pytestmark = pytest.mark.django_db(transaction=True)
Status = Snapshot.Status
PATIENCE = 90.0
SEND = bell.app.send_task
SMALL, LARGE = "_prov/plain", "lekebergskommun/flode"


@pytest.fixture(scope="module")
def site():
    """The demo platform, in this process."""
    with torget() as server:
        yield server


@pytest.fixture(scope="module")
def folder(site, tmp_path_factory):
    """Where these workers keep their data, and where a capture of theirs may go."""
    kept = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPPSIKT_DATA_DIR", str(kept))
        patch.setenv("UPPSIKT_DEMO", "1")
        patch.setenv("CAPTURE_ALLOWED_HOST", site.host)
        yield kept


@pytest.fixture(scope="module")
def process(folder, django_db_setup):
    """A worker that lives as long as this module's tests."""
    with worker() as started:
        yield started


@pytest.fixture
def archive(folder, settings):
    """The workers' archive is this process's too."""
    options = {**settings.STORAGES["archive"]["OPTIONS"], "location": folder / "archive"}
    settings.STORAGES = {**settings.STORAGES, "archive": {**settings.STORAGES["archive"], "OPTIONS": options}}
    storages._storages.clear()
    return folder


@pytest.fixture
def running(process, archive, transactional_db, monkeypatch):
    """The worker, which hears the bell and has nothing to say of earlier tests."""
    while not process.lines.empty():
        process.lines.get()
    ring_for(process, monkeypatch)
    return process


@pytest.fixture
def order(site, transactional_db):
    """Answer a function that orders a snapshot of a page of the demo platform, or of another address."""
    adopted("lekeberg")
    officer = person("communications_officer", name="Karin Ek")

    def ordered(path: str) -> Snapshot:
        address = path if "://" in path else f"http://{site.host}/{path}"
        account = AccountFactory(name="Biblioteket", active=True, address=address)
        return actions.order_snapshot(account, by=officer)[0]

    return ordered


def ring_for(process: Worker, monkeypatch) -> None:
    """Let the bell ring in the queue of this worker; nobody listens to the usual ones."""

    def send(name, *args, **options):
        if name == bell.TASK:
            options["queue"] = process.name
        return SEND(name, *args, **options) if "queue" in options else None

    monkeypatch.setattr(bell.app, "send_task", send)


def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds; fail when it has not within a bounded time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)


def is_now(snapshot: Snapshot, *statuses: str) -> bool:
    """Answer whether the snapshot has come to one of these."""
    snapshot.refresh_from_db()
    return snapshot.status in statuses


def is_under_way(snapshot: Snapshot) -> bool:
    """Answer whether the browser has begun to read the page."""
    return is_now(snapshot, Status.RUNNING) and snapshot.progress > 0


def happened() -> list[str]:
    """Answer what the log says of snapshots, in order."""
    events = AuditEvent.objects.filter(object_type="archive.snapshot").order_by("pk")
    return list(events.values_list("action", flat=True))


def pids_below(pid: int) -> set[int]:
    """Answer a process and all that it started."""
    found: set[int] = {pid}
    seen: set[int] = set()
    while new := found - seen:
        seen |= new
        for parent in new:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                with suppress(OSError):  # it ended while it was looked at
                    found |= {int(child) for child in children.read_text().split()}
    return found


def command(pid: int) -> bytes:
    """Answer what a process is; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def kill(process: Worker) -> set[int]:
    """Kill the worker and its pool at once; answer what it started, which must find out by itself."""
    family = pids_below(process.process.pid)
    for pid in family:
        if b"celery" in command(pid):
            os.kill(pid, signal.SIGKILL)
    process.process.wait(PATIENCE)
    return family - {process.process.pid}


def test_an_order_becomes_a_record_with_pictures_text_facts_and_a_pdf(order, running, archive):
    snapshot = order("lekebergsbibliotek")

    until(lambda: is_now(snapshot, Status.DONE, Status.FAILED))

    record = Record.objects.get(source_id=snapshot.pk, kind="snapshot")
    files = {file.name: file for file in record.files.all()}
    assert snapshot.failure_code == ""
    assert (snapshot.progress, snapshot.attempts) == (100, 1)
    assert {"ogonblicksbild.pdf", "bild-001.jpg", "text.txt", "fakta.json", "miniatyr.jpg", "manifest.json"} <= set(
        files
    )
    assert list(integrity.problems(record)) == []
    assert record.facts["reached"] == snapshot.address_asked
    assert record.facts["images_missing"] == 0
    assert record.facts["requested_by"] == "Karin Ek"
    assert record.facts["policy"]["clause"] == "Lekeberg 7"
    assert (record.unit, record.authority, record.account) == (snapshot.unit, snapshot.authority, snapshot.account)
    with store.read(files["ogonblicksbild.pdf"]) as pdf:
        assert pdf.read(5) == b"%PDF-"
    with store.read(files["fakta.json"]) as facts:
        assert json.load(facts)["height"] == snapshot.facts["height"]
    until(lambda: not list(archive.glob("work/*")))
    assert happened() == ["snapshot.order", "snapshot.start", "snapshot.finish"]


def test_the_same_order_sent_many_times_at_once_is_one_record(order, running):
    snapshot = order(SMALL)

    for _time in range(4):
        bell.app.send_task(bell.TASK, args=[snapshot.pk])
    running.wait_for(" succeeded in ", 5)

    assert is_now(snapshot, Status.DONE)
    assert Record.objects.count() == 1
    assert happened() == ["snapshot.order", "snapshot.start", "snapshot.finish"]


def test_a_worker_killed_in_the_middle_leaves_exactly_one_outcome(order, running, archive, site, monkeypatch):
    with worker() as doomed:
        ring_for(doomed, monkeypatch)
        snapshot = order(LARGE)
        until(lambda: is_under_way(snapshot))
        orphans = kill(doomed)
        until(lambda: not any(map(command, orphans)))
    left = list(archive.glob("work/*"))
    Snapshot.objects.filter(pk=snapshot.pk).update(
        lease_until=clock.now() - timedelta(seconds=1), address_asked=f"http://{site.host}/{SMALL}"
    )

    ring_for(running, monkeypatch)
    assert bell.ring_waiting() == 1
    until(lambda: is_now(snapshot, Status.DONE, Status.FAILED))

    assert (snapshot.status, snapshot.attempts) == (Status.DONE, 2)
    assert list(integrity.problems(Record.objects.get())) == []
    assert len(left) == 1
    until(lambda: not list(archive.glob("work/*")))
    assert happened() == ["snapshot.order", "snapshot.start", "snapshot.take_over", "snapshot.finish"]


def test_a_website_that_asks_to_be_left_alone_is_tried_three_times_and_fails_with_its_reason(order, running):
    snapshot = order("_prov/503")

    for attempt in (1, 2, 3):
        until(lambda attempt=attempt: is_now(snapshot, Status.ORDERED, Status.FAILED) and snapshot.attempts == attempt)
        HostRest.objects.update(until=clock.now())
        Snapshot.objects.filter(pk=snapshot.pk).update(next_try_at=clock.now())
        bell.ring_waiting()

    assert is_now(snapshot, Status.FAILED)
    assert (snapshot.failure_code, snapshot.failure_detail) == ("busy", "503")
    assert happened().count("snapshot.postpone") == 2
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("_prov/redirect-inside", "refused_redirect"),
        ("http://169.254.169.254/latest/meta-data/", "refused_address"),
        ("http://127.0.0.1:1/", "refused_address"),
    ],
)
def test_what_cannot_be_mended_by_trying_again_fails_at_once(order, running, path, code):
    snapshot = order(path)

    until(lambda: not is_now(snapshot, Status.RUNNING) and snapshot.attempts == 1)

    assert (snapshot.status, snapshot.failure_code) == (Status.FAILED, code)
    assert not Record.objects.exists()


def test_a_page_that_is_not_what_was_asked_for_waits_with_its_files_until_somebody_accepts_it(order, running, archive):
    snapshot = order("_prov/404")

    until(lambda: is_now(snapshot, Status.ATTENTION, Status.FAILED))
    assert (snapshot.failure_code, snapshot.remarks[:1]) == ("", ["error_page"])
    assert not Record.objects.exists()
    record = accepting.accept(snapshot, by=snapshot.requested_by, reason="Sidan är borttagen, och det ska synas.")

    assert record.facts["accepted"]["remarks"] == snapshot.remarks
    assert list(integrity.problems(record)) == []
    assert not LooseFile.objects.exists()


def test_cancelling_stops_the_browser_and_nothing_is_kept(order, running, archive):
    snapshot = order(LARGE)
    until(lambda: is_under_way(snapshot))

    actions.cancel_snapshot(snapshot, by=snapshot.requested_by)
    running.wait_for(" succeeded in ")

    assert is_now(snapshot, Status.CANCELLED)
    assert not Record.objects.exists()
    assert list(archive.glob("work/*")) == []


def test_the_nightly_job_run_twice_at_once_by_two_workers_opens_one_campaign(running):
    adopted("lekeberg")
    AccountFactory.create_batch(3, active=True)

    running.do(tasks.open_snapshot_campaign, tasks.open_snapshot_campaign, at="2050-10-01T04:10:00+02:00")

    assert SnapshotCampaign.objects.get().period == "2050-10"
    assert Snapshot.objects.filter(campaign__isnull=False).count() == 3
    assert AuditEvent.objects.filter(action="snapshotcampaign.open").count() == 1


def test_the_sweep_ends_what_ran_too_long_and_rings_for_what_was_left(order, running, monkeypatch):
    monkeypatch.setattr(bell, "ring_on_commit", lambda ids: None)
    overdue, left = order("x"), order("http://annan.example/y")
    for snapshot in (overdue, left):
        assert runs.claim(snapshot.pk) is not None
    Snapshot.objects.filter(pk=overdue.pk).update(started_at=clock.now() - runs.HARD_DEADLINE)
    Snapshot.objects.filter(pk=left.pk).update(lease_until=clock.now() - timedelta(seconds=1))

    running.do(tasks.resume_snapshots)

    assert is_now(overdue, Status.FAILED)
    assert overdue.failure_code == "overdue"
    assert is_now(left, Status.RUNNING)
    assert left.rung_at is not None
