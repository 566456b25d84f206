"""The processes of one capture: found wherever they went, weighed, and ended to the last."""

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

# The variable that every process of a capture inherits.
MARK = "UPPSIKT_CAPTURE"
PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
END_SECONDS = 5.0
LOOK_SECONDS = 0.02
ZOMBIE = "Z"
PR_SET_CHILD_SUBREAPER = 36


def family(root: int, mark: str) -> set[int]:
    """Return the living processes that descend from `root` or carry `mark` ("NAME=value") in their environment.

    Both are needed: the browser starts a session of its own and loses its parents one by one, and its
    sandboxed helpers hide their environment.
    """
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    found = {pid for pid in parents if pid == root or _is_marked(pid, mark.encode())}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def end(root: int, mark: str) -> set[int]:
    """Kill the family until nobody is left; return who still lives after END_SECONDS."""
    deadline = time.monotonic() + END_SECONDS
    while living := family(root, mark):
        for pid in living:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            break
        time.sleep(LOOK_SECONDS)
    return living


def adopt_orphans() -> None:
    """Become the parent of every descendant that loses its own, so that it can be buried here (Linux only)."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury() -> None:
    """Take leave of every child that has ended; in a container nobody else does."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def memory(pids: set[int]) -> int:
    """Return the resident bytes of these processes together; shared pages count once for each."""
    return sum(_resident(pid) for pid in pids)


def shared_once(pids: set[int]) -> int:
    """Return the bytes of these processes together, what they share divided among them; slower than `memory`."""
    return sum(_proportional(pid) for pid in pids)


def _pids() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int | None:
    """The parent's id, or None when the process is gone or only waits to be buried."""
    try:
        fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == ZOMBIE else int(fields[1])


def _is_marked(pid: int, mark: bytes) -> bool:
    try:
        return mark in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _resident(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
