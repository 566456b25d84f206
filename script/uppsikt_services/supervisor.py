"""Several services in order: started one after the other, restarted when they crash, stopped in reverse."""

import time
from collections import defaultdict, deque
from collections.abc import Callable

from uppsikt_services.process import Child, Service, ServiceFailed, tail

RESTARTS = 3
WINDOW_SECONDS = 60.0


class Supervisor:
    """Keeps services up. `say` gets each thing a person should read."""

    def __init__(
        self,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.say = say
        self.clock = clock
        self.pause = pause
        self.children: list[Child] = []
        self.crashes: dict[str, deque[float]] = defaultdict(deque)

    def start(self, service: Service) -> None:
        """Starts a service and returns when it is ready; raises ServiceFailed when it is not."""
        child = Child(service)
        self.children.append(child)
        child.wait_ready()

    def started(self, service: Service) -> Service:
        """Starts a service, and answers it."""
        self.start(service)
        return service

    def watch(self) -> None:
        """Looks once after every child: restarts what crashed, raises ServiceFailed at one too often."""
        for place, child in enumerate(self.children):
            if why := child.ended():
                self.children[place] = self._restart(child, why)

    def _restart(self, child: Child, why: str) -> Child:
        service = child.service
        count = self._count_crash(service.name)
        if count > RESTARTS:
            raise ServiceFailed(f"{service.name} ended {count} times in a minute ({why})\n{tail(service.log)}")
        self.say(f"{service.name} ended ({why}); restart {count} of {RESTARTS}. Its log: {service.log}")
        # What the dead process left behind (its own children, its locks) gets a moment to go as well.
        child.stop()
        self.pause(count * 0.5)
        again = Child(service)
        again.wait_ready()
        return again

    def _count_crash(self, name: str) -> int:
        recent = self.crashes[name]
        recent.append(self.clock())
        while recent[0] <= recent[-1] - WINDOW_SECONDS:
            recent.popleft()
        return len(recent)

    def stop(self) -> None:
        """Stops everything, the last started first."""
        while self.children:
            self.children.pop().stop()
