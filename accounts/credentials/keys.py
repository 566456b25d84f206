"""The installation's keys, which wrap the key of every single login. The first one encrypts, the others only open.

They come from the environment (`CREDENTIAL_KEYS`: 32 random bytes each, in URL-safe base64, with commas between) and
never stand in the database or its backups.
"""

import hashlib
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64

from django.conf import settings

KEY_BYTES = 32
ID_LENGTH = 16


class NoKey(Exception):
    """There is no key to encrypt with, or none that opens this; the message names no key."""


class BadKeys(Exception):
    """`CREDENTIAL_KEYS` cannot be read; the message tells which one by its place, never what it is."""


def ring() -> dict[str, bytes]:
    """Answer every key by its id, the one that encrypts first. Raises `BadKeys`."""
    return {_id(key): key for key in map(_read, range(1, len(settings.CREDENTIAL_KEYS) + 1), settings.CREDENTIAL_KEYS)}


def newest() -> tuple[str, bytes]:
    """Answer the key that encrypts, with its id. Raises `NoKey` where the installation has none."""
    found = ring()
    if not found:
        raise NoKey("CREDENTIAL_KEYS is not set")
    return next(iter(found.items()))


def by_id(key_id: str) -> bytes:
    """Answer the key of this id. Raises `NoKey` where the installation no longer has it."""
    try:
        return ring()[key_id]
    except KeyError:
        raise NoKey("the key that wrapped this login is not among CREDENTIAL_KEYS") from None


def _read(place: int, text: str) -> bytes:
    try:
        key = urlsafe_b64decode(text.strip().encode("ascii"))
    except (NotBase64, UnicodeEncodeError):
        raise BadKeys(f"key number {place} of CREDENTIAL_KEYS is not URL-safe base64") from None
    if len(key) != KEY_BYTES:
        raise BadKeys(f"key number {place} of CREDENTIAL_KEYS has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _id(key: bytes) -> str:
    return hashlib.sha256(b"uppsikt credential key 1" + key).hexdigest()[:ID_LENGTH]
