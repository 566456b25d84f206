"""The second step of the login: its secrets are encrypted in the database.

The key comes from SECRET_KEY: another SECRET_KEY reads none of the secrets, and the second step must be set up anew.
Changing the key with the secrets kept (rotation) is not there yet.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"uppsikt second factor 1"


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second step, with its secrets kept from whoever reads only the database or a copy of it."""

    def encrypt(self, text: str) -> str:
        """Answer what the database keeps of a secret."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Answer the secret; raises `InvalidToken` where it was encrypted under another key."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


@lru_cache(maxsize=2)
def _cipher(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
