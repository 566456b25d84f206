"""Kill the browser, the child or the worker: one outcome, and nobody left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.capture.engine import ROOT, CaptureFailed
from tests.capture.conftest import family, gone

WORKER = """
import sys
from pathlib import Path
from archive.capture.engine import capture
capture(sys.argv[1], Path(sys.argv[2]), allowed_host=sys.argv[3], progress=lambda *told: print(*told, flush=True))
"""


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def kill(word: str, without: str = "--type=") -> None:
    """Kill the descendants of this test whose command holds the word; Debian starts the browser through a shell."""
    for pid in family(os.getpid()):
        if word in command(pid) and without not in command(pid):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("--remote-debugging-pipe", "/lekebergskommun/flode"),
        ("archive.capture.child", "/lekebergskommun/flode"),
        ("run-driver", "/lekebergskommun/flode"),
    ],
    ids=["browser", "child", "driver"],
)
def test_killed_part_ends_the_capture_as_crashed(shoot, word, path):
    killed = []

    def progress(percent: int, phase: str) -> None:
        if phase == "scroll" and not killed:
            killed.append(percent)
            kill(word)

    with pytest.raises(CaptureFailed) as caught:
        shoot(path, progress=progress)

    assert killed
    assert (caught.value.code, caught.value.retry) == ("crashed", True)


@pytest.mark.parametrize("phase", ["open", "picture", "phone", "write"])
def test_child_that_is_killed_in_any_phase_leaves_no_file(shoot, tmp_path, phase):
    killed = []

    def progress(percent: int, now: str) -> None:
        if now == phase and percent and not killed:
            killed.append(percent)
            kill("archive.capture.child")

    # Killed at the very end it may have answered already: then everything is there.
    try:
        shot = shoot("/_prov/plain", progress=progress)
    except CaptureFailed as failure:
        assert failure.code == "crashed"
        assert not list((tmp_path / "out").iterdir())
    else:
        assert phase in {"phone", "write"}
        assert all(file.path.stat().st_size for file in shot.files)
    assert killed


def test_killed_renderer_ends_the_capture_as_crashed(shoot):
    killed = []

    def progress(percent: int, phase: str) -> None:
        if phase == "scroll" and not killed:
            killed.append(percent)
            kill("--type=renderer", without="nothing")

    with pytest.raises(CaptureFailed) as caught:
        shoot("/lekebergskommun/flode", progress=progress)

    assert caught.value.code == "crashed"


class Stop(Exception):
    pass


def test_capture_stops_when_progress_says_so(shoot, tmp_path):
    def progress(percent: int, phase: str) -> None:
        if phase == "scroll":
            raise Stop

    with pytest.raises(Stop):
        shoot("/lekebergskommun", progress=progress)

    assert not list((tmp_path / "out").iterdir())


def test_killed_worker_takes_its_browser_with_it(chromium, torget, tmp_path):
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, f"http://{torget.host}/lekebergskommun", str(tmp_path), torget.host],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with worker:
        next(line for line in worker.stdout if "scroll" in line)
        left = family(worker.pid)
        worker.kill()

    assert len(left) > 3
    assert all(gone(pid, 10) for pid in left)
    assert not list(tmp_path.glob("uppsikt-capture-*"))


def test_secrets_of_the_application_do_not_reach_the_browser(shoot, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "mycket-hemligt")
    seen = []

    def progress(percent: int, phase: str) -> None:
        if phase == "scroll" and not seen:
            for pid in family(os.getpid()):
                seen.append(Path(f"/proc/{pid}/environ").read_bytes())

    shoot("/_prov/plain", progress=progress)

    assert len(seen) > 3
    assert not any(b"mycket-hemligt" in environment for environment in seen)
