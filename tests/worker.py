"""A real Celery worker in a process of its own, on the tests' broker and database, with a queue nobody else reads."""

import os
import queue
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

PATIENCE = 60  # seconds without a line from the worker before the test gives up


class Worker:
    """Sends tasks to the process and reads what it says about them."""

    def __init__(self, process: subprocess.Popen, name: str) -> None:
        self.process, self.name = process, name
        self.lines: queue.Queue[str] = queue.Queue()
        Thread(target=self._read, daemon=True).start()

    def do(self, *tasks, **kwargs) -> None:
        """Send the tasks one right after another, and wait until each of them has succeeded."""
        for task in tasks:
            task.apply_async(kwargs=kwargs, queue=self.name)
        self.wait_for(" succeeded in ", len(tasks))

    def wait_for(self, words: str, times: int = 1) -> None:
        """Wait until the process has said `words` so many times."""
        seen: list[str] = []
        while times:
            line = self.lines.get(timeout=PATIENCE)
            seen.append(line)
            assert " raised " not in line, "".join(seen)
            times -= words in line

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)


@contextmanager
def worker() -> Iterator[Worker]:
    """Start a worker with two processes of work; it is gone when the block ends."""
    name = f"test-{uuid.uuid4()}"
    celery = [sys.executable, "-m", "celery", "-A", "governance", "worker", "--loglevel", "INFO"]
    surroundings = {**os.environ, "DATABASE_URL": _database(), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*celery, "-Q", name, "-c", "2", "-n", f"{name}@test", "--without-gossip", "--without-mingle"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings,
    )
    try:
        running = Worker(process, name)
        running.wait_for(" ready.")
        yield running
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


def _database() -> str:
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
