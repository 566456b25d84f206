"""A bag (BagIt 1.0, RFC 8493) written into one tar file as it grows, so that it may be of any size and taken up again.

Each file's SHA-256 is taken while it is copied and compared with what the archive says; the manifests come last. A
writer that stopped is continued from where the caller says that file and list were whole.
"""

import fcntl
import hashlib
import io
import os
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from archive import store

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
LIST_SUFFIX = ".lista"
MODE = 0o644


class Damaged(Exception):
    """A file of the archive is not what was kept; `name` is its place in the bag."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Busy(Exception):
    """Another worker is writing the same bag just now."""


class Bag:
    """One bag being written. `written` and `listed` are where the tar file and the list of its payload end.

    Raises `Busy` where somebody else writes it: two never write into one file.
    """

    def __init__(self, path: Path, name: str, *, written: int = 0, listed: int = 0) -> None:
        self.name = name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = _opened(path, written)
        self._list = _opened(list_of(path), listed)
        self._tar = tarfile.TarFile(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)

    @property
    def written(self) -> int:
        """Answer where the tar file ends."""
        return self._file.tell()

    @property
    def listed(self) -> int:
        """Answer where the list ends."""
        return self._list.tell()

    def add(self, name: str, size: int, source: IO[bytes], at: datetime, *, sha256: str = "") -> None:
        """Copy a payload file in little memory. Raises `Damaged` where it is not what `sha256` says."""
        read = _Summed(source)
        try:
            self._tar.addfile(self._entry(PAYLOAD + name, size, at), read)
        except OSError as error:
            if error.errno is not None:  # the disk's own fault, not a file that is shorter than it was
                raise
            raise Damaged(name) from error
        found = read.sum.hexdigest()
        if (sha256 and found != sha256) or source.read(1):
            raise Damaged(name)
        self._list.write(f"{found}  {PAYLOAD}{name}\n".encode())

    def add_bytes(self, name: str, content: bytes, at: datetime) -> None:
        """Add a payload file of our own."""
        self.add(name, len(content), io.BytesIO(content), at)

    def flush(self) -> None:
        """See to it that what is written survives the machine."""
        for file in (self._file, self._list):
            file.flush()
            os.fsync(file.fileno())

    def finish(self, info: Iterable[tuple[str, str]], at: datetime) -> bytes:
        """Write the tag files and end the tar; answer the manifest, whose sums say what was in the bag."""
        self._list.seek(0)
        manifest = self._list.read()
        said = "".join(f"{label}: {value}\n" for label, value in info).encode()
        tags = {"bagit.txt": DECLARATION, "bag-info.txt": said, "manifest-sha256.txt": manifest}
        sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in tags.items())
        for name, content in {**tags, "tagmanifest-sha256.txt": sums.encode()}.items():
            self._tar.addfile(self._entry(name, len(content), at), io.BytesIO(content))
        self._tar.close()
        self.flush()
        return manifest

    def close(self) -> None:
        """Let go of the files; what was not flushed may be cut off when it is continued."""
        self._file.close()
        self._list.close()

    def _entry(self, name: str, size: int, at: datetime) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(f"{self.name}/{name}")
        entry.size, entry.mtime, entry.mode = size, int(at.timestamp()), MODE
        return entry


class _Summed:
    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(min(size, store.CHUNK) if size > 0 else size)
        self.sum.update(data)
        return data


def list_of(path: Path) -> Path:
    """Answer where the list of the payload lies while a bag is written."""
    return path.with_name(path.name + LIST_SUFFIX)


def _opened(path: Path, end: int) -> Any:
    file = path.open("r+b" if path.exists() else "w+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise Busy from error
    file.truncate(end)
    file.seek(end)
    return file
