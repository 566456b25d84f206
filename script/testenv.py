"""Runs a command with a throw-away PostgreSQL and Valkey: `testenv.py pytest -n 2`.

Started by `script/test`.
"""

import contextlib
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from uppsikt_services.process import ServiceFailed, spawn
from uppsikt_services.stores import start_stores
from uppsikt_services.supervisor import Supervisor
from uppsikt_services.surroundings import app_environ, credential_key


def main(command: list[str]) -> int:
    """The command's own exit code; 1 when the services cannot start."""
    signal.signal(signal.SIGTERM, ask_to_stop)
    try:
        with environment() as environ:
            return run(command, environ)
    except ServiceFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    """Lets a signal to stop take the same way as Ctrl-C."""
    raise KeyboardInterrupt


@contextlib.contextmanager
def environment() -> Iterator[dict[str, str]]:
    """The environment of a test run; its services and files are gone when it ends."""
    # A socket's path has at most 107 bytes: the folder's name must stay short.
    folder = Path(tempfile.mkdtemp(prefix="uppsikt-", dir="/tmp"))
    supervisor = Supervisor(print)
    try:
        stores = start_stores(supervisor, folder, folder, throw_away=True)
        made = {"SECRET_KEY": secrets.token_urlsafe(50), "CREDENTIAL_KEYS": credential_key()}
        yield app_environ(folder / "data") | stores | made
    finally:
        supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str], environ: Mapping[str, str]) -> int:
    """Runs the command to its end and answers its exit code, as a shell would."""
    process = spawn(command, environ, signal.SIGTERM)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(sys.argv[1:]))
