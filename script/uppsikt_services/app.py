"""The processes of the app itself, in the order in which they start."""

import http.client
import os
import signal
import socket
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from uppsikt_services.process import Service
from uppsikt_services.surroundings import free_port, loopback

PYTHON = sys.executable
WEB_PORT, PLATFORM_PORT, MAIL_PORT = 8000, 8765, 8025
PLATFORM_PORT_FILE = "demo-platform-port"
CELERY = (PYTHON, "-m", "celery", "-A", "governance.celery")
HEALTH_SECONDS = 15.0
LOCAL_MAIL = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """Where the app, the demo platform and the demo's mail server listen on this machine."""

    web: int
    platform: int
    mail: int

    @classmethod
    def choose(cls, wanted: int, data: Path) -> "Ports":
        """The wanted ports, or for each that is taken the next free one.

        The demo platform keeps the port it had in this data folder: the demo's accounts stand at addresses on it.
        """
        web = free_port(wanted)
        remembered = data / PLATFORM_PORT_FILE
        kept = int(remembered.read_text()) if remembered.is_file() else PLATFORM_PORT
        platform = free_port(kept, taken={web})
        remembered.write_text(str(platform))
        return cls(web, platform, free_port(MAIL_PORT, taken={web, platform}))

    def environ(self, *, demo: bool = True) -> dict[str, str]:
        """What settings need to know of them. WebAuthn wants a host name, so `localhost` and no number.

        The demo's mail stays on this machine; without the demo it goes by the mail server that the environment names.
        """
        web = {"BASE_URL": f"http://localhost:{self.web}", "ALLOWED_HOSTS": "localhost,127.0.0.1"}
        mail = {"EMAIL_HOST": LOCAL_MAIL, "EMAIL_PORT": str(self.mail)}
        platform = {
            "DEMO_PLATFORM_URL": f"http://localhost:{self.platform}",
            "CAPTURE_ALLOWED_HOST": f"localhost:{self.platform}",
        }
        own_mail = not demo and os.environ.get("EMAIL_HOST")
        return web | ({} if own_mail else mail) | (platform if demo else {})

    def inside(self, started: Collection[str]) -> list[int]:
        """The ports of those of our own services, beside the web, that were started."""
        return [port for name, port in (("mail", self.mail), ("platform", self.platform)) if name in started]


def services(environ: Mapping[str, str], ports: Ports, data: Path) -> Iterator[Service]:
    """Mail server, platform, web, the two workers and the clock; they stop in the other direction.

    The platform is the demo's, and the mail server only where no other is named.
    """
    maildir, schedule = environ["UPPSIKT_MAIL_DIR"], data / "beat-schedule"
    clock = ["--scheduler=governance.celery:HeartbeatScheduler", f"--schedule={schedule}", "--pidfile="]
    commands = {
        "mail": [PYTHON, "-m", "governance.demo.smtpsink", f"--port={ports.mail}", f"--maildir={maildir}"],
        "platform": [PYTHON, "-m", "archive.demoplatform", f"--port={ports.platform}"],
        "web": _web(ports.web),
        "worker": _worker("worker", "celery", 2),
        "capture_worker": _worker("capture_worker", "capture", 2),
        "beat": [*CELERY, "beat", "--loglevel=INFO", *clock],
    }
    left_out = {
        "mail": environ.get("EMAIL_HOST", LOCAL_MAIL) != LOCAL_MAIL,
        "platform": environ.get("UPPSIKT_DEMO", "1") != "1",
    }
    for name, command in commands.items():
        if left_out.get(name):
            continue
        yield Service(
            name=name,
            command=command,
            # The name under which a worker gives its signs of life.
            environ={**environ, "UPPSIKT_WORKER": name},
            log=data / "log" / f"{name}.log",
            # gunicorn's quick stop: browsers keep connections open, and waiting for them helps nobody here.
            stop_signal=signal.SIGINT if name == "web" else signal.SIGTERM,
        )


def _web(port: int) -> list[str]:
    hosts = [f"[{host}]" if family is socket.AF_INET6 else host for family, host in loopback()]
    binds = [f"--bind={host}:{port}" for host in hosts]
    options = ["--workers=2", "--threads=4", "--no-control-socket", "--access-logfile=-"]
    return [PYTHON, "-m", "gunicorn", *binds, *options, "governance.wsgi:application"]


def _worker(name: str, queue: str, concurrency: int) -> list[str]:
    options = [f"--queues={queue}", f"--hostname={name}@%h", f"--concurrency={concurrency}"]
    return [*CELERY, "worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", *options]


def health(port: int) -> tuple[int, str]:
    """Status and text that /healthz answers; status 0 while nothing answers."""
    connection = http.client.HTTPConnection("localhost", port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def listens(port: int) -> bool:
    """Whether something accepts connections on this port of this machine."""
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True
