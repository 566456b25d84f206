"""Telling a secret from a note: what must not be written where its place belongs, and what is never kept at all."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LABEL = r"(?:l[öo]senord(?:et)?|l[öo]sen|password|passord|passwd|passphrase|pwd|pass|pin(?:-?kod)?|kod|pw)"
# "lösenord: sommar", "pwd=x", "Lösenordet är sommar"; "Bitwarden, mappen Lösenord" is a place.
PASSWORD = re.compile(rf"\b{_LABEL}\b\s*(?:[:=]\s*|\s(?:är|is)\s+)\S", re.IGNORECASE)
OTPAUTH = re.compile(r"otpauth(?:-migration)?://", re.IGNORECASE)
TOTP = re.compile(
    r"\b(?:totp|otp|2fa|tv[åa]faktor\w*|two[- ]factor|authenticator)\b[^\n:=]{0,40}[:=]\s*\S", re.IGNORECASE
)
# A shared secret as it is written out: base32 in one piece or in groups of four. Recovery codes are shorter, have other
# figures, or hyphens between.
BASE32 = re.compile(r"(?:[A-Z2-7]{16,}=*|[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}=*)", re.IGNORECASE)


def no_password(text: str) -> None:
    """Refuse a note that tells a password. Raises `ValidationError`."""
    if PASSWORD.search(text):
        raise ValidationError(
            _("Det här ser ut som ett lösenord. Skriv bara var inloggningen ligger, aldrig lösenordet."), code="secret"
        )
    no_second_factor(text)


def no_link_to_factor(text: str) -> None:
    """Refuse the secret of a second factor written as a link, the only form no password has."""
    if OTPAUTH.search(text):
        raise ValidationError(_second_factor(), code="second_factor")


def no_second_factor(text: str) -> None:
    """Refuse the secret of a second factor, wherever it is written. Raises `ValidationError`."""
    if OTPAUTH.search(text) or TOTP.search(text):
        raise ValidationError(_second_factor(), code="second_factor")


def no_written_out_factor(text: str) -> None:
    """Refuse recovery codes among which the secret of a second factor stands. Raises `ValidationError`."""
    no_second_factor(text)
    if any(BASE32.fullmatch(line.strip()) for line in text.splitlines()):
        raise ValidationError(_second_factor(), code="second_factor")


def _second_factor() -> str:
    return _(
        "Det här ser ut som nyckeln till tvåfaktorsinloggningen. Den ska inte ligga här: båda faktorerna på samma "
        "ställe är en faktor. Låt nyckeln ligga i en app eller på en säkerhetsnyckel hos dem som loggar in."
    )
