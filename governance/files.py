"""Files that are kept for ever in the default storage, each under the SHA-256 of its content."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Kept:
    """Where a content lies, and what it is known by."""

    name: str
    sha256: str
    size: int


def keep(folder: str, content: bytes) -> Kept:
    """Store a content, once; what lies there already is the same. The row that names it is committed after this."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{sha256[:2]}/{sha256}"
    if not default_storage.exists(name):
        stored = default_storage.save(name, ContentFile(content))
        if stored != name:  # somebody else stored the same at this very moment
            default_storage.delete(stored)
    return Kept(name, sha256, len(content))


def read(name: str, sha256: str) -> bytes:
    """Answer a content that was kept. Raises `ValueError` where it is no longer what was kept."""
    with default_storage.open(name) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{name} is not what was kept")
    return content
