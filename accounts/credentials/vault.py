"""The vault: a login encrypted under a key of its own, and that key wrapped by the installation's (AES-256-GCM, twice).

What opens is bound to the row's id, the account and the revision; a row in another's place does not open. The text is
padded, so that its length tells nothing. Rotating the installation's keys unwraps and wraps the small key, and never
touches what it protects.
"""

import json
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

from accounts.credentials import keys
from accounts.models import Credential, Secret

NONCE = 12
BLOCK = 512  # bytes, to which the text is padded
LOGIN, WRAP = b"login", b"key"


class NotOpened(Exception):
    """What lies in the row is not what was put there: changed, moved, or wrapped by a key that is gone."""


@dataclass(frozen=True)
class Login:
    """What the vault holds of one login. Nothing of it shows in `repr`."""

    name: str = field(repr=False)
    password: str = field(repr=False)
    recovery_codes: str = field(repr=False)


@sensitive_variables()
def put(credential: Credential, login: Login) -> Secret:
    """Encrypt a login under a fresh key, in the row of its credential. Raises `keys.NoKey`."""
    secret = Secret.objects.filter(credential=credential).first() or Secret(credential=credential, revision=0)
    secret.revision += 1
    key = AESGCM.generate_key(bit_length=256)
    secret.ciphertext = _encrypt(key, _padded(login), _bound(secret, LOGIN))
    _wrap(secret, key)
    secret.save()
    return secret


@sensitive_variables()
def take(secret: Secret) -> Login:
    """Answer the login. Raises `NotOpened` where the row is not as it was written, `keys.NoKey` without its key."""
    text = _decrypt(_unwrapped(secret), bytes(secret.ciphertext), _bound(secret, LOGIN))
    return Login(**json.loads(text))


@sensitive_variables()
def rewrap(secret: Secret) -> None:
    """Wrap the login's own key by the newest of the installation's; the login itself is not opened."""
    _wrap(secret, _unwrapped(secret))


@sensitive_variables()
def _wrap(secret: Secret, key: bytes) -> None:
    key_id, wrapping = keys.newest()
    secret.wrapped_key = _encrypt(wrapping, key, _bound(secret, WRAP))
    secret.key_id = key_id


def _unwrapped(secret: Secret) -> bytes:
    return _decrypt(keys.by_id(secret.key_id), bytes(secret.wrapped_key), _bound(secret, WRAP))


def _bound(secret: Secret, use: bytes) -> bytes:
    where = f"{secret.pk}:{secret.credential.account_id}:{secret.revision}"
    return b"uppsikt login 1:" + use + b":" + where.encode()


def _encrypt(key: bytes, text: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, bound)


def _decrypt(key: bytes, kept: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(kept[:NONCE], kept[NONCE:], bound)
    except (InvalidTag, ValueError):
        raise NotOpened("the row is not as it was written") from None


@sensitive_variables()
def _padded(login: Login) -> bytes:
    facts = {"name": login.name, "password": login.password, "recovery_codes": login.recovery_codes}
    text = json.dumps(facts, ensure_ascii=False).encode()
    # White space after the last brace is no part of JSON's value.
    return text + b" " * (-len(text) % BLOCK)
