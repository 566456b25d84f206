"""Runs the whole of Uppsikt on this machine until Ctrl-C, with demo data or empty. Started by `script/server`."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import FrameType

from uppsikt_services.app import WEB_PORT, Ports, health, listens, services
from uppsikt_services.process import ServiceFailed, run_to_end, wait_until
from uppsikt_services.stores import start_stores
from uppsikt_services.supervisor import Supervisor
from uppsikt_services.surroundings import (
    ROOT,
    app_environ,
    credential_keys,
    keep_apart,
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
EMPTY_DATA = ROOT / "data" / "empty"


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
            keep_apart(data, demo=not options.empty)
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
    parser.add_argument("--data", type=Path, help="the folder of everything kept: data, or data/empty with --empty")
    parser.add_argument("--policy", choices=shipped, metavar="KEY", help=f"one of: {', '.join(shipped)}")
    parser.add_argument("--empty", action="store_true", help="no demo: begin with a first page and a one-time code")
    options = parser.parse_args()
    if options.empty and options.policy:
        parser.error("--policy is the demo's; with --empty it is chosen on the first page")
    options.data = options.data or (EMPTY_DATA if options.empty else ROOT / "data")
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
    kept = {"SECRET_KEY": secret_key(data), "CREDENTIAL_KEYS": credential_keys(data)}
    demo = not options.empty
    environ = app_environ(data, demo=demo) | stores | ports.environ(demo=demo) | kept
    for part in missing_parts(environ["CHROMIUM_PATH"]):
        say(part)
    prepare(environ, options, data)
    started = [supervisor.started(service).name for service in services(environ, ports, data)]
    wait_ready(supervisor, ports.inside(started), ports.web, data)
    say(f"ready http://localhost:{ports.web}")
    if options.empty and "mail" in started:
        say(f"EMAIL_HOST is not set: mail goes nowhere, and lies in {environ['UPPSIKT_MAIL_DIR']}")
    say(told(environ, "setup_code" if options.empty else "demo_logins"))
    while True:
        time.sleep(PAUSE_SECONDS)
        supervisor.watch()


def prepare(environ: Mapping[str, str], options: argparse.Namespace, data: Path) -> None:
    """Migrates, loads the demo where there is to be one, collects static files."""
    asked = ["--empty"] if options.empty else ["--policy", options.policy] if options.policy else []
    command = [sys.executable, str(ROOT / "script" / "prepare.py"), *asked]
    run_to_end(command, environ, data / "log" / "prepare.log", "preparing the database")


def wait_ready(supervisor: Supervisor, inside: Collection[int], web: int, data: Path) -> None:
    """Returns when all parts answer; raises ServiceFailed with what /healthz says when they do not."""
    end = time.monotonic() + READY_SECONDS
    while not (all(map(listens, inside)) and health(web)[0] == 200):
        if time.monotonic() > end:
            status, text = health(web)
            raise ServiceFailed(f"Not ready in {READY_SECONDS:.0f} s. /healthz: {status} {text}\nLogs: {data / 'log'}")
        time.sleep(PAUSE_SECONDS)
        supervisor.watch()


def told(environ: Mapping[str, str], name: str) -> str:
    """What a command of the app tells a person who starts it: the demo's logins, or how to begin."""
    command = [sys.executable, str(ROOT / "manage.py"), name]
    answer = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)
    return answer.stdout if answer.returncode == 0 else f"{name} could not be run:\n{answer.stderr}"


if __name__ == "__main__":
    sys.exit(main())
