"""Under which user PostgreSQL runs: it refuses to be root, and a demo should not need a user of its own."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from uppsikt_services.process import ServiceFailed

NOBODY = 65534
UNSHARE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
PASSES_FOLDERS = tuple(f"--{kind}=-all,+dac_override" for kind in ("inh-caps", "ambient-caps", "bounding-set"))
COPIES = Path("/var/tmp")


class Way(Enum):
    """The ways to start PostgreSQL, in order of choice."""

    PLAIN = "as the user who starts it"
    NAMESPACE = "root, seen as nobody in a user namespace"
    PASSING = "nobody, who may pass closed folders on the way to the data"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Identity:
    """How to start a server that refuses root, and whose its files must be."""

    way: Way

    @classmethod
    def choose(cls) -> "Identity":
        """The first way that works here; raises ServiceFailed when none does."""
        if os.geteuid() != 0:
            return cls(Way.PLAIN)
        for way in (Way.NAMESPACE, Way.PASSING, Way.NOBODY):
            if _works([*cls(way).prefix("KILL"), "true"]):
                return cls(way)
        raise ServiceFailed(
            "PostgreSQL refuses to run as root, and here it can run neither in a user namespace nor as "
            "`nobody`. Start this as an ordinary user, or set DATABASE_URL to a server of your own."
        )

    def prefix(self, death_signal: str) -> list[str]:
        """What stands before the command. A change of user forgets the parent-death signal: set it again."""
        match self.way:
            case Way.PLAIN:
                return []
            case Way.NAMESPACE:
                return [*UNSHARE]
            case Way.PASSING:
                return [*SETPRIV, *PASSES_FOLDERS, f"--pdeathsig={death_signal}", "--"]
            case Way.NOBODY:
                return [*SETPRIV, f"--pdeathsig={death_signal}", "--"]

    def own(self, folder: Path) -> None:
        """Gives a folder and all in it to the user the server runs as, whichever way made it before."""
        if self.way is Way.PLAIN:
            return
        owner = 0 if self.way is Way.NAMESPACE else NOBODY
        if folder.stat().st_uid != owner:
            # The folder itself comes last: what was interrupted is done again.
            for path in (*folder.rglob("*"), folder):
                os.chown(path, owner, owner, follow_symlinks=False)
        if self.way is Way.NOBODY:
            _open_the_way(folder)

    def reachable(self, binaries: Path) -> Path:
        """The folder to start the binaries from: a copy, made once, where `nobody` cannot reach them."""
        if self.way in {Way.PLAIN, Way.NAMESPACE} or not _closed_above(binaries):
            return binaries
        package = binaries.parent.parent
        mark = hashlib.sha256(f"{binaries}{binaries.stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = COPIES / f"uppsikt-{mark}"
        copy.mkdir(exist_ok=True)
        # All may write in that folder: what another user put there is not what we start.
        if copy.is_symlink() or copy.stat().st_uid != os.geteuid():
            raise ServiceFailed(f"{copy} belongs to someone else; remove it.")
        if not (copy / "complete").exists():
            for folder in (package, package.with_name(f"{package.name}.libs")):
                if folder.exists():
                    shutil.copytree(folder, copy / folder.name, symlinks=True, dirs_exist_ok=True)
            copy.chmod(0o755)
            (copy / "complete").touch()
        return copy / binaries.relative_to(package.parent)


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _open_the_way(folder: Path) -> None:
    """Lets others pass (not read) the folder right above; everything in it is closed by its own mode."""
    folder.parent.chmod(0o711)
    if closed := _closed_above(folder):
        raise ServiceFailed(f"PostgreSQL runs as `nobody` here, which may not pass {closed}: use another --data.")


def _closed_above(folder: Path) -> Path | None:
    """The outermost folder on the way that others may not pass."""
    return next((above for above in reversed(folder.parents) if not above.stat().st_mode & 0o001), None)
