"""The process of one capture: `python -m archive.capture.child`, started and ended by engine.py.

Reads one line of JSON, the order, on standard input, and answers in lines of JSON on standard output.
When it has answered, or when standard input closes because the parent is gone or has had enough, it ends
every process it started, buries them, removes its folder and goes.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from threading import Thread
from typing import Any, NoReturn

from archive.capture import processes
from archive.capture.failures import CaptureFailed, kind_of
from archive.capture.shoot import shoot


def main() -> None:
    """Carry out the order and tell how it went, in the last line."""
    # Kept for the answers alone: whatever a library prints goes with the errors.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    processes.adopt_orphans()
    order = json.loads(sys.stdin.readline())
    Thread(target=_end_with_parent, daemon=True, name="parent").start()

    def tell(line: dict[str, Any]) -> None:
        try:
            answers.write(json.dumps(line) + "\n")
            answers.flush()
        except BrokenPipeError:
            end()

    def progress(percent: int, phase: str) -> None:
        tell({"percent": percent, "phase": phase})

    def give_up(failure: CaptureFailed) -> NoReturn:
        told = {"detail": failure.detail, "retry": failure.retry, "wait_seconds": failure.wait_seconds}
        tell({"failed": failure.code, **told})
        end()

    try:
        tell({"files": shoot(order, progress, give_up)})
    except Exception as error:
        give_up(_failure(error))
    end()


def _failure(error: Exception) -> CaptureFailed:
    if isinstance(error, CaptureFailed):
        return error
    traceback.print_exc()
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return CaptureFailed("disk_full" if full else "internal", kind_of(error))


def end() -> NoReturn:
    """Go, and leave nothing: no goodbye to the browser, which may no longer answer."""
    processes.end(os.getpid(), f"{processes.MARK}={os.environ[processes.MARK]}")
    processes.bury()
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os._exit(0)


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    end()


if __name__ == "__main__":
    main()
