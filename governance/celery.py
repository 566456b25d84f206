"""The Celery application, its static schedule and the signs of life that /healthz reads."""

import os

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, worker_ready

from governance import lifesigns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")

app = Celery("uppsikt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class HeartbeatScheduler(PersistentScheduler):
    """The usual scheduler, which also says that it is alive each time it looks at the clock."""

    def tick(self, *args, **kwargs) -> float:
        lifesigns.leave("beat")
        return super().tick(*args, **kwargs)


@worker_ready.connect
@heartbeat_sent.connect
def say_alive(sender=None, **kwargs) -> None:
    """Note that a worker of this process's queue is alive (sent by the worker itself every few seconds)."""
    lifesigns.leave(os.environ.get("UPPSIKT_WORKER", "worker"))
