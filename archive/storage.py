"""Where the archive's files lie: what every storage of ours can do, and the folder.

A file is there whole or not at all, whatever happens to the process or the machine.
"""

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

INCOMING = "incoming"
FORGOTTEN_SECONDS = 24 * 60 * 60


class StorageRefused(OSError):
    """The storage does not take, give or remove anything now; nothing is half done, and a later try may go well."""

    def __init__(self, why: str) -> None:
        """Say why in a word of the storage's own ("SlowDown"), never with names of files."""
        super().__init__(errno.EIO, f"the archive's storage refused: {why}")
        self.why = why


class Locked(StorageRefused):
    """The storage keeps a file until a moment that has not come."""

    def __init__(self, until: datetime) -> None:
        """Say until when."""
        super().__init__("locked")
        self.until = until


class Keeping:
    """What a storage of the archive can do beside Django's own `exists`, `open`, `save` and `size`."""

    locks = False  # whether it can be told to refuse to let go of a file

    def erase(self, name: str, *, bypass: bool = False) -> None:
        """Take a file out so that nothing of it is left; one that is not there is no error.

        Raises `Locked` where the storage keeps it, unless `bypass`; that is for a decided disposal alone.
        """
        raise NotImplementedError

    def lock(self, name: str, until: datetime) -> None:
        """Have the storage keep a file until a moment. Raises FileNotFoundError where there is no such file."""
        raise NotImplementedError

    def walk(self, after: str = "") -> Iterator[str]:
        """Answer the names of all files, in the order of their code points, from behind `after`."""
        raise NotImplementedError

    def forget_incoming(self) -> int:
        """Remove what a process that died left half written; answer how many files."""
        raise NotImplementedError


class FolderStorage(Keeping, FileSystemStorage):
    """Files in a folder; each is written beside, flushed to the disk, and only then given its name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Answer the name itself: here a name says what the content is, so the same name is the same file."""
        return name

    def erase(self, name: str, *, bypass: bool = False) -> None:
        """Take a file out, and have its absence survive a power cut."""
        target = Path(self.path(name))
        target.unlink(missing_ok=True)
        if target.parent.is_dir():
            _flush_folder(target.parent)

    def walk(self, after: str = "") -> Iterator[str]:
        """Answer the names of all files; one folder at a time is held in memory."""
        root = Path(self.path(""))
        return _walk(root, "", after) if root.is_dir() else iter(())

    def forget_incoming(self) -> int:
        """Remove what a process that died left half written; answer how many files."""
        old = time.time() - FORGOTTEN_SECONDS
        forgotten = [path for path in self._incoming().glob("*.part") if path.stat().st_mtime < old]
        for path in forgotten:
            path.unlink(missing_ok=True)
        return len(forgotten)

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        written = self._write_beside(content)
        try:
            _make_folders(target.parent, self.directory_permissions_mode or 0o750)
            written.replace(target)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        return name

    def _write_beside(self, content: Any) -> Path:
        handle, name = tempfile.mkstemp(suffix=".part", dir=self._incoming())
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(self.file_permissions_mode or 0o440)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        return Path(name)

    def _incoming(self) -> Path:
        folder = Path(self.path(INCOMING))
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _make_folders(folder: Path, mode: int) -> None:
    """Make a folder and those above it; each new name survives a power cut, or the file in it would not."""
    if folder.is_dir():
        return
    _make_folders(folder.parent, mode)
    folder.mkdir(mode=mode, exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _walk(folder: Path, above: str, after: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        # With the stroke behind a folder's name, folders and files come in the order of their whole names.
        entries = sorted((above + e.name + ("/" if e.is_dir(follow_symlinks=False) else ""), e.path) for e in found)
    for name, path in entries:
        if not name.endswith("/"):
            if name > after:
                yield name
        elif name > after or after.startswith(name):
            yield from _walk(Path(path), name, after)
