"""Reading a bag of ours from its tar file: every sum is checked before anything is let in, and nothing is unpacked."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from archive import store
from archive.packages.bag import PAYLOAD

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
LARGEST_METADATA = 64 * 1024 * 1024


class NotABag(ValueError):
    """The file is no bag of ours, or not what its manifest says; the message names the place."""


def check(path: Path) -> dict[str, str]:
    """Answer the SHA-256 of every payload file, by its name in the bag. Raises `NotABag` naming the first fault."""
    found, tags = _sums(path)
    for name, sha256 in _listed(tags.get(TAG_MANIFEST, b"")).items():
        if hashlib.sha256(tags.get(name, b"")).hexdigest() != sha256:
            raise NotABag(f"{name}: changed")
    stated = _listed(tags.get(MANIFEST, b""))
    if not stated:
        raise NotABag(f"{MANIFEST}: missing")
    for name in sorted(stated.keys() | found.keys()):
        if name not in found:
            raise NotABag(f"{name}: missing")
        if stated.get(name) != found[name]:
            raise NotABag(f"{name}: {'changed' if name in stated else 'not in the manifest'}")
    return found


def each(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Answer every payload file, by its name below `data/`, open for reading while it is its turn."""
    with tarfile.open(path) as tar:
        for entry in tar:
            name = _name(entry)
            content = tar.extractfile(entry)
            if content is not None and name.startswith(PAYLOAD):
                yield name.removeprefix(PAYLOAD), content


def json_of(content: IO[bytes]) -> Any:
    """Read a JSON file of a bag. Raises `NotABag`."""
    try:
        return json.loads(content.read(LARGEST_METADATA))
    except ValueError as error:
        raise NotABag("metadata: no JSON") from error


def _sums(path: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    found: dict[str, str] = {}
    tags: dict[str, bytes] = {}
    try:
        with tarfile.open(path) as tar:
            for entry in tar:
                name = _name(entry)
                if name in found or name in tags:
                    raise NotABag(f"{name}: twice")
                content = tar.extractfile(entry)
                if content is None:
                    raise NotABag(f"{name}: no file")
                if name.startswith(PAYLOAD):
                    found[name] = store.digest(content)[1]
                else:
                    tags[name] = content.read(LARGEST_METADATA)
    except (tarfile.TarError, OSError) as error:
        raise NotABag(f"{path.name}: {type(error).__name__}") from error
    return found, tags


def _name(entry: tarfile.TarInfo) -> str:
    """Answer the name below the bag's own folder."""
    _bag, _slash, name = entry.name.partition("/")
    if not entry.isreg() or not name or ".." in name.split("/"):
        raise NotABag(f"{entry.name}: no file of a bag")
    return name


def _listed(manifest: bytes) -> dict[str, str]:
    lines = (line.split("  ", 1) for line in manifest.decode("utf-8", "replace").splitlines() if line)
    return {pair[1]: pair[0] for pair in lines if len(pair) == 2}
