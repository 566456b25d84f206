"""Claiming an order: whoever only touches its row for a moment does not make the worker pass it by."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from archive.models import Snapshot
from archive.snapshots import runs
from governance.workflow import Refused, perform
from tests.archive.factories import SnapshotFactory
from tests.factories import person

LONGEST = 20.0


def in_thread(work: Callable[[], None]) -> threading.Thread:
    """Start work in a thread of its own, with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from pg_locks where not granted)")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_an_order_whose_row_is_held_for_a_moment_is_taken_all_the_same():
    snapshot = SnapshotFactory()
    held, let_go = threading.Event(), threading.Event()
    claimed: list[runs.Run | None] = []

    def hold() -> None:
        with transaction.atomic():
            Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
            held.set()
            let_go.wait(LONGEST)

    holder = in_thread(hold)
    assert held.wait(LONGEST)
    worker = in_thread(lambda: claimed.append(runs.claim(snapshot.pk)))
    while worker.is_alive() and not somebody_waits():
        worker.join(0.01)
    let_go.set()
    holder.join(LONGEST)
    worker.join(LONGEST)

    assert claimed[0] is not None


@pytest.mark.django_db
def test_a_second_picture_of_an_account_is_not_ordered_again_while_one_is_under_way():
    officer = person("communications_officer")
    cancelled = perform(SnapshotFactory(), "cancel", by=officer)
    SnapshotFactory(account=cancelled.account)

    with pytest.raises(Refused, match="redan på väg"):
        perform(cancelled, "retry", by=officer)
