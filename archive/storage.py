"""The archive's folder: a file is there whole or not at all, whatever happens to the process or the machine."""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

INCOMING = "incoming"
FORGOTTEN_SECONDS = 24 * 60 * 60


class FolderStorage(FileSystemStorage):
    """Files in a folder; each is written beside, flushed to the disk, and only then given its name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Answer the name itself: here a name says what the content is, so the same name is the same file."""
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=self.directory_permissions_mode or 0o750)
        written = self._write_beside(content)
        try:
            written.replace(target)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        return name

    def forget_incoming(self) -> int:
        """Remove what a process that died left half written; answer how many files."""
        old = time.time() - FORGOTTEN_SECONDS
        forgotten = [path for path in self._incoming().glob("*.part") if path.stat().st_mtime < old]
        for path in forgotten:
            path.unlink(missing_ok=True)
        return len(forgotten)

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


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
