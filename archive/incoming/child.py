"""The process in which files from outside are read: `python -m archive.incoming.child`, started by bounded.py.

Reads one line of JSON on standard input: {"do", "path", "folder", "seconds"}. Writes what it found to `svar.json`.
It has little memory, little time, no secrets, and knows neither the database nor the archive.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.incoming import limits

ANSWER = "svar.json"


def main() -> None:
    """Carry out the order."""
    order = json.loads(sys.stdin.readline())
    _bound(order["seconds"])
    folder = Path(order["folder"])
    try:
        answer = DO[order["do"]](Path(order["path"]), folder)
    except MemoryError:
        answer = {"refused": "too_much"}
    except Exception as error:  # whatever a hostile file brings about, it is this file that is refused
        answer = {"refused": type(error).__name__.lower()}
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")


def _bound(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.LARGEST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.alarm(seconds + 5)  # also where the parent is gone


def _pdf(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import documents  # noqa: PLC0415 - only this order loads the library

    return documents.check(path)


def _pages(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import documents  # noqa: PLC0415

    documents.draw(path, folder)
    return {}


def _first(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import documents  # noqa: PLC0415

    documents.draw(path, folder, most=1)
    return {}


def _heic(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import heic  # noqa: PLC0415

    return heic.draw(path, folder / "bild.jpg")


def _html(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import webtext  # noqa: PLC0415

    title, text = webtext.of_html(_read(path, limits.READ_OF_PAGE))
    return {"facts": {"title": title} if title else {}, "text": text}


def _mhtml(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import webtext  # noqa: PLC0415

    facts, text = webtext.of_mhtml(_read(path, limits.READ_OF_PAGE))
    return {"facts": facts, "text": text}


def _json(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import webtext  # noqa: PLC0415

    if path.stat().st_size > limits.READ_OF_DATA:
        return {"facts": {"unread": True}, "text": ""}
    text = webtext.of_json(path.read_bytes())
    return {"refused": "valueerror"} if text is None else {"facts": {}, "text": text}


def _zip(path: Path, folder: Path) -> dict[str, Any]:
    from archive.incoming import packs  # noqa: PLC0415

    facts, text = packs.look(path)
    return {"facts": facts, "text": text}


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


DO: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "pdf": _pdf,
    "pages": _pages,
    "first": _first,
    "heic": _heic,
    "html": _html,
    "mhtml": _mhtml,
    "json": _json,
    "zip": _zip,
}

if __name__ == "__main__":
    main()
