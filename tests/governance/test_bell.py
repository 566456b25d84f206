"""The bell: one ring wakes the worker for any number of orders, and a broken bell loses none of them."""

import pytest

from governance import bell
from governance.celery import app

TASK = "governance.tasks.run_follow_ups"


@pytest.fixture
def sent(monkeypatch):
    calls: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, **options: calls.append(name))
    return calls


def test_many_orders_ring_once_until_the_worker_has_come(sent):
    for _ in range(100):
        bell.ring(TASK)
    assert sent == [TASK]

    bell.heard(TASK)
    bell.ring(TASK)

    assert sent == [TASK, TASK]


def test_a_broken_bell_is_no_error_for_who_ordered(monkeypatch):
    def broken(name, **options):
        raise ConnectionError

    monkeypatch.setattr(app, "send_task", broken)

    bell.ring(TASK)
