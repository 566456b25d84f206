"""The form of a backup: a tar with a head, the tables, the files, the SHA-256 of each, and an end.

The head comes first and the end last: a file without its end is no whole backup. The index is what `sha256sum -c`
reads, so that anybody can check a backup that is unpacked. Nothing in it is encrypted.
"""

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = "uppsikt-backup-1"
HEAD, INDEX, END = "uppsikt-backup.json", "index.sha256", "end.json"
TABLES, ARCHIVE, DEFAULT = "database/", "archive/", "default/"
CHUNK = 1024 * 1024
SMALL = 16 * 1024 * 1024  # what a head or an end may weigh


class BackupBroken(Exception):
    """A backup that is not whole, or not what was written; the message says where."""


class Hashed:
    """A file that is read once: its SHA-256 and size are taken on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read this file."""
        self._file, self._sum, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Answer the next bytes."""
        data = self._file.read(size)
        self._sum.update(data)
        self.size += len(data)
        return data

    def rest(self) -> str:
        """Read what is left, and answer the SHA-256 of all."""
        while self.read(CHUNK):
            continue
        return self._sum.hexdigest()


class Writer:
    """Adds members to a backup, in a `with` block; holds none of them in memory."""

    def __init__(self, file: IO[bytes], folder: Path) -> None:
        """Write to an open file; the index grows in a nameless file in `folder` until it is added."""
        self._tar = tarfile.TarFile(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)
        self._index = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `__exit__`
        self._members = 0

    def __enter__(self) -> "Writer":
        """Begin."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the index, whether the backup came to its end or not."""
        self._index.close()

    def add(self, name: str, size: int, file: IO[bytes]) -> str:
        """Add a member; answer its SHA-256."""
        sha256 = self._add(name, size, file)
        if "\n" in name or "\\" in name:
            raise BackupBroken(f"a name that no index can hold: {name!r}")
        self._index.write(f"{sha256}  {name}\n".encode())
        self._members += 1
        return sha256

    def add_json(self, name: str, value: dict[str, Any]) -> None:
        """Add a small member."""
        with tempfile.SpooledTemporaryFile(max_size=SMALL) as file:
            file.write(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())
            size = file.tell()
            file.seek(0)
            self.add(name, size, file)

    def end(self, **told: Any) -> None:
        """Add the index and the end."""
        size = self._index.tell()
        self._index.seek(0)
        index = self._add(INDEX, size, self._index)
        self.add_end({"format": FORMAT, "members": self._members, "index_sha256": index, **told})
        self._tar.close()

    def add_end(self, value: dict[str, Any]) -> None:
        """Add what says that the backup is whole."""
        with tempfile.SpooledTemporaryFile(max_size=SMALL) as file:
            file.write(json.dumps(value, sort_keys=True).encode())
            size = file.tell()
            file.seek(0)
            self._add(END, size, file)

    def _add(self, name: str, size: int, file: IO[bytes]) -> str:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o400
        hashed = Hashed(file)
        self._tar.addfile(member, hashed)
        self._tar.members.clear()  # type: ignore[attr-defined]
        return hashed.rest()


def members(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Answer the members of a backup in order, each to be read before the next. Raises `BackupBroken`."""
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as tar:
            while member := tar.next():
                tar.members.clear()  # type: ignore[attr-defined]
                content = tar.extractfile(member)
                if content is None or not member.isreg():
                    raise BackupBroken(f"{member.name} is no file")
                yield member.name, member.size, content
    except (tarfile.TarError, EOFError) as error:
        raise BackupBroken(f"{path.name} is cut off, or is no backup") from error


def checked(path: Path) -> dict[str, Any]:
    """Read a backup from its beginning to its end and answer its head. Raises `BackupBroken`, naming what is wrong."""
    head, end, told = None, None, ""
    with tempfile.TemporaryFile(dir=path.parent) as index:
        for number, (name, size, content) in enumerate(members(path)):
            if end is not None:
                raise BackupBroken("something follows the end")
            if name in (HEAD, END) and size > SMALL:
                raise BackupBroken(f"{name} is too large")
            if name == END:
                end = json.loads(content.read())
            elif name == INDEX:
                told = _compared(index, content)
            elif number == 0:
                head = _head(name, content, index)
            else:
                index.write(f"{Hashed(content).rest()}  {name}\n".encode())
    if head is None or end is None or end.get("index_sha256") != told:
        raise BackupBroken(f"{path.name} has no end: it was broken off while it was made")
    return head


def _head(name: str, content: IO[bytes], index: IO[bytes]) -> dict[str, Any]:
    data = content.read()
    if name != HEAD or json.loads(data).get("format") != FORMAT:
        raise BackupBroken(f"the file is no backup of the form {FORMAT}")
    index.write(f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode())
    return json.loads(data)


def _compared(index: IO[bytes], told: IO[bytes]) -> str:
    """Compare what was read with what was written, line by line; answer the SHA-256 of the index."""
    index.seek(0)
    sha256 = hashlib.sha256()
    for line in told:
        sha256.update(line)
        if line != index.readline():
            raise BackupBroken(f"{line.decode(errors='replace').strip().partition('  ')[2]} is not what was written")
    if index.readline():
        raise BackupBroken("there are files that the index does not name")
    return sha256.hexdigest()
