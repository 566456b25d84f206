"""Waking the worker. The row is the order and the queue only a bell, so one ring is enough for any number of orders."""

import logging

from django.core.cache import cache

from governance.celery import app

logger = logging.getLogger(__name__)

# A ring that was lost with the broker holds back others for this long; the sweep comes every minute anyway.
QUIET_SECONDS = 20


def ring(task: str) -> None:
    """Wake the worker for a task without arguments, unless it was woken for it and has not come yet."""
    try:
        if cache.add(_key(task), True, QUIET_SECONDS):
            app.send_task(task, ignore_result=True, retry=False)
    except Exception:  # the bell may be broken: the row is the order, and the sweep will find it
        logger.warning("the worker could not be woken; the sweep takes over")


def heard(task: str) -> None:
    """Say that the worker has come and now looks; what is ordered from here on rings anew."""
    cache.delete(_key(task))


def _key(task: str) -> str:
    return f"bell:{task}"
