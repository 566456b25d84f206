"""Snapshots with a real broker, a real worker and a real browser, against the demo platform."""

import json
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages

from archive import actions, bell, integrity, runs, store, tasks
from archive.demoplatform.server import running as torget
from archive.models import Record, Snapshot, SnapshotCampaign
from governance import clock
from governance.models import AuditEvent
from tests.archive.factories import AccountFactory
from tests.factories import adopted, person
from tests.moderation.worker import Worker, worker

pytestmark = pytest.mark.django_db(transaction=True)
Status = Snapshot.Status
PATIENCE = 90.0
SEND = bell.app.send_task


@pytest.fixture(scope="module")
def site():
    """The demo platform, in this process."""
    with torget() as server:
        yield server


@pytest.fixture
def surroundings(site, tmp_path, settings, monkeypatch):
    """What this process and the workers it starts have in common: the archive, and where a capture may go."""
    folder = tmp_path / "data"
    archive = {**settings.STORAGES["archive"]["OPTIONS"], "location": folder / "archive"}
    settings.STORAGES = {**settings.STORAGES, "archive": {**settings.STORAGES["archive"], "OPTIONS": archive}}
    storages._storages.clear()
    settings.DATA_DIR = folder
    monkeypatch.setenv("UPPSIKT_DATA_DIR", str(folder))
    monkeypatch.setenv("UPPSIKT_DEMO", "1")
    monkeypatch.setenv("CAPTURE_ALLOWED_HOST", site.host)
    return folder


@pytest.fixture
def running(surroundings, transactional_db, monkeypatch):
    """A worker; the bell rings for it."""
    with worker() as process:
        ring_for(process, monkeypatch)
        yield process


def ring_for(process: Worker, monkeypatch) -> None:
    """Let the bell ring in the queue of this worker; nobody listens to the usual ones."""
    def send(name, *args, **options):
        if name == bell.TASK:
            options["queue"] = process.name
        return SEND(name, *args, **options) if "queue" in options else None

    monkeypatch.setattr(bell.app, "send_task", send)


@pytest.fixture
def order(site, transactional_db):
    """Answer a function that orders a snapshot of a page of the demo platform."""
    adopted("lekeberg")
    officer = person("communications_officer", name="Karin Ek")

    def ordered(path: str) -> Snapshot:
        account = AccountFactory(name="Biblioteket", active=True, address=f"http://{site.host}/{path}")
        return actions.order_snapshot(account, by=officer)[0]

    return ordered


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


def pids_below(pid: int) -> set[int]:
    """Answer a process and all that it started."""
    found, seen = {pid}, set()
    while found - seen:
        for parent in found - seen:
            seen.add(parent)
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                found |= {int(child) for child in task.read_text().split()}
    return found


def kill(process: Worker) -> None:
    """Kill the worker and its pool, as a power cut would, and leave the browser to find out by itself."""
    for pid in pids_below(process.process.pid):
        if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    process.process.wait(PATIENCE)


def test_an_order_becomes_a_record_with_pictures_text_facts_and_a_pdf(order, running, surroundings):
    snapshot = order("lekebergsbibliotek")

    until(lambda: is_now(snapshot, Status.DONE, Status.FAILED))

    record = Record.objects.get(source_id=snapshot.pk, kind="snapshot")
    files = {file.name: file for file in record.files.all()}
    assert snapshot.failure_code == ""
    assert (snapshot.progress, snapshot.attempts) == (100, 1)
    assert {"ogonblicksbild.pdf", "bild-001.jpg", "text.txt", "fakta.json", "miniatyr.jpg", "manifest.json"} <= set(files)
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
    assert list(surroundings.glob("work/*")) == []
    happened = AuditEvent.objects.filter(object_type="archive.snapshot").order_by("pk")
    assert list(happened.values_list("action", flat=True)) == ["snapshot.order", "snapshot.start", "snapshot.finish"]


def test_the_same_order_sent_many_times_at_once_is_one_record(order, running):
    snapshot = order("lejonet_östra")

    for _time in range(4):
        bell.app.send_task(bell.TASK, args=[snapshot.pk])
    running.wait_for(" succeeded in ", 5)

    assert is_now(snapshot, Status.DONE)
    assert Record.objects.count() == 1
    assert AuditEvent.objects.filter(action="snapshot.start").count() == 1


def test_a_worker_killed_in_the_middle_leaves_exactly_one_outcome(order, surroundings, monkeypatch):
    with worker() as first:
        ring_for(first, monkeypatch)
        snapshot = order("lekebergskommun/flode")
        until(lambda: is_now(snapshot, Status.RUNNING) and snapshot.progress > 0)
        kill(first)
    left = [path.name for path in (surroundings / "work").iterdir()]
    Snapshot.objects.filter(pk=snapshot.pk).update(
        lease_until=clock.now() - timedelta(seconds=1), address_asked=snapshot.address_asked.removesuffix("/flode")
    )

    with worker() as second:
        ring_for(second, monkeypatch)
        assert bell.ring_waiting() == 1
        until(lambda: is_now(snapshot, Status.DONE, Status.FAILED))

    assert (snapshot.status, snapshot.attempts) == (Status.DONE, 2)
    assert Record.objects.count() == 1
    assert list(integrity.problems(Record.objects.get())) == []
    assert len(left) == 1
    assert list((surroundings / "work").iterdir()) == []
    assert AuditEvent.objects.filter(action="snapshot.take_over").count() == 1
    assert AuditEvent.objects.filter(action="snapshot.finish").count() == 1


def test_a_page_that_answers_with_a_server_error_is_tried_three_times_and_fails_with_its_reason(order, running):
    snapshot = order("_prov/500")

    for attempt in (1, 2, 3):
        until(lambda attempt=attempt: is_now(snapshot, Status.ORDERED, Status.FAILED) and snapshot.attempts == attempt)
        Snapshot.objects.filter(pk=snapshot.pk).update(next_try_at=clock.now())
        bell.ring_waiting()

    assert is_now(snapshot, Status.FAILED)
    assert (snapshot.failure_code, snapshot.failure_detail) == ("http_error", "500")
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("path", "code"),
    [("_prov/404", "http_error"), ("_prov/redirect-inside", "refused_redirect"), ("_prov/blank", "blank")],
)
def test_what_cannot_be_mended_by_trying_again_fails_at_once(order, running, path, code):
    snapshot = order(path)

    until(lambda: is_now(snapshot, Status.DONE, Status.FAILED, Status.ORDERED) and snapshot.attempts == 1)

    assert (snapshot.status, snapshot.failure_code) == (Status.FAILED, code)
    assert not Record.objects.exists()


def test_an_address_inside_the_network_is_refused(order, running):
    snapshot = order("x")
    Snapshot.objects.filter(pk=snapshot.pk).update(address_asked="http://169.254.169.254/latest/meta-data/")

    until(lambda: is_now(snapshot, Status.FAILED))

    assert snapshot.failure_code in {"refused_address", "http_error"}


def test_cancelling_stops_the_browser_and_nothing_is_kept(order, running, surroundings):
    snapshot = order("lekebergskommun/flode")
    until(lambda: is_now(snapshot, Status.RUNNING) and snapshot.progress > 0)

    actions.cancel_snapshot(snapshot, by=snapshot.requested_by)
    running.wait_for(" succeeded in ")

    assert is_now(snapshot, Status.CANCELLED)
    assert not Record.objects.exists()
    assert list(surroundings.glob("work/*")) == []


def test_the_nightly_job_run_twice_at_once_by_two_workers_opens_one_campaign(running):
    adopted("lekeberg")
    AccountFactory.create_batch(3, active=True)

    running.do(tasks.open_snapshot_campaign, tasks.open_snapshot_campaign, at="2050-10-01T04:10:00+02:00")

    assert SnapshotCampaign.objects.get().period == "2050-10"
    assert Snapshot.objects.filter(campaign__isnull=False).count() == 3



def test_the_sweep_ends_what_ran_too_long_and_rings_for_what_was_left(order, surroundings, monkeypatch):
    overdue, left = order("x"), order("y")
    for snapshot in (overdue, left):
        assert runs.claim(snapshot.pk) is not None
    Snapshot.objects.filter(pk=overdue.pk).update(started_at=clock.now() - runs.HARD_DEADLINE)
    Snapshot.objects.filter(pk=left.pk).update(lease_until=clock.now() - timedelta(seconds=1))

    with worker() as process:
        process.do(tasks.resume_snapshots)

    assert is_now(overdue, Status.FAILED)
    assert overdue.failure_code == "overdue"
    assert is_now(left, Status.RUNNING)
    assert left.rung_at is not None
