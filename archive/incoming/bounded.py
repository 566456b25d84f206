"""Has a file from outside read in a process of its own, and answers what came of it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from archive.incoming import limits
from archive.incoming.child import ANSWER

ROOT = Path(__file__).resolve().parents[2]
# The process reads what strangers wrote: secrets of the application are not passed on to it.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
TOO_MUCH = "too_much"


def have(do: str, path: Path, folder: Path) -> dict[str, Any]:
    """Answer what the child found; {"refused": why} where it found nothing, or was ended for want of time or memory.

    What it wrote to the folder before it was ended lies there.
    """
    order = json.dumps({"do": do, "path": str(path), "folder": str(folder), "seconds": limits.SECONDS}).encode() + b"\n"
    (folder / ANSWER).unlink(missing_ok=True)
    try:
        subprocess.run(
            [sys.executable, "-m", "archive.incoming.child"],
            input=order,
            cwd=folder,
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.SECONDS + 10,
            check=False,
            start_new_session=True,
        )
        return json.loads((folder / ANSWER).read_text(encoding="utf-8"))
    except (subprocess.TimeoutExpired, FileNotFoundError, ValueError):
        return {"refused": TOO_MUCH}


def _environment(folder: Path) -> dict[str, str]:
    passed = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    return passed | {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
