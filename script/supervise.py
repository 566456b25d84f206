"""Runs the whole of Uppsikt with demo data on this machine until Ctrl-C. Started by `script/server`."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from uppsikt_services.app import WEB_PORT, Ports, health, listens, services
from uppsikt_services.process import ServiceFailed, run_to_end, wait_until
from uppsikt_services.stores import start_stores
from uppsikt_services.supervisor import Supervisor
from uppsikt_services.surroundings import (
    ROOT,
    app_environ,
    leftovers,
    lock,
    missing_parts,
    secret_key,
    socket_folder,
)

READY_SECONDS = 120.0
LEFTOVER_SECONDS = 2.0
PAUSE_SECONDS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
POLICIES = ROOT / "governance" / "policies"


class StopAsked(BaseException):
    """Someone pressed Ctrl-C or sent a signal to stop."""


def main() -> int:
    """Runs until asked to stop (0) or until something cannot run (1)."""
    options = parse()
    os.umask(0o077)
    listen_for_stop()
    code = 0
    try:
        with own(options.data.resolve()) as data, socket_folder(data) as sockets, supervised() as supervisor:
            stores = start_stores(supervisor, data, sockets)
            serve(supervisor, data, stores, options)
    except StopAsked:
        pass
    except (ServiceFailed, OSError) as failure:
        say(f"\n{failure}")
        code = 1
    say("stopped")
    return code


def parse() -> argparse.Namespace:
    """The command line; an unknown policy is refused before anything starts."""
    shipped = sorted(path.stem for path in POLICIES.glob("*.toml"))
    parser = argparse.ArgumentParser(prog="script/server", description=__doc__)
    parser.add_argument("--port", type=int, default=WEB_PORT, help=f"where to listen, {WEB_PORT} if not stated")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the folder of everything kept")
    parser.add_argument("--policy", choices=shipped, metavar="KEY", help=f"one of: {', '.join(shipped)}")
    options = parser.parse_args()
    if not 0 < options.port < 65536:
        parser.error("--port is a number from 1 to 65535")
    return options


def listen_for_stop() -> None:
    """Makes Ctrl-C and its kin break off whatever is being waited for; `nohup` keeps its meaning."""
    for asked in STOP_SIGNALS:
        if asked is not signal.SIGHUP or signal.getsignal(asked) is not signal.SIG_IGN:
            signal.signal(asked, ask_to_stop)


def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    """Breaks off whatever the supervisor is waiting for."""
    raise StopAsked


def say(text: str) -> None:
    """Tells the terminal, if there still is one."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


@contextlib.contextmanager
def own(data: Path) -> Iterator[Path]:
    """Holds the data folder for this run alone, and ends what a killed run left behind."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock(data):
        if not wait_until(lambda: not leftovers(data), LEFTOVER_SECONDS):
            for pid in leftovers(data):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        yield data


@contextlib.contextmanager
def supervised() -> Iterator[Supervisor]:
    """A supervisor whose services are stopped at the end, undisturbed by a second Ctrl-C."""
    supervisor = Supervisor(say)
    try:
        yield supervisor
    finally:
        for asked in STOP_SIGNALS:
            signal.signal(asked, signal.SIG_IGN)
        if supervisor.children:
            say("stopping")
        supervisor.stop()


def serve(supervisor: Supervisor, data: Path, stores: dict[str, str], options: argparse.Namespace) -> None:
    """Starts the app in order, says when it is ready, and keeps everything up."""
    ports = Ports.choose(options.port, data)
    if ports.web != options.port:
        say(f"port {options.port} is taken: using {ports.web}")
    environ = app_environ(data) | stores | ports.environ() | {"SECRET_KEY": secret_key(data)}
    for part in missing_parts(environ["CHROMIUM_PATH"]):
        say(part)
    prepare(environ, options.policy, data)
    for service in services(environ, ports, data):
        supervisor.start(service)
    wait_ready(supervisor, ports, data)
    say(f"ready http://localhost:{ports.web}")
    say(logins(environ))
    while True:
        time.sleep(PAUSE_SECONDS)
        supervisor.watch()


def prepare(environ: Mapping[str, str], policy: str | None, data: Path) -> None:
    """Migrates, loads the demo, collects static files."""
    command = [sys.executable, str(ROOT / "script" / "prepare.py"), *(["--policy", policy] if policy else [])]
    run_to_end(command, environ, data / "log" / "prepare.log", "preparing the database")


def wait_ready(supervisor: Supervisor, ports: Ports, data: Path) -> None:
    """Returns when all parts answer; raises ServiceFailed with what /healthz says when they do not."""
    end = time.monotonic() + READY_SECONDS
    while not (listens(ports.mail) and listens(ports.platform) and health(ports.web)[0] == 200):
        if time.monotonic() > end:
            status, text = health(ports.web)
            raise ServiceFailed(f"Not ready in {READY_SECONDS:.0f} s. /healthz: {status} {text}\nLogs: {data / 'log'}")
        time.sleep(PAUSE_SECONDS)
        supervisor.watch()


def logins(environ: Mapping[str, str]) -> str:
    """The demo logins, as the app tells them."""
    command = [sys.executable, str(ROOT / "manage.py"), "demo_logins"]
    answer = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)
    return answer.stdout or f"The demo logins could not be read:\n{answer.stderr}"


if __name__ == "__main__":
    sys.exit(main())
