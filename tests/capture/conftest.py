"""Captures against Torget on loopback, with bounds small enough to wait for."""

import os
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.capture import browser, processes
from archive.capture.engine import Bounds, Capture, CaptureFailed, capture
from archive.demoplatform.server import Torget, running

MEGABYTE = 1024 * 1024
QUICK = {
    "open_seconds": 25.0,
    "quiet_seconds": 0.2,
    "feed_pause": 0.3,
    "images_seconds": 3.0,
    "silent_seconds": 30.0,
    "total_seconds": 60.0,
    "max_bytes": 40 * MEGABYTE,
}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine; without one the tests fail where CI is set, and say so elsewhere."""
    path = browser.find()
    if not path:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("no Chromium on this machine: install chromium-headless-shell or set CHROMIUM_PATH")
    return path


@pytest.fixture(scope="session")
def torget() -> Iterator[Torget]:
    """The made-up social network, on a free port."""
    with running() as server:
        yield server


@pytest.fixture
def shoot(chromium: str, torget: Torget, tmp_path: Path):
    """Capture a path of Torget within QUICK bounds; no process may be left, however it ends."""
    before = family(os.getpid())

    def shoot(path: str, progress=lambda percent, phase: None, known=None, **bounds) -> Capture:
        return capture(
            f"http://{torget.host}{path}",
            tmp_path / "out",
            allowed_host=torget.host,
            progress=progress,
            bounds=Bounds(**{**QUICK, **bounds}),
            known=known,
        )

    yield shoot
    assert family(os.getpid()) <= before


@pytest.fixture
def failing(shoot, tmp_path: Path):
    """Capture a path that must fail; return the failure, of which no file may be left."""

    def failing(path: str, **bounds) -> CaptureFailed:
        with pytest.raises(CaptureFailed) as caught:
            shoot(path, **bounds)
        assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
        return caught.value

    return failing


def family(pid: int) -> set[int]:
    """Return the living processes that descend from this one."""
    return processes.family(pid, f"{processes.MARK}=nobody") - {pid}


@contextmanager
def canary() -> Iterator[socket.socket]:
    """Listen on loopback for somebody who should never come; `visited` asks whether they did."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def visited(listening: socket.socket) -> bool:
    """Tell whether anybody has connected."""
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def gone(pid: int, seconds: float) -> bool:
    """Wait for the end of a process that is not ours."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)
