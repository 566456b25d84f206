"""What the processes find around them: folders, ports, the secret key, a browser, and the environment."""

import base64
import contextlib
import ctypes.util
import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Container, Iterator
from pathlib import Path

from uppsikt_services.process import ServiceFailed

ROOT = Path(__file__).resolve().parents[2]
PORTS_TRIED = 50
CHROMIUM_COMMANDS = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_BINARIES = (
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/*/chrome",
)
# Each process carries the data folder it serves, so that a later run finds what a killed one left.
MARK = "UPPSIKT_SERVES"
# What PostgreSQL and Valkey have no use for, secrets first.
KIND_FILE = "kind"
KEPT_FOR_SERVERS = ("PATH", "HOME", "TMPDIR", "TZ")


def free_port(wanted: int, taken: Container[int] = ()) -> int:
    """The wanted port of this machine, or the next free one; raises ServiceFailed when there is none."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if port not in taken and all(_can_listen(*address, port) for address in loopback()):
            return port
    raise ServiceFailed(f"No free port from {wanted} on.")


def loopback() -> Iterator[tuple[socket.AddressFamily, str]]:
    """The addresses that `localhost` means here."""
    yield socket.AF_INET, "127.0.0.1"
    if _can_listen(socket.AF_INET6, "::1", 0):
        yield socket.AF_INET6, "::1"


def _can_listen(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError:
        return False
    return True


def find_chromium() -> str:
    """The path of a Chromium to take snapshots with; empty when there is none."""
    if stated := os.environ.get("CHROMIUM_PATH"):
        return stated
    for command in CHROMIUM_COMMANDS:
        if found := shutil.which(command):
            return found
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for kind in PLAYWRIGHT_BINARIES for path in sorted(downloads.glob(kind))), "")


def missing_parts(chromium: str) -> Iterator[str]:
    """What is off on this machine, each with how to get it, for a person to read."""
    if not chromium:
        yield "No Chromium: snapshots are off. Debian: apt install chromium-headless-shell libatomic1"
    elif not Path(chromium).is_file():
        yield f"CHROMIUM_PATH is {chromium}, which is no file: snapshots are off."
    if not ctypes.util.find_library("pango-1.0"):
        yield "No Pango: PDF is off. Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def secret_key(data: Path) -> str:
    """The installation's secret key, made once and readable by its owner alone."""
    return _made_once(data / "secret-key", secrets.token_urlsafe(50))


def credential_keys(data: Path) -> str:
    """The key of the vault of logins, likewise; several, with commas between, where somebody has rotated them."""
    return os.environ.get("CREDENTIAL_KEYS") or _made_once(data / "credential-keys", credential_key())


def credential_key() -> str:
    """A new key for the vault: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _made_once(kept: Path, text: str) -> str:
    if not kept.exists():
        fresh = kept.with_name(f"{kept.name}.new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            os.fsync(file.fileno())
        fresh.replace(kept)
    return kept.read_text().strip()


@contextlib.contextmanager
def socket_folder(data: Path) -> Iterator[Path]:
    """A closed folder, the same for the same data. Its name is short: a socket's path has 107 bytes."""
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = Path("/tmp") / f"uppsikt-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        folder = Path(tempfile.mkdtemp(prefix="uppsikt-", dir="/tmp"))
    folder.chmod(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def lock(data: Path) -> Iterator[None]:
    """Keeps a second supervisor off the same data; raises ServiceFailed when another was first."""
    with (data / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise ServiceFailed(f"{data} is already served by process {file.read()}.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def leftovers(data: Path) -> list[int]:
    """Processes of the app that an earlier, killed run left serving this data."""
    mark = f"{MARK}={data}".encode()
    return [int(process.name) for process in Path("/proc").glob("[0-9]*") if mark in _environ_of(process)]


def _environ_of(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def server_environ() -> dict[str, str]:
    """The environment of PostgreSQL and Valkey."""
    return {name: os.environ[name] for name in KEPT_FOR_SERVERS if name in os.environ} | {"LC_ALL": "C"}


def keep_apart(data: Path, *, demo: bool) -> None:
    """Marks a folder as the demo's or as a municipality's own; raises ServiceFailed where it is the other.

    A folder from before there were two kinds is the demo's.
    """
    mark = data / KIND_FILE
    asked = "demo" if demo else "empty"
    kind = mark.read_text().strip() if mark.is_file() else "demo" if (data / "postgres").is_dir() else asked
    if kind != asked:
        other = "demo data" if kind == "demo" else "a municipality's own data"
        raise ServiceFailed(f"{data} holds {other}. Name another folder with --data.")
    mark.write_text(kind)


def app_environ(data: Path, *, demo: bool = True) -> dict[str, str]:
    """The environment that every process of the app shares, wherever its services stand."""
    return os.environ | {
        MARK: str(data),
        "UPPSIKT_DATA_DIR": str(data),
        "DEBUG": "0",
        "UPPSIKT_DEMO": str(int(demo)),
        "CHROMIUM_PATH": find_chromium(),
        "UPPSIKT_MAIL_DIR": str(data / "mail"),
        "DJANGO_SETTINGS_MODULE": "governance.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
