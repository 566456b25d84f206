"""Captures a web page: starts a process for it, listens, and ends it when it is done or out of bounds.

A page can hang or crash a browser in more ways than can be listed. Therefore the browser, its driver and the
guard live and die with one child process, and the caller only waits for lines on a pipe, with a deadline.
"""

import json
import logging
import os
import selectors
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from archive.capture import browser, processes
from archive.capture.address import AddressRefused, check
from archive.capture.bounds import Bounds
from archive.capture.failures import CaptureFailed
from archive.capture.results import Capture, CapturedFile, Facts, Item, Verdict

__all__ = ["Bounds", "Capture", "CaptureFailed", "CapturedFile", "Facts", "Item", "Verdict", "capture"]

log = logging.getLogger(__name__)

Progress = Callable[[int, str], None]
ROOT = Path(__file__).resolve().parents[2]
# The browser reads what strangers wrote: secrets of the application are not passed on to it.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PLAYWRIGHT_NODEJS_PATH", "PYTHONDONTWRITEBYTECODE")
FILES = ("bild-*.jpg", "mobil-*.jpg", "text.txt", "textrader.json", "sida.mhtml", "fakta.json")
PICTURES = {"bild": "Sidan, bild", "mobil": "Sidan i telefonbredd, bild"}
OTHER_FILES = {
    "text.txt": ("text/plain", "Sidans synliga text"),
    "textrader.json": ("application/json", "Var på bilderna texten står"),
    "sida.mhtml": ("multipart/related", "Sidan med bilder och stilmallar i en fil (MHTML)"),
    "fakta.json": ("application/json", "Uppgifter om insamlingen"),
}
LOOK_SECONDS = 1.0
SAID_LENGTH = 4000
DEFAULT = Bounds()


def capture(
    address: str,
    folder: Path,
    *,
    allowed_host: str | None,
    progress: Progress,
    bounds: Bounds = DEFAULT,
    known: dict[str, Any] | None = None,
    phone: bool = True,
) -> Capture:
    """Write the page into a folder of its own: pictures (bild-001.jpg ... and, as on a telephone, mobil-001.jpg ...),
    text.txt, textrader.json with where the text stands, sida.mhtml where the browser could, and fakta.json.

    `known` is what is known of the platform's pages, as `known.Known` reads it; `phone` is false where the pictures
    in a telephone's width are not wanted. A page that is not what it should be is no failure: the verdict says so.

    `progress(percent, phase)` is called with a percentage that never falls and a key of reasons.PHASES; what
    it raises stops the capture and is passed on. Raises CaptureFailed within `bounds.total_seconds` and a few
    seconds; then none of the files is left. In no case is a process left.
    """
    order = _order(address, folder, allowed_host, bounds) | {"known": known or {}, "phone": phone}
    try:
        with TemporaryDirectory(prefix="uppsikt-capture-", ignore_cleanup_errors=True) as scratch:
            names = _carry_out(order, Path(scratch), bounds, progress)
        result = _result(folder, names)
    except BaseException:
        for pattern in FILES:
            for path in folder.glob(pattern):
                path.unlink()
        raise
    progress(100, "write")
    return result


def _order(address: str, folder: Path, allowed_host: str | None, bounds: Bounds) -> dict[str, Any]:
    try:
        checked = check(address, allowed_host)
    except AddressRefused as refusal:
        raise CaptureFailed("refused_address", refusal.code) from refusal
    chromium = browser.find()
    if not chromium:
        raise CaptureFailed("no_browser", "no Chromium on this machine")
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < bounds.min_free_disk:
        raise CaptureFailed("disk_full", f"{free} bytes free")
    return {
        "address": checked,
        "folder": str(folder.resolve()),
        "allowed_host": allowed_host,
        "chromium": chromium,
        "bounds": asdict(bounds),
    }


def _carry_out(order: dict[str, Any], scratch: Path, bounds: Bounds, progress: Progress) -> list[str]:
    mark = f"{processes.MARK}={uuid.uuid4().hex}"
    with TemporaryFile() as errors:
        child = subprocess.Popen(
            [sys.executable, "-m", "archive.capture.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=scratch,
            env=_environment(scratch, mark),
            start_new_session=True,
        )
        try:
            _send(child, order)
            return _listen(child, mark, bounds, progress)
        finally:
            _end(child, mark)
            errors.seek(0)
            if said := errors.read(SAID_LENGTH).decode(errors="replace").strip():
                # It quotes what strangers wrote, and addresses: only for whoever asks for it.
                log.debug("the capture of %s said: %s", order["address"], said)


def _end(child: subprocess.Popen[bytes], mark: str) -> None:
    """Close the pipe, at which the child ends its family; then end whoever is left."""
    with suppress(subprocess.TimeoutExpired):
        child.communicate(timeout=processes.END_SECONDS)
    if left := processes.end(child.pid, mark):
        log.error("processes %s of a capture could not be ended", sorted(left))
    child.communicate()


def _environment(scratch: Path, mark: str) -> dict[str, str]:
    name, _, value = mark.partition("=")
    passed = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    return passed | {"HOME": str(scratch), "TMPDIR": str(scratch), "PYTHONPATH": str(ROOT), name: value}


def _send(child: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    """Hand over the order and leave the pipe open: when it closes, the child knows that it is alone."""
    assert child.stdin is not None  # noqa: S101 - it was asked for
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        raise CaptureFailed("internal", "the child did not start") from None


def _listen(child: subprocess.Popen[bytes], mark: str, bounds: Bounds, progress: Progress) -> list[str]:
    """Pass progress on until the last line; raise CaptureFailed for every other end."""
    percent, phase = 0, "open"
    progress(percent, phase)
    assert child.stdout is not None  # noqa: S101 - it was asked for
    for line in _lines(child.stdout, bounds, lambda: _weigh(child.pid, mark, bounds)):
        if "files" in line:
            return list(line["files"])
        if "failed" in line:
            raise CaptureFailed(line["failed"], line["detail"], line["retry"], line.get("wait_seconds", 0))
        if line["percent"] > percent:
            percent, phase = line["percent"], line["phase"]
            progress(percent, phase)
    # Before it came to the page, the fault lies here.
    raise CaptureFailed("crashed" if percent else "internal", f"the child ended at {percent} % ({phase})")


def _lines(pipe: IO[bytes], bounds: Bounds, look: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """Yield what the child says until it closes the pipe; `look` is called about once a second."""
    start = heard = looked = time.monotonic()
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if selector.select(LOOK_SECONDS):
                data = os.read(pipe.fileno(), 65536)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                yield from map(json.loads, lines)
                heard = time.monotonic()
            now = time.monotonic()
            if now - start > bounds.total_seconds:
                raise CaptureFailed("timeout", f"longer than {bounds.total_seconds:g} s")
            if now - heard > bounds.silent_seconds:
                raise CaptureFailed("timeout", f"silent for {bounds.silent_seconds:g} s")
            if now - looked > LOOK_SECONDS:
                looked = now
                look()


def _weigh(root: int, mark: str, bounds: Bounds) -> None:
    used = processes.memory(processes.family(root, mark))
    if used > bounds.max_memory:
        raise CaptureFailed("too_much_memory", f"{used // 1024**2} MB")


def _result(folder: Path, names: list[str]) -> Capture:
    files = [_file(folder / name, names) for name in names]
    data = json.loads((folder / "fakta.json").read_text(encoding="utf-8"))
    facts = Facts.from_json(data)
    items = tuple(Item.from_json(item) for item in data["items"])
    return Capture(tuple(files), facts, Verdict.of(facts.remarks), items)


def _file(path: Path, names: list[str]) -> CapturedFile:
    if path.suffix != ".jpg":
        media_type, caption = OTHER_FILES[path.name]
        return CapturedFile(path.name, media_type, path, caption)
    kind, _, number = path.stem.partition("-")
    total = sum(name.startswith(f"{kind}-") for name in names)
    return CapturedFile(path.name, "image/jpeg", path, f"{PICTURES[kind]} {int(number)} av {total} uppifrån")
