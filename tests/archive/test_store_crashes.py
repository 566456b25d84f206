"""Killed at any line (SIGKILL, in its own process, on the real database): no row without its file, no file uncounted.

What a killed process leaves is counted (a note, an order), and the sweep clears it away a day later.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

import pytest
import time_machine
from django.db import connection

from archive import loose, store
from archive.backups import database
from archive.models import Discard, LooseFile, Record, RecordFile
from archive.trust import seals, shelves, verifying
from governance import clock
from tests.archive.factories import SnapshotFactory, kept

pytestmark = pytest.mark.django_db(transaction=True)

# Where a line may be the last: all that moves files and rows.
WATCHED = ("archive/store.py", "archive/storage.py", "archive/keeping.py", "archive/loose.py")
LEAKED = []  # the parent's connection is never closed by a child
LATER = timedelta(days=1, minutes=1)


class Lines:
    """Counts the lines that run in the watched files, and kills the process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.number, self.last = 0, last

    def __call__(self, frame: FrameType, event: str, _arg: object) -> "Lines | None":
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        if event == "line":
            self.number += 1
            if self.number == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def killed_at(line: int | None, work: Callable[[], object]) -> int:
    """Do some work in a process that is killed at its so-manieth line; answer how many lines it came to, or -9."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        LEAKED.append(connection.connection)
        connection.connection = None
        lines = Lines(line)
        sys.settrace(lines)
        try:
            work()
        finally:
            sys.settrace(None)
            os.write(write, str(lines.number).encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        count = told.read()
    _pid, status = os.waitpid(child, 0)
    _rolled_back()
    return -signal.SIGKILL if os.WIFSIGNALED(status) else int(count)


def _rolled_back() -> None:
    """Wait until the database has noticed that the process is gone, and let go of what it held."""
    with connection.cursor() as cursor:
        for _time in range(1000):
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                " and backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
            cursor.execute("select pg_sleep(0.005)")
    raise AssertionError("a dead process still holds a connection")


def assert_counted() -> None:
    """Every row has its whole file, and every file its row, its note or its order."""
    for file in RecordFile.objects.all():
        with store.read(file) as content:
            assert store.digest(content) == (file.size, file.sha256)
    assert shelves.unknown(list(store.storage().walk())) == []


def swept() -> None:
    """A day later: everything that was left over is gone, and what was kept is whole."""
    with time_machine.travel(clock.now() + LATER, tick=False):
        loose.sweep()
        loose.sweep()
        while seals.seal():
            continue
        assert not LooseFile.objects.exists()
        assert not Discard.objects.filter(done_at=None).exists()
        assert verifying.whole().found == 0
    names = {store.place(*place) for place in RecordFile.objects.values_list("sha256", "prefix")}
    assert {name for name in store.storage().walk() if not name.startswith("incoming/")} == names


def drill(begin: Callable[[int], Callable[[], object]], step: int) -> int:
    """Do fresh work over and over, each time killed so many lines later; answer how often it was killed."""
    deaths = 0
    for line in range(1, 5000, step):
        work = begin(line)
        died = killed_at(line, work) == -signal.SIGKILL
        assert_counted()
        if not died:
            break
        deaths += 1
    swept()
    return deaths


def test_killed_while_a_record_is_being_made():
    snapshot = SnapshotFactory(done=True)
    made = iter([SnapshotFactory(done=True, account=snapshot.account) for _time in range(400)])

    def begin(line: int):
        mine = next(made)
        return lambda: kept(mine, {"text.txt": f"own {line}".encode(), "bild-001.jpg": b"shared by all"})

    assert drill(begin, 5) > 12
    assert Record.objects.exists()  # the one that was not killed any more


def test_killed_while_a_file_is_moved_apart():
    record = kept()
    names = [file.name for file in record.files.all()]

    def begin(line: int):
        file = record.files.get(name=names[line % len(names)])
        return lambda: store.move(file, "" if file.prefix else store.apart(record))

    assert drill(begin, 1) > 30


def test_killed_while_a_file_is_taken_out():
    def begin(line: int):
        stored = store.put(store.Item("x.txt", "text/plain", "x", f"to go {line}".encode()))
        store.named([stored])
        order = store.order_discard(stored.sha256)
        return lambda: store.discard(order)

    assert drill(begin, 1) > 15


def test_killed_while_what_is_left_over_is_swept_away():
    def begin(line: int):
        loose.sweep()  # what the one before left: this one has as much to do
        store.put(store.Item("x.txt", "text/plain", "x", f"left {line}".encode()))
        LooseFile.objects.update(made_at=clock.now() - LATER)
        return loose.sweep

    assert drill(begin, 2) > 15


def test_what_comes_in_is_never_taken_out_at_the_same_time():
    """The same content, kept by one and ordered out by another, again and again."""
    snapshots = [SnapshotFactory(done=True) for _time in range(25)]
    orders = [store.order_discard(store.describe(item()).sha256) for _time in range(60)]

    def keep() -> None:
        for snapshot in snapshots:
            kept(snapshot, {"bild-001.jpg": b"wanted"})

    def discard() -> None:
        for order in orders:
            store.discard(order)

    in_threads(keep, discard, discard)

    assert_counted()
    assert Record.objects.count() == 25


def test_nothing_is_taken_out_while_a_backup_is_made():
    store.named([store.put(item())])
    order = store.order_discard(store.describe(item()).sha256)
    gone = []

    with database.one_moment():
        in_threads(lambda: gone.append(store.discard(order)))
    gone.append(store.discard(order))

    assert gone == [False, True]


def item() -> store.Item:
    """Answer something that several want."""
    return store.Item("bild-001.jpg", "image/jpeg", "Bild", b"wanted")


def in_threads(*work: Callable[[], object]) -> None:
    """Do all this at once; what one fails with fails the test."""
    failed: list[BaseException] = []

    def run(one: Callable[[], object]) -> None:
        try:
            one()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
