"""One child process that never outlives its parent: started, waited for, ended."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

POLL_SECONDS = 0.05
READY_SECONDS = 30.0
LOG_BYTES = 10_000_000
LOG_LINES_SHOWN = 15
PR_SET_PDEATHSIG = 1

_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class ServiceFailed(Exception):
    """A service did not start or did not stay up; the text says why, in words for a person at a terminal."""


@dataclass(frozen=True)
class Service:
    """What to run, where it logs, how one sees that it is ready, and how it wants to be ended."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    ready: Callable[[], bool] = lambda: True
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    death_signal: signal.Signals = signal.SIGKILL


class Child:
    """A running service. It leads a process group of its own: Ctrl-C reaches it through its parent only."""

    def __init__(self, service: Service) -> None:
        self.service = service
        rotate(service.log)
        with service.log.open("ab") as log:
            self.process = spawn(service.command, service.environ, service.death_signal, log, own_group=True)

    def ended(self) -> str:
        """How the process ended, in words; empty while it runs."""
        code = self.process.poll()
        if code is None:
            return ""
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Returns when the service is ready; raises ServiceFailed when it ends or takes too long."""
        wait_until(lambda: bool(self.ended()) or self.service.ready(), seconds)
        if why := self.ended():
            raise ServiceFailed(f"{self.service.name} did not start: {why}\n{tail(self.service.log)}")
        if not self.service.ready():
            raise ServiceFailed(f"{self.service.name} was not ready in {seconds:.0f} s\n{tail(self.service.log)}")

    def stop(self) -> None:
        """Asks the process to end, waits its time, then ends what is left of its group."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(self.service.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.service.stop_seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def spawn(
    command: Sequence[str],
    environ: Mapping[str, str],
    death_signal: signal.Signals,
    log: IO[bytes] | None = None,
    own_group: bool = False,
) -> subprocess.Popen[bytes]:
    """Starts a process that gets `death_signal` when this one dies, however it dies (on Linux)."""
    return subprocess.Popen(
        list(command),
        env=dict(environ),
        stdin=subprocess.DEVNULL if log else None,
        stdout=log,
        stderr=subprocess.STDOUT if log else None,
        start_new_session=own_group,
        preexec_fn=lambda: _die_with_parent(death_signal),  # noqa: PLW1509 - there is one thread here
    )


def _die_with_parent(death_signal: signal.Signals) -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, int(death_signal))


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Polls `done` until it holds or the time is up; says whether it held."""
    end = time.monotonic() + seconds
    while not (held := done()) and time.monotonic() < end:
        time.sleep(POLL_SECONDS)
    return held


def rotate(log: Path) -> None:
    """Sets a log that has grown large aside as `.1`, replacing the one set aside before."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def tail(log: Path) -> str:
    """The last lines of a log, indented, with where to read the rest."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    lines = [f"    {line}" for line in text.splitlines()[-LOG_LINES_SHOWN:]]
    return "\n".join([*lines, f"    (the whole log: {log})"])


def run_to_end(command: Sequence[str], environ: Mapping[str, str], log: Path, name: str) -> None:
    """Runs a command that ends by itself, its output in a log; raises ServiceFailed when it fails."""
    rotate(log)
    with log.open("ab") as output:
        process = spawn(command, environ, signal.SIGKILL, output)
    try:
        code = process.wait()
    finally:
        process.kill()
    if code:
        raise ServiceFailed(f"{name} failed: exit code {code}\n{tail(log)}")
