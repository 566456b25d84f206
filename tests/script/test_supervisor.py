"""Services are started in order, kept up, and never left behind."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from uppsikt_services.process import Child, Service, ServiceFailed, run_to_end, wait_until
from uppsikt_services.supervisor import RESTARTS, WINDOW_SECONDS, Supervisor
from uppsikt_services.surroundings import MARK, ROOT, leftovers

STAYS = ("sleep", "600")


class Terminal:
    """What the supervisor said, and a clock that moves only when told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.now = 0.0


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def supervisor(terminal: Terminal) -> Iterator[Supervisor]:
    supervisor = Supervisor(terminal.said.append, clock=lambda: terminal.now, pause=lambda _seconds: None)
    yield supervisor
    supervisor.stop()


def service(folder: Path, name: str = "thing", command: tuple[str, ...] = STAYS, **more) -> Service:
    return Service(name, command, {"PATH": os.environ["PATH"]}, folder / f"{name}.log", **more)


def kill(child: Child) -> None:
    child.process.kill()
    child.process.wait()


def test_service_that_ends_at_once_is_refused_with_its_last_words(supervisor, tmp_path):
    broken = service(tmp_path, command=("sh", "-c", "echo no room; exit 3"), ready=lambda: False)

    with pytest.raises(ServiceFailed, match=r"(?s)thing did not start: exit code 3.*no room"):
        supervisor.start(broken)


def test_service_that_never_gets_ready_is_refused(tmp_path):
    child = Child(service(tmp_path, ready=lambda: False))

    with pytest.raises(ServiceFailed, match="was not ready"):
        child.wait_ready(seconds=0.1)

    child.stop()


def test_crashed_service_is_restarted_and_the_reason_is_said(supervisor, terminal, tmp_path):
    supervisor.start(service(tmp_path))
    first = supervisor.children[0].process.pid

    kill(supervisor.children[0])
    supervisor.watch()

    assert supervisor.children[0].process.pid != first
    assert supervisor.children[0].ended() == ""
    assert "thing ended (killed by SIGKILL); restart 1 of 3" in terminal.said[0]


def test_service_that_crashes_too_often_in_a_minute_ends_the_run(supervisor, tmp_path):
    supervisor.start(service(tmp_path))
    for _ in range(RESTARTS):
        kill(supervisor.children[0])
        supervisor.watch()

    kill(supervisor.children[0])

    with pytest.raises(ServiceFailed, match="ended 4 times in a minute"):
        supervisor.watch()


def test_crashes_further_apart_never_end_the_run(supervisor, terminal, tmp_path):
    supervisor.start(service(tmp_path))

    for _ in range(RESTARTS + 1):
        kill(supervisor.children[0])
        supervisor.watch()
        terminal.now += WINDOW_SECONDS / RESTARTS

    assert supervisor.children[0].ended() == ""


def test_services_stop_in_reverse_order(supervisor, tmp_path):
    order = tmp_path / "order"
    for name in ("first", "second", "third"):
        started = tmp_path / f"{name}.started"
        script = f"trap 'echo {name} >>{order}; exit' TERM; touch {started}; sleep 600 & wait"
        supervisor.start(service(tmp_path, name, ("sh", "-c", script), ready=started.exists))

    supervisor.stop()

    assert order.read_text().split() == ["third", "second", "first"]


def test_service_that_will_not_stop_is_killed_with_its_children(tmp_path):
    started = tmp_path / "started"
    script = f"trap '' TERM; sleep 600 & echo $! >{started}; wait"
    child = Child(service(tmp_path, command=("sh", "-c", script), stop_seconds=0.1))
    assert wait_until(lambda: started.exists() and started.read_text().endswith("\n"), 5)

    child.stop()

    assert child.ended() == "killed by SIGKILL"
    assert wait_until(lambda: not runs(int(started.read_text())), 5)


def test_large_log_is_set_aside_at_the_next_start(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr("uppsikt_services.process.LOG_BYTES", 3)
    (tmp_path / "thing.log").write_text("old lines")

    supervisor.start(service(tmp_path))

    assert (tmp_path / "thing.log.1").read_text() == "old lines"
    assert (tmp_path / "thing.log").read_text() == ""


def test_failed_command_is_told_with_the_end_of_its_log(tmp_path):
    with pytest.raises(ServiceFailed, match=r"(?s)migrating failed: exit code 2.*no such table"):
        run_to_end(("sh", "-c", "echo no such table; exit 2"), os.environ, tmp_path / "x.log", "migrating")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_nothing_outlives_a_killed_supervisor(tmp_path):
    script = f"""
        import os, signal
        from pathlib import Path
        from uppsikt_services.process import Child, Service
        child = Child(Service("thing", {STAYS!r}, dict(os.environ), Path({str(tmp_path / "log")!r})))
        print(child.process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "script")}
    parent = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], env=environ, capture_output=True, text=True, check=False
    )

    assert parent.returncode == -signal.SIGKILL
    assert wait_until(lambda: not runs(int(parent.stdout)), 5)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_a_killed_run_left_is_found_by_the_data_it_serves(tmp_path):
    marked = subprocess.Popen(STAYS, env={**os.environ, MARK: str(tmp_path)})
    stranger = subprocess.Popen(STAYS, env={**os.environ, MARK: str(tmp_path / "other")})

    found = leftovers(tmp_path)

    for process in (marked, stranger):
        process.kill()
        process.wait()
    assert found == [marked.pid]


def runs(pid: int) -> bool:
    """Whether the process exists and is more than a dead entry that nobody has collected yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
